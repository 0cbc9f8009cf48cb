"""Signs that a child was hurt, and what answers them: a discussion, a doctor, a safe night. Pure, and shared."""

from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Kind, PractitionerKind
from workflow.questions import INJURY, known

BY_A_CARER: Final = frozenset({Concern.PHYSICAL_ABUSE, Concern.UNEXPLAINED_INJURY, Concern.SEXUAL_ABUSE})
"""Concerns that say by themselves that somebody may have hurt the child."""

_OPINION: Final = frozenset({"child_protection_medical", "clinician_report", "attended", "admitted"})
DOCTORS: Final = frozenset({PractitionerKind.CLINICIAN, PractitionerKind.GP})
_AT_THE_DOCTOR: Final = frozenset({"gp", "paediatric", "other"})


def speaks_of_hurt(event: Event) -> bool:
    """Tell whether an event names a mark or pain on the body, that it does not itself explain."""
    injury = event.get("injury") or {}
    return (
        known(event) and injury.get("explained") is not True and bool(injury or INJURY & set(event.codes("concerns")))
    )


def by_somebody(event: Event) -> bool:
    """Tell whether an event alleges or shows that somebody hurt the child, or that nobody can say how it was hurt."""
    if not known(event):
        return False
    injury = event.get("injury") or {}
    codes = set(event.codes("concerns"))
    told = not codes.isdisjoint({Concern.CHILD_DISCLOSURE, Concern.EXPLOITATION}) and bool(INJURY & codes)
    return told or injury.get("explained") is False or bool(BY_A_CARER & codes and injury.get("explained") is not True)


def doctor_saw(case: Case, event: Event) -> bool:
    """Tell whether a doctor looked at the child on this occasion."""
    if event.kind is Kind.MEDICAL:
        return event.get("what") in _OPINION and event.get("for") in {None, case.child_id}
    if event.kind is Kind.APPOINTMENT:
        own = event.get("person") in {None, case.child_id}
        return own and event.get("outcome") == "attended" and event.get("what") in _AT_THE_DOCTOR
    who = case.family.practitioners.get(event.by or "")
    return event.kind is Kind.VISIT and who is not None and who.kind in DOCTORS


def explained(event: Event) -> bool:
    """Tell whether a doctor explained the hurt."""
    return event.kind is Kind.MEDICAL and event.get("finding") == "explained"


def discussed(event: Event) -> bool:
    """Tell whether a strategy discussion was called, held, or considered and left out for a reason."""
    return event.kind is Kind.STRATEGY_DISCUSSION or (
        event.kind is Kind.DECISION and event.get("outcome") == "strategy_discussion"
    )
