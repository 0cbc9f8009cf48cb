"""The command line as people and scripts meet it: in this process, in one of its own, or on a screen."""

import contextlib
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.support.house import ROOT

# Words of libraries and of programmers; whoever sits at the desk should never read one.
JARGON = re.compile(
    r"Traceback|Error\b|Exception|validation|Input should|Invalid value|argument\(s\)|None|errno|File \"|\bstr\b|pydantic|"
    r"sqlalchemy|https://sqlalche",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed, read as JSON."""
        return json.loads(self.out)

    @property
    def says(self) -> str:
        """The first line on the error stream."""
        return self.err.splitlines()[0] if self.err else ""


def plain(ran: Ran) -> bool:
    """Tell whether a complaint is on the error stream alone, whole sentences, and in no library's words."""
    lines = [line for line in ran.err.splitlines() if not line.lstrip().startswith(("Rule: ", "Source: "))]
    assert ran.out == "", ran.out
    assert lines, "nothing was said"
    assert all(line.rstrip()[-1] in ".?" for line in lines), ran.err
    assert not JARGON.search(ran.err), ran.err
    return True


def surroundings(**settings: object) -> dict[str, str]:
    """Return our environment without any setting of mash or of the screen, and with these."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MASH_") and key != "COLUMNS"}
    return kept | {key: str(value) for key, value in settings.items()}


def run_process(*words: str, program: Sequence[str] = ("-m", "cli.main"), **settings: object) -> Ran:
    """Run a command in a process of its own."""
    done = subprocess.run(
        [sys.executable, *program, *words], cwd=ROOT, env=surroundings(**settings), capture_output=True, check=False
    )
    return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def on_a_screen(columns: int, *words: str, **settings: object) -> str:
    """Run a command on a terminal so many columns wide, and return what is on it in the end."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "cli.main", *words],
        cwd=ROOT,
        env=surroundings(TERM="xterm", **settings),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # Linux says so when the other side has gone
        while part := os.read(ours, 65536):
            shown += part
    os.close(ours)
    process.wait()
    return shown.decode("utf-8").replace("\r\n", "\n")
