"""Whether a part that people reach by an address still answers there: asked now and then, and ended when it is silent."""

import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Final

from config import clock
from flows.child import Child

HANGS_AFTER: Final = 60.0
ASKED_EVERY: Final = 5.0
AT_FIRST_EVERY: Final = 0.5
"""Seconds, as are the two above."""


class Answering:
    """One part with an address. `ready` is what is said when it first answers."""

    def __init__(self, child: Child, url: str, ready: str, say: Callable[[str], None]) -> None:
        """Remember whom to ask, where, and what to say."""
        self.child, self.url, self.ready, self.say = child, url, ready, say
        self.answers = False
        self._heard = self._next_ask = 0.0

    def ask(self) -> None:
        """Notice when the part begins to answer, and end it when it has stopped answering."""
        now = clock.monotonic()
        if now < self._next_ask:
            return
        self._next_ask = now + (ASKED_EVERY if self.answers else AT_FIRST_EVERY)
        if self.child.runs and answers(self.url):
            if not self.answers:
                self.say(self.ready)
            self.answers, self._heard = True, now
        elif self.answers and now - self._heard > HANGS_AFTER:
            self.say(f"{self.child.name.capitalize()} has stopped answering and is started again.")
            self.child.kill()
            self.answers = False


def answers(url: str) -> bool:
    """Tell whether a page answers."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 (our own address)
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
