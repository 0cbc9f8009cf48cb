"""A pregnancy as the record knows it: since when, how far on, and whether a midwife has it in hand. Pure."""

from datetime import date, datetime, time, timedelta
from typing import Final

from config.clock import LONDON
from models.events import Event
from models.facts import Case, participants
from models.vocabulary import AgencyKind, Concern, Kind, PractitionerKind
from workflow.questions import day_of, known, unborn
from workflow.rule import Terms

LATE: Final = frozenset({Concern.LATE_ANTENATAL_CARE, Concern.CONCEALED_PREGNANCY})
_CARE: Final = frozenset({"antenatal_booking", "antenatal"})
_WEEK: Final = timedelta(weeks=1)


def began(case: Case, terms: Terms) -> date | None:
    """Return the day from which the weeks count: back from the due date, otherwise by the newest word of them."""
    if case.child.due is not None:
        return case.child.due - _WEEK * terms.policy.number("pregnancy_length.weeks")
    told = [event for event in case.of(Kind.CONTACT) if (event.get("pregnancy") or {}).get("weeks") is not None]
    return day_of(told[-1].at) - _WEEK * int(told[-1].get("pregnancy")["weeks"]) if told else None


def weeks_on(case: Case, terms: Terms, key: str) -> datetime | None:
    """Return the end of the day on which the pregnancy reaches the weeks the policy keeps under `key`."""
    first = began(case, terms)
    if first is None:
        return None
    day = terms.due(datetime.combine(first, time(), tzinfo=LONDON), key).astimezone(LONDON).date()
    return terms.calendar.end_of_day(day)


def known_since(case: Case) -> Event | None:
    """Return what first told anybody of the child, if that was before it was born."""
    first = next((event for event in case.record if known(event)), None)
    return first if first is not None and unborn(case, first.at) else None


def in_midwifery(case: Case, who: str | None) -> bool:
    """Tell whether somebody is a midwife."""
    found = case.family.practitioners.get(who) if who else None
    if found is None:
        return False
    return found.kind is PractitionerKind.MIDWIFE or (
        found.agency is not None and found.agency.kind is AgencyKind.MIDWIFERY
    )


def booked(case: Case, event: Event) -> bool:
    """Tell whether an event shows antenatal care: a booking, a clinic, or a midwife at work. A scan alone books nobody."""
    if event.kind is Kind.APPOINTMENT and event.get("outcome") == "attended" and event.get("what") in _CARE:
        return True
    scan = event.kind is Kind.APPOINTMENT and event.get("what") == "scan"  # whoever holds the probe
    if scan or not LATE.isdisjoint(event.codes("concerns")):
        return False
    if event.kind in {Kind.VISIT, Kind.APPOINTMENT, Kind.ATTEMPT}:
        came = event.get("access") == "granted" or event.get("outcome") == "attended"
        return came and any(in_midwifery(case, who) for who in participants(event))
    there = (*participants(event), *event.codes("accounts"), *(event.get("views") or {}))
    return any(in_midwifery(case, who) for who in there)
