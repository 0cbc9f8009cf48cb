"""Commands of assessments and plans: visits, meetings, outcomes, conditions."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from models.commands.base import MOST_LETTERS, Answers, Codes, Command, Concerns, Ids, Words

_When = Literal["access_denied", "not_seen", "non_attendance", "preterm_birth"]
_Means = Literal["police_check", "strategy_discussion", "legal_advice", "medical"]


def _followed(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    pairs = [part.lower().partition(":") for part in given.split(",") if part.strip()]
    return {when.strip(): tuple(one.strip() for one in then.split("+") if one.strip()) for when, _, then in pairs}


Contingencies = Annotated[dict[_When, tuple[_Means, ...]], BeforeValidator(_followed)]


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
    factors_resolved: Answers = Field(default_factory=dict)
    answers: Answers = Field(
        default_factory=dict, description="what was left unknown at the door: CONCERN:confirmed|not_found|unknown, ..."
    )
    family_network: bool = Field(False, description="the wider family was asked")
    inpatient_observations: bool = Field(False, description="what hospital staff saw is in it")
    cosigned: str | None = Field(None, description="who signed with a newly qualified worker")


class StartPlan(Command):
    """What the plan covers and what it wants to see."""

    covers: Codes = Field(min_length=1)
    outcomes: Ids = Field(min_length=1, description="short names of the outcomes wanted")
    due: date
    contingencies: Contingencies = Field(
        default_factory=dict, description="what follows when access fails: access_denied:police_check+legal_advice, ..."
    )


class ChangePlan(Command):
    """What the plan covers from now on, and what follows when access fails."""

    covers: Codes = Field(min_length=1)
    contingencies: Contingencies = Field(
        default_factory=dict, description="what follows when access fails: access_denied:police_check+legal_advice, ..."
    )
    reason: Words


class HoldMeeting(Command):
    """A core group, a review or another meeting was held."""

    which: Literal[
        "child_in_need_review",
        "core_group",
        "discharge_planning",
        "professionals",
        "legal_planning",
        "supervision",
        "step_down_panel",
    ]
    attended: Ids = Field(min_length=1)
    invited: Ids = ()
    decided: Literal["continue", "step_down", "close", "strategy_discussion"] = "continue"
    minutes_sent: bool = True


class RecordVisit(Command):
    """A visit to the home."""

    access: Literal["granted", "denied", "no_reply"]
    announced: bool = True
    child_seen: bool = False
    child_seen_alone: bool = False
    sleep_space_seen: bool | None = None
    conditions: Literal["good", "adequate", "poor"] | None = None
    improved_by: Literal["family", "third_party"] | None = Field(None, description="who put the home right")
    joint: Ids = Field((), description="who came along")
    address: str | None = Field(None, description="where, if not at the address on record")
    concerns: Concerns = ()
    claim: str | None = Field(None, description="what the family says to explain or to reassure")
    verified: bool = Field(False, description="somebody else bears out what the family says")
    words: str = Field("", max_length=MOST_LETTERS, description="what was seen and heard")


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
    set_by: Literal["meeting", "court", "agreement"] = "meeting"


class RecordAppointment(Command):
    """An appointment of the child, or of an adult for its sake, and whether it was kept."""

    what: Literal[
        "antenatal_booking",
        "antenatal",
        "scan",
        "paediatric",
        "gp",
        "health_visitor",
        "ophthalmology",
        "immunisation",
        "early_help",
        "other",
    ]
    outcome: Literal["attended", "was_not_brought", "missed", "cancelled", "rearranged"]
    person: str | None = Field(None, description="whose it was, where it was not the child's own")
    child_seen: bool | None = None
    concerns: Concerns = ()
    claim: str | None = Field(None, description="what was said to reassure, such as a scan elsewhere")
    verified: bool = Field(False, description="somebody else bears it out")


class RecordAttempt(Command):
    """A call or message that reached nobody."""

    person: str = Field(description="who was to be reached")


class RecordPoliceCheck(Command):
    """Whether the police were asked to see the child, and what came of it."""

    status: Literal["requested", "accepted", "refused", "attended"]
    child_seen: bool | None = None


class UseContingency(Command):
    """What the plan had laid down for the case that access fails is done."""

    what: Literal["police_check", "strategy_discussion", "legal_advice", "medical"]


class RecordAgreement(Command):
    """A written agreement with the family, or that it was broken."""

    status: Literal["made", "breached"]
    clauses: Ids = Field((), description="what was agreed, in a word or two each")


class RecordLegalAdvice(Command):
    """Legal advice, asked for or given."""

    status: Literal["asked", "given"]
    in_writing: bool | None = None
    threshold: Literal["met", "not_met", "unclear"] | None = None


class Promise(Command):
    """What was promised to the family or a partner, and whether it was kept."""

    commitment: str = Field(description="a short name, under which it returns")
    status: Literal["made", "kept", "changed", "missed"] = "made"
    what: str = Field("", description="what was promised")
    due: date | None = Field(None, description="by when; needed when it is made or changed")
    reason: str = Field("", description="why it was changed")


class RecordComplaint(Command):
    """The family complains about the service. It is answered apart, and pauses nothing."""

    words: Words
