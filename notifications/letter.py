"""A letter: one message, written and addressed, and what came of sending it. What every channel takes and gives."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from notifications.calendar_invite import Meeting


class Status(StrEnum):
    """What came of one attempt. `unknown`: it may have arrived; it is sent again under the same key."""

    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt. `detail` is for the log of attempts: no address, no words of the other side."""

    status: Status
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one account. `key` is the same at every attempt; `written` is when the message was made.

    `to` is what the account's channel calls an address: a mail address, or the name of a room. Never printed.
    """

    key: str
    account: str
    to: str = field(repr=False)
    subject: str
    body: str
    written: datetime
    urgent: bool = False
    meeting: Meeting | None = None

    @property
    def fingerprint(self) -> str:
        """The key as the outside world sees it: it says nothing, and it is the same at every attempt."""
        return sha256(self.key.encode()).hexdigest()


class Channel(Protocol):
    """A way to reach people. `send` makes one attempt, never raises for what a far side does, and never repeats itself."""

    @property
    def needs_address(self) -> bool:
        """Whether an account without an address cannot be reached this way."""

    def send(self, letter: Letter) -> Outcome:
        """Make one attempt to deliver a letter."""
