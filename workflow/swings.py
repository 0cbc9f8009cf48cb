"""Patterns over time in what people saw: conditions that swing, worries that come back. Pure readings of the record.

Each is told event by event, because a long case would otherwise be read from its beginning at every step.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Kind
from workflow.questions import AVOIDING, concludes, day_of, held, known
from workflow.rule import Terms

_COUNTED_ELSEWHERE: Final = AVOIDING | {Concern.OUT_OF_SIGHT, Concern.LATE_ANTENATAL_CARE, Concern.OTHER}
"""Worries with a ledger or a clock of their own, and the one that says nothing."""


def within(events: tuple[Event, ...], terms: Terms, key: str) -> tuple[Event, ...]:
    """Return the newest of some events and those before it that lie within a span of it."""
    return tuple(event for event in events if terms.due(event.at, key) >= events[-1].at)


def home(event: Event) -> str | None:
    """Tell how the home was found: good, poor, or neither said nor between the two."""
    if not known(event):
        return None
    if event.get("conditions") in {"good", "poor"}:
        return str(event.get("conditions"))
    told = event.kind in {Kind.VISIT, Kind.CONTACT} and event.get("conditions") is None
    return "poor" if told and Concern.HOME_CONDITIONS in event.codes("concerns") else None


@dataclass(frozen=True, slots=True)
class Pattern:
    """Where something had come up once too often, what was counted within the window, and the words for it."""

    event: Event
    of: tuple[Event, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Homes:
    """How the home has been found: of late, last, its newest turns, and where calm stopped proving anything."""

    lately: tuple[Event, ...] = ()
    last: str | None = None
    turns: tuple[Event, ...] = ()
    found: tuple[Pattern, ...] = ()


def swung(case: Case, terms: Terms) -> tuple[Pattern, ...]:
    """Return each sighting of the home at which it had swung so often that calm proves nothing, counting afresh after it."""
    return case.chronology.told(_at_home, Homes(), terms).found


def _at_home(homes: Homes, event: Event, terms: Terms) -> Homes:
    now = home(event)
    if now is None:
        return homes
    turns = homes.turns
    lately = within((*homes.lately, event), terms, "oscillation.window")
    if homes.last is not None and now != homes.last:
        turns = within((*turns, event), terms, "oscillation.window")
    if len(turns) >= terms.policy.number("oscillation.swings"):
        return Homes(lately, now, (), (*homes.found, Pattern(event, lately)))
    return Homes(lately, now, turns, homes.found)


def weighed(event: Event) -> bool:
    """Tell whether all that is known of a child was put together: in a strategy discussion or a conference."""
    return held(event) or event.kind is Kind.CONFERENCE


@dataclass(frozen=True, slots=True)
class Worries:
    """The worries told of late, those that nothing has weighed by code, and where one had come up once too often."""

    lately: tuple[Event, ...] = ()
    told: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    found: tuple[Pattern, ...] = ()


def recurred(case: Case, terms: Terms) -> tuple[Pattern, ...]:
    """Return each event at which a worry came up once too often, with the worries, counting afresh after it.

    The same worry told twice in a day is one worry; what a discussion or conference has weighed is counted no more.
    One review looks at every worry that came back about then.
    """
    return case.chronology.told(_worried, Worries(), terms).found


def _worried(worries: Worries, event: Event, terms: Terms) -> Worries:
    told = {} if weighed(event) else worries.told
    if not known(event) or not event.codes("concerns"):
        return Worries(worries.lately, told, worries.found)
    lately = within((*worries.lately, event), terms, "recurring_concern.window")
    codes = [code for code in event.codes("concerns") if code not in _COUNTED_ELSEWHERE]
    told = dict(told)
    for code in codes:
        before = told.get(code, ())
        if not before or day_of(before[-1].at) != day_of(event.at):
            told[code] = within((*before, event), terms, "recurring_concern.window")
    enough = terms.policy.number("recurring_concern.times")
    again = tuple(code for code in told if code in codes and sum(one.times for one in told[code]) >= enough)
    for code in again:
        told.pop(code)
    found = worries.found
    if again and not (found and terms.due(found[-1].event.at, "recurring_concern.quiet") > event.at):
        of = tuple(one for one in lately if not set(again).isdisjoint(one.codes("concerns")))
        found = (*found, Pattern(event, of, again))
    return Worries(lately, told, found)


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


@dataclass(frozen=True, slots=True)
class Signs:
    """The bad signs of the last days that nothing has concluded, and where they had come together."""

    near: tuple[Event, ...] = ()
    found: tuple[Pattern, ...] = ()


def crowded(case: Case, terms: Terms, now: datetime) -> list[Pattern]:
    """Return each event at which enough different bad signs of several agencies had come together within days."""
    people = case.family.practitioners.values()
    agencies = tuple((who.id, who.agency.id) for who in people if who.agency is not None)
    found = case.chronology.told(_signed, Signs(), terms, agencies).found
    return [one for one in found if one.event.at <= now]


def _signed(signs: Signs, event: Event, terms: Terms, agencies: tuple[tuple[str, str], ...]) -> Signs:
    near = () if concludes(event) else signs.near
    if adverse(event) is None:
        return Signs(near, signs.found)
    near = within((*near, event), terms, "multi_signal.window")
    sorts = dict.fromkeys(sort for sort in map(adverse, near) if sort)
    kinds, several = (terms.policy.number(f"multi_signal.{key}") for key in ("kinds", "agencies"))
    if len(sorts) >= kinds and len({source(one, dict(agencies)) for one in near}) >= several:
        return Signs((), (*signs.found, Pattern(event, near, tuple(sorts))))
    return Signs(near, signs.found)


def source(event: Event, agencies: Mapping[str, str]) -> str:
    """Name the agency that an event comes from; an appointment that nobody signs comes from whoever gave it."""
    return agencies.get(event.by or "") or f"{event.kind.value}:{event.get('what', '')}"
