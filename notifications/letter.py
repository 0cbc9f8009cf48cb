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


class Fate(StrEnum):
    """What became of a message that was accepted: it arrived, it came back for good, or it may be tried again."""

    ARRIVED = "arrived"
    BOUNCED = "bounced"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt. `detail` is for the log of attempts: no address, no words of the other side.

    `handle` is by what the other side knows the message, where it may say more of it later. `final` where no other way
    to reach the person would do better.
    """

    status: Status
    detail: str = ""
    handle: str = ""
    final: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the other side says later of a message, by its handle. `detail` as in an outcome."""

    handle: str
    fate: Fate
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one account. `key` is the same at every attempt; `written` is when the message was made.

    `to` is what the account's channel calls an address: a mail address, the name of a room, a telephone number, or the
    lines of a postal address. Never printed. `code` is the message's own, empty for a letter of several; `link` where
    it is read.
    """

    key: str
    account: str
    to: str = field(repr=False)
    subject: str
    body: str
    written: datetime
    urgent: bool = False
    meeting: Meeting | None = None
    code: str = ""
    link: str = ""

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
