"""Patterns over time in what people saw: conditions that swing, worries that come back. Pure readings of the record."""

from collections import defaultdict
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Kind
from workflow.questions import AVOIDING, concludes, day_of, held, known
from workflow.rule import Terms

_COUNTED_ELSEWHERE: Final = AVOIDING | {Concern.OUT_OF_SIGHT, Concern.LATE_ANTENATAL_CARE, Concern.OTHER}
"""Worries with a ledger or a clock of their own, and the one that says nothing."""


def within(events: list[Event], terms: Terms, key: str) -> list[Event]:
    """Return the newest of some events and those before it that lie within a span of it."""
    return [event for event in events if terms.due(event.at, key) >= events[-1].at]


def home(event: Event) -> str | None:
    """Tell how the home was found: good, poor, or neither said nor between the two."""
    if not known(event):
        return None
    if event.get("conditions") in {"good", "poor"}:
        return str(event.get("conditions"))
    told = event.kind in {Kind.VISIT, Kind.CONTACT} and event.get("conditions") is None
    return "poor" if told and Concern.HOME_CONDITIONS in event.codes("concerns") else None


def swung(case: Case, terms: Terms) -> list[Event]:
    """Return each sighting of the home at which it had swung so often that calm proves nothing, counting afresh after it."""
    enough = terms.policy.number("oscillation.swings")
    found: list[Event] = []
    turns: list[Event] = []
    last: str | None = None
    for event in case.record:
        now = home(event)
        if now is None:
            continue
        if last is not None and now != last:
            turns = within([*turns, event], terms, "oscillation.window")
        last = now
        if len(turns) >= enough:
            found.append(event)
            turns = []
    return found


def weighed(event: Event) -> bool:
    """Tell whether all that is known of a child was put together: in a strategy discussion or a conference."""
    return held(event) or event.kind is Kind.CONFERENCE


def recurred(case: Case, terms: Terms) -> list[tuple[Event, tuple[str, ...]]]:
    """Return each event at which a worry came up once too often, with the worries, counting afresh after it.

    The same worry told twice in a day is one worry; what a discussion or conference has weighed is counted no more.
    One review looks at every worry that came back about then.
    """
    enough = terms.policy.number("recurring_concern.times")
    found: list[tuple[Event, tuple[str, ...]]] = []
    told: dict[str, list[Event]] = defaultdict(list)
    for event in case.record:
        if weighed(event):
            told.clear()
        if not known(event):
            continue
        for code in event.codes("concerns"):
            if code not in _COUNTED_ELSEWHERE and not any(day_of(one.at) == day_of(event.at) for one in told[code]):
                told[code] = within([*told[code], event], terms, "recurring_concern.window")
        again = tuple(code for code, several in told.items() if sum(one.times for one in several) >= enough)
        for code in again:
            told.pop(code)
        if again and not (found and terms.due(found[-1][0].at, "recurring_concern.quiet") > event.at):
            found.append((event, again))
    return found


_NO_ACCESS: Final = frozenset({"denied", "no_reply"})
_MISSED: Final = frozenset({"was_not_brought", "missed"})


def adverse(event: Event) -> str | None:
    """Name the sort of bad sign that an event is, if it is one."""
    if not known(event):
        return None
    match event.kind:
        case Kind.INCIDENT:
            return "an incident"
        case Kind.APPOINTMENT if event.get("outcome") in _MISSED:
            return "a missed appointment"
        case Kind.VISIT if event.get("access") in _NO_ACCESS:
            return "a visit that was not let in"
        case Kind.VISIT if event.get("conditions") == "poor":
            return "a poor home"
        case _:
            return "a worry" if event.codes("concerns") else None


def crowded(case: Case, terms: Terms, now: datetime) -> list[tuple[Event, tuple[str, ...]]]:
    """Return each event at which enough different bad signs of several agencies had come together within days."""
    kinds, agencies = (terms.policy.number(f"multi_signal.{key}") for key in ("kinds", "agencies"))
    found: list[tuple[Event, tuple[str, ...]]] = []
    signs: list[Event] = []
    for event in case.record:
        if event.at > now:
            break
        if concludes(event):
            signs = []
        if adverse(event) is None:
            continue
        signs = within([*signs, event], terms, "multi_signal.window")
        sorts = dict.fromkeys(sort for sort in map(adverse, signs) if sort)
        if len(sorts) >= kinds and len({source(case, one) for one in signs}) >= agencies:
            found.append((event, tuple(sorts)))
            signs = []
    return found


def source(case: Case, event: Event) -> str:
    """Name the agency that an event comes from; an appointment that nobody signs comes from whoever gave it."""
    who = case.family.practitioners.get(event.by or "")
    if who is not None and who.agency is not None:
        return who.agency.id
    return f"{event.kind.value}:{event.get('what', '')}"
