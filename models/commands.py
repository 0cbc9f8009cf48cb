"""What a person asks for: one strict model per verb. A key that is not here is an error, never ignored."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from models.vocabulary import Concern, Factor, View


def _listed(given: Any) -> Any:
    return tuple(part.strip() for part in given.split(",") if part.strip()) if isinstance(given, str) else given


def _paired(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    pairs = [[side.strip() for side in part.partition(":")] for part in given.split(",") if part.strip()]
    if not all(key and colon and value for key, colon, value in pairs):
        raise ValueError("is written NAME:VALUE, with commas between several")
    return {key: value for key, _, value in pairs}


Ids = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Concerns = Annotated[tuple[Concern, ...], BeforeValidator(_listed)]
Pairs = Annotated[dict[str, str], BeforeValidator(_paired)]
Words = Annotated[str, Field(min_length=3, max_length=4000)]


class Command(BaseModel):
    """What every verb accepts: `anyway` is the recorded reason for passing a rule that only warns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    anyway: str = Field("", description="why, where a rule warns and you go on")


class Nothing(Command):
    """A verb that needs nothing more than to be said."""


class Refer(Command):
    """A worried call, form or notification about one child, born or unborn."""

    child: Words = Field(description="the child's name, or 'Unborn NAME'")
    concerns: Concerns = Field(min_length=1, description="what you are worried about, by code")
    words: Words = Field(description="what was seen or heard, in your own words")
    born: date | None = Field(None, description="date of birth")
    due: date | None = Field(None, description="due date of an unborn child")
    carers: Pairs = Field(default_factory=dict, description="NAME:mother,NAME:father")
    gp: str | None = Field(None, description="the child's GP practice, or none")
    factors: Annotated[tuple[Factor, ...], BeforeValidator(_listed)] = Field(
        (), description="what is known of the carers"
    )
    channel: Literal["form", "phone", "email", "in_person", "police_notification"] = "form"
    consent: Literal["given", "refused", "not_sought"] = "not_sought"
    attachments: int = Field(0, ge=0, le=500)
    on_behalf_of: str | None = Field(None, description="who called, when somebody else writes it down")
    child_mobile: bool | None = Field(None, description="with an injury: can the child move about")
    explained: bool | None = Field(None, description="with an injury: does the explanation fit")
    pregnancy_weeks: int | None = Field(None, ge=0, le=45)
    sibling: str | None = Field(None, description="the reference of a brother's or sister's referral")


class AddConcern(Command):
    """A new concern about a child who already has an open referral."""

    concerns: Concerns = Field(min_length=1)
    words: Words
    channel: Literal["form", "phone", "email", "in_person", "police_notification"] = "phone"
    attachments: int = Field(0, ge=0, le=500)
    on_behalf_of: str | None = None
    child_mobile: bool | None = None
    explained: bool | None = None


class Grade(Command):
    """Red, amber or green, with the reason. A lower colour waits for a second person."""

    grade: Literal["red", "amber", "green"]
    reason: Words


class Ask(Command):
    """Ask agencies what they know."""

    of: Ids = Field(min_length=1, description="the accounts asked, one per agency")


class Reply(Command):
    """An agency's answer to a request for information."""

    share: Literal["given", "withheld"] = "given"
    words: Words


class SpokeTo(Command):
    """Somebody was spoken to, or could not be."""

    person: str
    done: bool = True
    alone: bool = False
    account: Literal["consistent", "conflicting"] | None = None
    reason: str = ""


class CheckHistory(Command):
    """Where the history was looked for."""

    scope: Ids = Field(min_length=1, description="child, household, parents, police, other_areas")


class ReadChronology(Command):
    """The chronology was opened, and this was noted."""

    noted: Words


class Decide(Command):
    """The outcome at the front door, with its reason and an answer to every concern raised."""

    outcome: Literal[
        "no_further_action", "information_and_advice", "early_help", "assessment", "strategy_discussion", "deferred"
    ]
    reason: Words
    reason_code: (
        Literal[
            "below_threshold",
            "recently_closed",
            "too_early_in_pregnancy",
            "agencies_already_involved",
            "malicious",
            "consent_refused",
            "duplicate",
            "other",
        ]
        | None
    ) = None
    answers: Pairs = Field(default_factory=dict, description="CONCERN:confirmed|not_found|unknown, ...")
    discussed_with: Ids = ()
    lead: str | None = Field(None, description="who leads the early help")
    until: date | None = Field(None, description="deferred until")
    meet_at: datetime | None = Field(None, description="strategy discussion: when it is held")


class Allocate(Command):
    """Give the case to a worker, who becomes its owner."""

    to: str


class Involve(Command):
    """Somebody's active part in the child's life begins or ends."""

    who: str


class RecordHousehold(Command):
    """A change in the household."""

    what: Literal[
        "joined", "left", "new_partner", "moved_address", "pregnancy_known", "birth", "death", "animal", "gp_registered"
    ]
    words: str = ""


class RecordIncident(Command):
    """Something happened at home."""

    what: Literal["domestic_abuse", "assault", "weapon", "overdose", "arrest", "other"]
    child_present: bool = False


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


class RecordMedical(Command):
    """A medical opinion, or its absence."""

    what: Literal[
        "child_protection_medical", "clinician_report", "advised", "attended", "not_attended", "admitted", "discharged"
    ]
    finding: Literal["explained", "unexplained", "inconclusive", "non_accidental"] | None = None


class ConcludeEnquiry(Command):
    """What the section 47 enquiry found, and what follows."""

    outcome: Literal["not_substantiated", "no_continuing_risk", "conference"]
    then: Literal["conference", "assessment", "child_in_need", "closure"]
    reason: Words
    medical_evidence: bool = False


class HoldConference(Command):
    """A child protection conference was held."""

    which: Literal["initial", "review"] = "initial"
    attended: Ids = Field(min_length=1)
    outcome: Literal["child_protection_plan", "child_in_need_plan", "no_plan", "continue"]
    category: Literal["neglect", "physical", "sexual", "emotional", "multiple"] | None = None
    reason: Words


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


class OfferStepDown(Command):
    """Offer the case to early help."""

    reason: Words


class Accept(Command):
    """Early help takes the case on, under a named lead."""

    lead: str


class Decline(Command):
    """Early help does not take the case on. The case goes back for a fresh decision."""

    reason_code: Literal["agencies_already_involved", "consent_refused", "no_capacity", "threshold", "other"]
    reason: Words


class RecordConsent(Command):
    """Whether the family agrees to early help."""

    consent: Literal["given", "refused"]


class ProposeClosure(Command):
    """Put a case forward for closing, with its summary."""

    reason_code: Literal[
        "needs_met",
        "stepped_down",
        "no_further_action",
        "early_help_after_assessment",
        "malicious",
        "moved_away",
        "died",
        "other",
    ]
    summary: Words


class GiveView(Command):
    """What you think of what is proposed. Saying nothing is not agreement."""

    view: View
    reason: str = ""


class ReturnClosure(Command):
    """Send a proposed closure back, with the reason."""

    reason: Words


class Challenge(Command):
    """Disagree with a decision."""

    reason: Words


class SettleChallenge(Command):
    """How a disagreement ended, in words both sides agree to."""

    outcome: Literal["upheld", "not_upheld"]
    statement: Words


class Tell(Command):
    """A message that had to arrive has been sent (said by the system itself)."""

    of: str
    who: str
