"""What a family says to reassure, and what anybody did to find out. Pure readings of the record."""

from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.questions import held, known

_FOUND_OUT: Final = frozenset({"child_protection_medical", "clinician_report", "attended", "admitted"})


def unverified(event: Event) -> bool:
    """Tell whether an event writes down a claim that nobody has verified."""
    claim = event.get("claim")
    return known(event) and bool(claim) and claim.get("verified") is False


def finds_out(event: Event) -> bool:
    """Tell whether somebody went to find out: a doctor, an agency's answer, another's account, a discussion."""
    if (event.get("claim") or {}).get("verified"):
        return True
    match event.kind:
        case Kind.MEDICAL:
            return event.get("what") in _FOUND_OUT
        case Kind.CHECK:
            return bool(event.get("status") == "replied")
        case Kind.SPOKE_TO:
            return event.get("done") is not False and not event.get("claim")
        case Kind.POLICE_CHECK:
            return bool(event.get("status") == "attended")
        case Kind.VISIT:
            return event.get("announced") is False and event.get("access") == "granted" and not event.get("claim")
        case _:
            return held(event) or event.kind is Kind.CONFERENCE


def outstanding(case: Case) -> list[Event]:
    """Return the claims of this chapter after which nobody went to find out."""
    left: list[Event] = []
    for event in case.chapter:
        if finds_out(event):
            left = []
        if unverified(event):
            left.append(event)
    return left


def worried_before(case: Case, event: Event) -> bool:
    """Tell whether what is being explained is a worry: one seen now, or one on record in the chapter now open."""
    return bool(event.codes("concerns")) or any(one.codes("concerns") and known(one) for one in case.chapter)
