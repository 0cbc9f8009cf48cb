"""What a worker is called in claims, tags and signs of life: the machine, and the process on it."""

import os
import socket
from functools import cache


@cache
def machine() -> str:
    """Return this machine's name, as short as the tables want it."""
    return socket.gethostname().partition(".")[0][:40] or "here"


def this_worker() -> str:
    """Return the name of this process among all workers."""
    return f"{machine()}:{os.getpid()}"


def is_gone(worker: str) -> bool:
    """Tell whether a worker of this machine no longer runs. Of another machine's nothing is known: it is left alone."""
    where, _, process = worker.rpartition(":")
    if where != machine() or not process.isdigit() or int(process) == os.getpid():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass  # It runs, under another user.
    return False
