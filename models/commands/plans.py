"""Commands of assessments and plans: visits, meetings, outcomes, conditions."""

from datetime import date
from typing import Literal

from pydantic import Field

from models.commands.base import Command, Concerns, Ids, Pairs, Words


class CompleteAssessment(Command):
    """An assessment is complete, and leads somewhere."""

    outcome: Literal["child_in_need", "early_help", "no_further_action", "plan_continues"]
    reason: Words
    visits: int = Field(ge=0)
    unannounced_visits: int = Field(0, ge=0)
    child_seen: bool = False
    child_seen_alone: bool = False
    parents_seen_separately: bool = False
    hypotheses: int = Field(0, ge=0)
    factors_resolved: Pairs = Field(default_factory=dict)


class StartPlan(Command):
    """What the plan covers and what it wants to see."""

    covers: Ids = Field(min_length=1)
    outcomes: Ids = Field(min_length=1, description="short names of the outcomes wanted")
    due: date


class HoldMeeting(Command):
    """A core group, a review or another meeting was held."""

    which: Literal["child_in_need_review", "core_group", "professionals", "supervision", "step_down_panel"]
    attended: Ids = Field(min_length=1)
    decided: Literal["continue", "step_down", "close", "strategy_discussion"] = "continue"
    minutes_sent: bool = True


class RecordVisit(Command):
    """A visit to the home."""

    access: Literal["granted", "denied", "no_reply"]
    announced: bool = True
    child_seen: bool = False
    child_seen_alone: bool = False
    conditions: Literal["good", "adequate", "poor"] | None = None
    concerns: Concerns = ()


class RecordOutcome(Command):
    """Whether a plan outcome was met, and on what evidence."""

    outcome: str
    status: Literal["met", "not_met"]
    evidence: str = Field("", description="what shows it")


class SetCondition(Command):
    """A condition that must be met before closing, or word of it."""

    condition: str
    status: Literal["set", "met", "missed"]
    due: date | None = None
