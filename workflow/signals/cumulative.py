"""Signals of the front door, third part: many small things, each of them judged by itself, are one large one."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import AgencyKind, Kind, Stage
from workflow.questions import day_of, held, known, mark, professional
from workflow.rule import Raised, Signal, Terms

_MISSED: Final = frozenset({"was_not_brought", "missed"})
_COUNTED: Final = (Kind.INCIDENT, Kind.CONTACT, Kind.APPOINTMENT, Kind.CONCERN)
_REVIEWS: Final = (Kind.ASSESSMENT, Kind.STRATEGY_DISCUSSION, Kind.CONFERENCE, Kind.MEETING, Kind.DECISION)
_OPENED: Final = frozenset({"assessment", "strategy_discussion"})


def reviews(event: Event) -> bool:
    """Tell whether an event looks at everything together, or begins to."""
    if event.kind is Kind.DECISION:
        return event.get("outcome") in _OPENED
    if event.kind is Kind.MEETING:
        return bool(event.get("status", "held") == "held" and event.get("which") != "supervision")
    return event.kind is not Kind.STRATEGY_DISCUSSION or held(event)


def sort_of(case: Case, event: Event) -> str | None:
    """Return as what an event counts: a call-out, something missed, something logged, or nothing."""
    if event.kind is Kind.CONTACT:
        who = professional(case, event.by)
        police = who is not None and who.agency is not None and who.agency.kind is AgencyKind.POLICE
        told = police or event.get("channel") == "police_notification" or event.get("to") == "police"
        return "call-out" if told else None
    if event.kind is Kind.APPOINTMENT:
        return "missed" if event.get("outcome") in _MISSED else None
    return "call-out" if event.kind is Kind.INCIDENT else "logged"


def occurrences(case: Case) -> tuple[str, list[Event]]:
    """Return what counts since everything was last looked at together, one a day of each sort, and a key for it."""
    return case.once(_occurrences)


def _occurrences(case: Case) -> tuple[str, list[Event]]:
    last = next((event for event in reversed(case.of(*_REVIEWS)) if reviews(event)), None)
    found: dict[tuple[date, str], Event] = {}
    for event in case.since(last, *_COUNTED):
        sort = sort_of(case, event)
        if sort and known(event):
            found.setdefault((day_of(event.at), sort), event)
    return mark(last) if last else "first", list(found.values())


def enough(case: Case, terms: Terms, key: str) -> tuple[list[Event], int] | None:
    """Return the events up to the one that made it enough within the span and number that the policy keeps under `key`."""
    _, events = occurrences(case)
    wanted = terms.policy.number(f"incidents.{key}.number")
    for at, event in enumerate(events):
        near = [one for one in events[: at + 1] if terms.due(one.at, f"incidents.{key}.span") >= event.at]
        count = sum(one.times if one.loose else 1 for one in near)
        if count >= wanted:
            return near, count
    return None


def too_many(case: Case, terms: Terms, _now: datetime) -> Iterator[Raised]:
    """Said once between two reviews."""
    key, _ = occurrences(case)
    for span in ("short", "long"):
        found = enough(case, terms, span)
        if found is not None:
            near, count = found
            says = f"{count} incidents, missed appointments and logged worries within {terms.span(f'incidents.{span}.span')}."
            of = tuple(map(mark, near))
            yield Raised(f"incidents:{key}", says, None, near[-1].at, loose=near[-1].loose, of=of)
            return


CUMULATIVE: Final = Signal(
    id="cumulative-incident-trigger",
    stage=Stage.FRONT_DOOR,
    says="Incidents, missed appointments and logged worries are counted together, and enough of them call for a review.",
    source="Serious case reviews: Daniel Pelka (Coventry, 2013), Khyra Ishaq (Birmingham, 2010)",
    mend="the manager, with `decide` and outcome=assessment, `hold-meeting` or `call-strategy`",
    judge=too_many,
)

SIGNALS: Final[tuple[Signal, ...]] = (CUMULATIVE,)
