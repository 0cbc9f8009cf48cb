"""Where the work on a case stands: since when social care has held it, and who has been at it of late. Pure."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case, Practitioner, participants
from models.vocabulary import SOCIAL_CARE, Kind
from workflow.questions import decides_section47
from workflow.rule import Terms

CONTACTS: Final = frozenset({Kind.VISIT, Kind.APPOINTMENT, Kind.MEETING, Kind.CONFERENCE, Kind.STRATEGY_DISCUSSION})
"""What brings somebody face to face with the family, or with the others who work with it."""

MEETINGS: Final = frozenset({Kind.MEETING, Kind.CONFERENCE, Kind.STRATEGY_DISCUSSION})
"""What brings agencies together."""

_TELLS: Final = frozenset({Kind.CONTACT, Kind.CONCERN, Kind.MEDICAL, Kind.TOOL, Kind.EARLY_HELP, Kind.OUTCOME})
_TAKEN_ON: Final = frozenset({"assessment", "strategy_discussion"})


def _takes_on(event: Event) -> bool:
    match event.kind:
        case Kind.DECISION:
            return bool(event.get("outcome") in _TAKEN_ON)
        case Kind.ALLOCATED:
            return bool(event.get("to"))
        case Kind.PLAN:
            return bool(event.get("status") == "started")
        case Kind.ASSESSMENT | Kind.CONFERENCE:
            return True
        case _:
            return decides_section47(event)


def taken_on(case: Case) -> Event | None:
    """Return what took the case past the front door in the episode now open: from then on somebody holds it."""
    return case.once(_taken_on)


def _taken_on(case: Case) -> Event | None:
    return next((event for event in case.episode if _takes_on(event)), None)


def agency_of(case: Case, who: str | None) -> str | None:
    """Return the agency of somebody outside social care, or None."""
    found = case.family.practitioners.get(who) if who else None
    if found is None or found.agency is None or found.agency.kind in SOCIAL_CARE:
        return None
    return found.agency.id


def social_care(case: Case, event: Event) -> bool:
    """Tell whether somebody of social care took part. Where nobody is named, it was whoever holds the case."""
    people = [case.family.practitioners.get(who) for who in participants(event)]
    return not people or any(who is not None and who.in_social_care for who in people)


def recently(terms: Terms, key: str, moment: datetime) -> Callable[[datetime], bool]:
    """Make the test whether something happened no longer before a moment than the policy's span under `key`."""
    return lambda at: terms.due(at, key) >= moment


def worked(case: Case, lately: Callable[[datetime], bool]) -> dict[str, datetime]:
    """Return the agencies outside social care that have done something lately, each with the first time it did."""
    first: dict[str, datetime] = {}
    for event in reversed(case.record):
        if not lately(event.at):
            break
        if event.kind in CONTACTS or event.kind in _TELLS:
            for who in participants(event):
                agency = agency_of(case, who)
                if agency is not None:
                    first[agency] = event.at
    return first


def still_here(case: Case) -> set[str]:
    """Return the agencies outside social care of everybody who is at work with the child now."""
    return {who.agency.id for who in case.involved if who.agency is not None and not who.in_social_care}


def outside(case: Case) -> list[Practitioner]:
    """Return everybody at work with the child outside social care."""
    return [who for who in case.involved if who.gives_a_view]


def met(event: Event) -> bool:
    """Tell whether agencies sat down together: a meeting, a conference or a discussion that was held."""
    match event.kind:
        case Kind.MEETING:
            return bool(event.get("status", "held") == "held" and event.get("which") != "supervision")
        case Kind.STRATEGY_DISCUSSION:
            return not event.get("requested") and event.get("held") is not False
        case _:
            return event.kind is Kind.CONFERENCE
