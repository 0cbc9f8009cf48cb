"""Who has set eyes on the child: the service that holds the case, or others on whose word it would rest. Pure."""

from typing import Final

from models.events import Event
from models.facts import Case, participants
from models.vocabulary import Kind
from workflow.questions import unborn
from workflow.sightings import sees

_WORKED: Final = frozenset({Kind.ASSESSMENT, Kind.SECTION47_OUTCOME, Kind.CONFERENCE, Kind.PLAN, Kind.SAFETY_PLAN})


def in_the_service(case: Case, who: str | None) -> bool:
    """Tell whether somebody works for social care or its hub."""
    found = case.family.practitioners.get(who) if who else None
    return found is not None and found.in_social_care


def by_the_service(case: Case, event: Event) -> bool:
    """Tell whether social care was there itself, alone or with others."""
    return any(in_the_service(case, who) for who in participants(event))


def saw_child(case: Case, event: Event) -> bool:
    """Tell whether the child was seen. Before the birth, a home or a mother that was visited is what can be seen."""
    if event.kind is Kind.VISIT and unborn(case, event.at):
        return bool(event.get("access") == "granted")
    return sees(case, event)


def seen_by_the_service(case: Case, event: Event) -> bool:
    """Tell whether in this event social care itself saw the child."""
    if event.kind is Kind.ASSESSMENT:
        return event.get("status") == "completed" and bool(event.get("child_seen") or event.get("child_seen_alone"))
    return saw_child(case, event) and by_the_service(case, event)


def seen_by_others(case: Case, event: Event) -> bool:
    """Tell whether in this event somebody else saw the child, and social care was not there."""
    return saw_child(case, event) and not by_the_service(case, event)


def elsewhere(case: Case, who: str | None) -> bool:
    """Tell whether somebody works for another agency than social care, such as early help."""
    found = case.family.practitioners.get(who) if who else None
    return found is not None and found.gives_a_view


def ended_early_help(case: Case, event: Event) -> bool:
    """Tell whether a closure ends what early help had begun, or is written or signed by early help."""
    signed = (event.by, event.get("manager"))
    begun = any(one.kind is Kind.EARLY_HELP and one.get("status") in {"accepted", "started"} for one in case.chapter)
    return begun or any(elsewhere(case, who) for who in signed)


def taken_on(case: Case) -> bool:
    """Tell whether social care did more in this chapter than decide at the front door."""
    return any(
        event.kind in _WORKED
        or (event.kind is Kind.ALLOCATED and event.get("to") and not elsewhere(case, event.get("to")))
        or (event.kind in {Kind.VISIT, Kind.ATTEMPT} and by_the_service(case, event))
        or (event.kind is Kind.DECISION and event.get("outcome") == "assessment")
        for event in case.chapter
    )
