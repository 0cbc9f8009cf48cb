"""Commands of the strategy discussion."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from models.commands.base import Command, Ids, Words


class CallStrategy(Command):
    """Call a strategy discussion, from any open state."""

    at: datetime
    minutes: int = Field(60, ge=5, le=600)
    reason: Words


class MoveMeeting(Command):
    """Hold the strategy discussion at another time."""

    at: datetime
    minutes: int = Field(60, ge=5, le=600)


class Invite(Command):
    """Invite people to the strategy discussion."""

    who: Ids = Field(min_length=1)


class SendAccount(Command):
    """A written account for the strategy discussion, from somebody who cannot attend."""

    words: Words


class Excuse(Command):
    """Go ahead without somebody, for a coded reason."""

    who: str
    code: Literal["would_breach_timescale", "other"]
    reason: Words


class HoldStrategy(Command):
    """Record the outcome of a strategy discussion."""

    attended: Ids = Field(min_length=1)
    decision: Literal["section47_joint", "section47_single", "assessment", "no_further_action"]
    rationale: Words
    offence_considered: bool = False
    interim_safety_plan: bool = False


class DeclineStrategy(Command):
    """A strategy discussion was considered and is not held, for these reasons."""

    rationale: Words
