"""Commands of a professional disagreement."""

from typing import Literal

from pydantic import Field

from models.commands.base import Command, Words


class Challenge(Command):
    """Disagree with a decision."""

    reason: Words


class SettleChallenge(Command):
    """How a disagreement ended, in words both sides agree to."""

    outcome: Literal["upheld", "not_upheld"]
    statement: Words


class Tell(Command):
    """A message that had to arrive has been sent, or has come back since (said by the system itself)."""

    of: str
    who: str
    came_back: bool | None = None


class RecordTold(Command):
    """Somebody told a referrer by themselves what was decided, and why: by telephone, or face to face."""

    who: str
    words: Words


class AnswerAlarm(Command):
    """A pattern that was looked at: why it stands as it does, until something new happens."""

    rule: str = Field(description="the rule's id, as `mash show` prints it under Watch")
    reason: Words
