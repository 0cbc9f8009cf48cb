"""Commands of the enquiry: medicals, tools, safety, its outcome, the conference."""

from typing import Literal

from pydantic import Field

from models.commands.base import Command, Ids, Words


class RecordMedical(Command):
    """A medical opinion, or its absence."""

    what: Literal[
        "child_protection_medical", "clinician_report", "advised", "attended", "not_attended", "admitted", "discharged"
    ]
    finding: Literal["explained", "unexplained", "inconclusive", "non_accidental"] | None = None
    planned: bool | None = Field(None, description="a discharge that was planned with the other agencies")
    patient: str | None = Field(None, description="whose it was, where it was not the child's")


class RecordTool(Command):
    """A tool was used: what it measured, and for whom."""

    what: Literal["dash", "graded_care_profile", "sudi", "parent_history", "lived_experience", "development_check"]
    assessed: str | None = Field(None, description="who was assessed; for DASH, whoever was hurt")
    result: str = Field("", description="points, or physical:3,safety:2,love:3,esteem:3, or the tier of the sleep risk")
    words: str = Field("", max_length=4000, description="what was found; for lived_experience, the child's day")


class RecordSafetyPlan(Command):
    """Where the child sleeps, who is with it and who checks, until the enquiry knows more."""

    status: Literal["made", "ended"] = "made"
    words: Words


class RecordOrder(Command):
    """A court's order, or the police's protection, that decides where a child lives."""

    what: Literal[
        "police_protection",
        "emergency_protection",
        "interim_care",
        "care",
        "supervision",
        "special_guardianship",
        "child_arrangements",
        "other",
    ]
    status: Literal["made", "ended"] = "made"


class RecordAgencyDecision(Command):
    """What another agency decided on its own part."""

    outcome: Literal["log_closed", "no_crime", "no_charge", "crime_recorded", "discharged", "other"]
    words: Words


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
    accounts: Ids = Field((), description="who sent a written report")
    outcome: Literal["child_protection_plan", "child_in_need_plan", "no_plan", "continue"]
    category: Literal["neglect", "physical", "sexual", "emotional", "multiple"] | None = None
    reason: Words
