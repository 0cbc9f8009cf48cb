"""How hard the post tries, what a round of it came to, and what follows from an attempt: tried again, another way, given up."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Self

from sqlalchemy import Connection

from config.settings import Settings
from notifications.letter import Outcome, Status
from workflow.told_how import FIRST, SECOND

SLOWEST_SEND: Final = timedelta(seconds=60)
"""What one attempt may take at most; a claim holds for at least this long for each letter that waits its turn."""

Hook = Callable[[Connection, Mapping[str, Any], datetime], None]
"""Called with the message's row, inside the transaction that marks it. What it writes is written with the mark."""


@dataclass(frozen=True, slots=True)
class PostTerms:
    """How hard the post tries. With these numbers a message is given up after about an hour and a half."""

    attempts: int = 8
    first_wait: timedelta = timedelta(minutes=1)
    longest_wait: timedelta = timedelta(minutes=30)
    lease: timedelta = timedelta(minutes=5)
    at_once: int = 8

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return what an installation has set."""
        first = timedelta(seconds=settings.delivery_first_wait_seconds)
        return cls(attempts=settings.delivery_attempts, first_wait=first)

    def wait(self, attempts: int) -> timedelta:
        """Return how long to wait after so many attempts: twice as long each time, up to the longest."""
        return min(self.first_wait * (1 << min(attempts - 1, 20)), self.longest_wait)

    def hold(self, letters: int) -> timedelta:
        """Return how long a claim on so many letters must hold, so that nobody takes one before its turn has come."""
        return max(self.lease, math.ceil(letters / self.at_once) * SLOWEST_SEND)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one round of the post did: messages sent, to be tried again, and given up."""

    sent: int = 0
    retried: int = 0
    dead: int = 0

    @property
    def total(self) -> int:
        """How many messages were looked at."""
        return self.sent + self.retried + self.dead

    def __add__(self, other: "Delivered") -> "Delivered":
        """Add two rounds together."""
        return Delivered(self.sent + other.sent, self.retried + other.retried, self.dead + other.dead)


def follows(outcome: Outcome, row: Mapping[str, Any], terms: PostTerms, now: datetime) -> dict[str, Any]:
    """Return what is written of a message after an attempt. `row` is the message, with `second` where there is another way.

    What cannot arrive the first way goes the second, from the beginning, before it is given up.
    """
    if outcome.status is Status.SENT:
        return {"status": "sent", "sent_at": now}
    if outcome.status is not Status.BOUNCED and row["attempts"] < terms.attempts:
        return {"status": "pending", "next_at": now + terms.wait(row["attempts"])}
    if row["second"] and row["way"] == FIRST and not outcome.final:
        return {"status": "pending", "way": SECOND, "attempts": 0, "next_at": now}
    return {"status": "dead"}
