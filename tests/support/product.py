"""The whole product as processes of their own, for tests that kill them: `mash up`, or a resident worker alone."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.postgres import free_port

READY_WITHIN = 90


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment in which mash has its data in `home` and nothing of ours is left over."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("MASH_", "PREFECT_"))}
    return kept | {"MASH_HOME": str(home), **more}


def until(question: Callable[[], Any], what: str, seconds: float = READY_WITHIN) -> Any:
    """Wait until a question is answered with something true, and return that."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = question()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"This did not come about within {seconds} s: {what}.")


def lives(process: int) -> bool:
    """Tell whether a process of this number runs and is no zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children_of(process: int) -> dict[str, int]:
    """Return what a process has started, by the word of its command that tells it apart."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = entry.joinpath("stat").read_text().rpartition(")")[2].split()[1]
            words = entry.joinpath("cmdline").read_text().split("\0")
        except OSError:
            continue
        if int(parent) == process:
            ours = {"flows.resident": "flows", "web.serve": "pages"}
            found[next((name for word, name in ours.items() if word in words), "prefect")] = int(entry.name)
    return found


@dataclass
class Product:
    """`mash up` on ports of its own."""

    home: Path
    port: int = field(default_factory=free_port)
    status_port: int = field(default_factory=free_port)
    prefect_port: int = field(default_factory=free_port)
    more: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def environment(self) -> dict[str, str]:
        """Its settings."""
        ports = {"PORT": self.port, "STATUS_PORT": self.status_port, "PREFECT_PORT": self.prefect_port}
        return environment(self.home, **{f"MASH_{name}": str(port) for name, port in ports.items()}, **self.more)

    @property
    def number(self) -> int:
        """The number of the process that keeps the others."""
        assert self.process is not None
        return self.process.pid

    def start(self) -> None:
        """Start it; returns at once."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "up.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli.main", "up", "--demo"], env=self.environment, stdout=log, stderr=log
            )

    def status(self) -> dict[str, Any] | None:
        """Return what the status page says, or None while it does not answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.status_port}/status", timeout=5) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except (urllib.error.URLError, OSError):
            return None

    def said(self) -> str:
        """Return what it has printed."""
        return (self.home / "up.log").read_text(encoding="utf-8")

    def mash(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run one command beside it."""
        return subprocess.run(
            [sys.executable, "-m", "cli.main", *words],
            env=self.environment, check=False, capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    def stop(self) -> int:
        """Press Ctrl-C and wait."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=30)


@contextmanager
def product(home: Path, **more: str) -> Iterator[Product]:
    """Start the whole product, and see to it that nothing of it is left."""
    running = Product(home, more=more)
    running.start()
    try:
        yield running
    finally:
        if running.process is not None and running.process.poll() is None:
            running.process.kill()
            running.process.wait()


class Worker:
    """A resident worker without Prefect that can be killed and started again."""

    def __init__(self, home: Path, **settings: str) -> None:
        """Prepare it; nothing starts yet."""
        self.log = home / "worker.log"
        self.environment = environment(
            home, MASH_PREFECT="false", MASH_POLL_SECONDS="0.02", MASH_HEARTBEAT_SECONDS="1", **settings
        )
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; returns at once."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flows.resident"], env=self.environment, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """Kill it where it stands."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Ask it to stop, and wait."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(timeout=30)
