"""Commands of the enquiry: medicals, its outcome, the conference."""

from typing import Literal

from pydantic import Field

from models.commands.base import Command, Ids, Words


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
