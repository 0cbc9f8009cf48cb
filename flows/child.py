"""One process that must run: started, watched, started again when it dies or hangs, and stopped with its keeper."""

import ctypes
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from config import clock

FIRST_REST: Final = 0.5
LONGEST_REST: Final = 30.0
WELL_AFTER: Final = 60.0
"""Seconds after which a process counts as well, and the next rest is short again."""
STOP_WITHIN: Final = 8.0
MOST_LOG: Final = 5_000_000
_PR_SET_PDEATHSIG: Final = 1


def _die_with_parent() -> None:
    # Linux only: were the keeper killed, its children would go on without anybody to stop them.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """A supervised process. `tend` is called again and again, and does what is due."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        """Keep how it is started. Its output goes to a file: nobody need read it for it to go on."""
        self.name, self.command, self.environment, self.log = name, list(command), dict(environment), log
        self.process: subprocess.Popen[bytes] | None = None
        self.restarts = 0
        self._rest = FIRST_REST
        self._started = self._next_start = 0.0

    @property
    def runs(self) -> bool:
        """True while the process lives."""
        return self.process is not None and self.process.poll() is None

    @property
    def age(self) -> float:
        """How long it has lived, in seconds."""
        return clock.monotonic() - self._started if self.runs else 0.0

    def start(self) -> None:
        """Start it now."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.is_file() and self.log.stat().st_size > MOST_LOG:
            self.log.replace(self.log.with_suffix(".old"))
        before: Callable[[], None] | None = _die_with_parent if sys.platform == "linux" else None
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 (our own command)
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the keeper, who stops the others in order.
                preexec_fn=before,  # noqa: PLW1509 (one system call, before any thread of the child)
            )
        self._started = clock.monotonic()

    def tend(self) -> bool:
        """See to it that it runs. True when it had died and somebody may want to know."""
        if self.runs:
            if self.age > WELL_AFTER:
                self._rest = FIRST_REST
            return False
        now = clock.monotonic()
        died = self.process is not None
        if died:
            self.process = None
            self._next_start = now + self._rest
            self._rest = min(self._rest * 2, LONGEST_REST)
            self.restarts += 1
        if now >= self._next_start:
            self.start()
        return died

    def kill(self) -> None:
        """End one that hangs; `tend` starts it again."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def ask_to_stop(self) -> None:
        """Ask it to stop."""
        if self.process is not None and self.runs:
            self.process.terminate()

    def wait_until_stopped(self) -> None:
        """Wait until it has, and end it if it does not."""
        if self.process is not None:
            try:
                self.process.wait(timeout=STOP_WITHIN)
            except subprocess.TimeoutExpired:
                self.kill()
