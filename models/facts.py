"""What is known: a family's people and record, as the rules read them. Immutable, and without a clock or a database."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from models.chronology import Chronology, shared_out
from models.events import Event
from models.vocabulary import SOCIAL_CARE, AgencyKind, Kind, PractitionerKind, View

# Kinds whose doer is not thereby at work with the child.
_NOT_WORK = frozenset({Kind.CLOSURE, Kind.NOTE, Kind.COMPLAINT, Kind.TOLD, Kind.READY, Kind.WOKEN, Kind.ALARM_ANSWERED})

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Person:
    """A child, born or unborn, or an adult of the family."""

    id: str
    child: bool
    born: date | None = None
    due: date | None = None
    gestation_at_birth: str | None = None
    gp: str | None = None
    factors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Agency:
    """An organisation that works with the family."""

    id: str
    kind: AgencyKind


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Somebody at work with the family; a relative or a member of the public has no agency."""

    id: str
    kind: PractitionerKind
    agency: Agency | None = None
    newly_qualified: bool = False
    active: bool = True
    """False once somebody has left, and their account is no longer in use."""

    @property
    def in_social_care(self) -> bool:
        """True for the council's own social care and its hub."""
        return self.agency is not None and self.agency.kind in SOCIAL_CARE

    @property
    def gives_a_view(self) -> bool:
        """True for those whose view is due on a closure: a professional outside social care."""
        return self.agency is not None and not self.in_social_care


@dataclass(frozen=True, slots=True)
class Link:
    """One relationship, as `[kate, mother, luke]` says it."""

    one: str
    relation: str
    other: str


@dataclass(frozen=True)
class Family:
    """Everybody and everything on record, in order of time."""

    people: Mapping[str, Person]
    practitioners: Mapping[str, Practitioner]
    links: tuple[Link, ...] = ()
    record: tuple[Event, ...] = ()
    live: bool = False
    """True for the engine's own record, where nothing ends but by a closure; a casebook tells it shorter."""
    silence_unknown: bool = False
    desk: tuple[str, ...] = ()
    """The hub's standing representatives (social care, police, health), invited so that a quorum can be met."""
    agencies: Mapping[str, Agency] = field(default_factory=dict)
    """Agencies that a casebook names, whether or not anybody of theirs appears in it."""

    @cached_property
    def chronologies(self) -> Mapping[str, Chronology]:
        """The events about each child, in order of time."""
        return shared_out({}, self.record)

    def after(self, events: Iterable[Event]) -> "Family":
        """Return the family as it is known once these events have happened too."""
        added = tuple(events)
        later = replace(self, record=(*self.record, *added))
        # What is already shared out among the children is not shared out again: a long story would take for ever.
        vars(later)["chronologies"] = shared_out(self.chronologies, added)
        return later

    def case(self, child: str) -> "Case":
        """Return the family as seen from one child."""
        return Case(self, child)

    def children(self) -> Iterator[str]:
        """Yield the ids of the children."""
        return (person.id for person in self.people.values() if person.child)


@dataclass(frozen=True)
class Case:
    """One child's record as it stands, and what the rules ask of it. A case knows nothing of what comes later."""

    family: Family
    child_id: str

    @cached_property
    def child(self) -> Person:
        """The child, with what the record has added since: a birth ends an unborn child's uncertainty."""
        person = self.family.people[self.child_id]
        for event in self.of(Kind.HOUSEHOLD):
            if event.get("what") == "birth" and person.born is None:
                person = replace(person, born=event.at.date())
        return person

    @cached_property
    def record(self) -> tuple[Event, ...]:
        """The events about this child, in order of time."""
        return self.chronology.events

    @cached_property
    def chronology(self) -> Chronology:
        """The record, to be asked by kind and place."""
        return self.family.chronologies.get(self.child_id) or Chronology()

    def of(self, *kinds: Kind) -> list[Event]:
        """Return the events of these kinds, in order of time."""
        return self.chronology.of(kinds)

    def once(self, reading: Callable[..., Answer], *given: Hashable) -> Answer:
        """Return `reading(case, *given)`. It is worked out at the first asking: a case does not change."""
        if (reading, given) not in self._answers:
            self._answers[reading, given] = reading(self, *given)
        answer: Answer = self._answers[reading, given]
        return answer

    @cached_property
    def _answers(self) -> dict[Any, Any]:
        return {}

    def last(self, *kinds: Kind) -> Event | None:
        """Return the newest event of these kinds, if there is one."""
        found = self.of(*kinds)
        return found[-1] if found else None

    def since(self, start: Event | datetime | None, *kinds: Kind) -> list[Event]:
        """Return events of these kinds (all, if none is named) after a moment, or recorded after an event."""
        place = self.chronology.place(start) if isinstance(start, Event) else None
        if place is not None:
            return self.chronology.of(kinds, place + 1) if kinds else list(self.record[place + 1 :])
        pool = self.of(*kinds) if kinds else list(self.record)
        if isinstance(start, Event):
            return [event for event in pool if (event.at, event.index) > (start.at, start.index)]
        return [event for event in pool if start is None or event.at >= start]

    @cached_property
    def episodes(self) -> tuple[tuple[int, int | None], ...]:
        """Return where in the record each episode began and ended; the last one may still be open (None)."""
        return self.chronology.episodes(told_short=not self.family.live)

    @cached_property
    def opened(self) -> Event | None:
        """The event that opened the episode now open, or None while nothing is open for this child."""
        if self.episodes and self.episodes[-1][1] is None:
            return self.record[self.episodes[-1][0]]
        return None

    @property
    def is_open(self) -> bool:
        """True while an episode is open for this child."""
        return self.opened is not None

    @cached_property
    def episode(self) -> tuple[Event, ...]:
        """The events of the episode now open, its opening included; empty while nothing is open."""
        return self.record[self.episodes[-1][0] :] if self.is_open else ()

    @cached_property
    def chapter(self) -> tuple[Event, ...]:
        """The episode now open or, where a casebook closes what it had ended before, all since the last closure."""
        if self.is_open:
            return self.episode
        closed = self.last(Kind.CLOSURE)
        return self.record[(self.chronology.place(closed) or 0) + 1 :] if closed else self.record

    def now_of(self, *kinds: Kind) -> list[Event]:
        """Return the events of these kinds in the episode now open."""
        return self.chronology.of(kinds, self.episodes[-1][0]) if self.is_open else []

    @cached_property
    def involved(self) -> tuple[Practitioner, ...]:
        """Everybody at work with the child: from the first thing they do, attend or are given, until it is ended."""
        active = self.chronology.told(_at_work, dict[str, None]())
        known = self.family.practitioners
        return tuple(known[who] for who in active if who in known)

    @property
    def views_due(self) -> tuple[Practitioner, ...]:
        """Those whose view is due before anything is closed: everybody involved outside social care."""
        return tuple(who for who in self.involved if who.gives_a_view)

    @cached_property
    def referrers(self) -> tuple[str, ...]:
        """The professionals who brought the contacts of the episode now open, in order, each once."""
        told = dict.fromkeys(event.by for event in self.now_of(Kind.CONTACT) if event.by)
        known = self.family.practitioners
        return tuple(who for who in told if who in known and known[who].agency is not None)

    @cached_property
    def allocated_to(self) -> str | None:
        """The worker who holds the child's case, if one was named in the episode now open."""
        worker: str | None = None
        for event in self.now_of(Kind.ALLOCATED):
            worker = event.get("to") or (None if event.get("ended") == worker else worker)
        return worker

    @cached_property
    def views(self) -> dict[str, View]:
        """The newest view of each practitioner on the closure now proposed (live record only)."""
        proposed = self.last(Kind.CLOSURE_PROPOSED)
        return {event.by: View(event.get("view")) for event in self.since(proposed, Kind.VIEW) if event.by and proposed}

    @cached_property
    def open_challenges(self) -> tuple[Event, ...]:
        """Professional disagreements that nobody has settled, by the event that raised each."""
        open_: list[Event] = []
        for event in self.of(Kind.DISAGREEMENT):
            if event.get("status") == "raised":
                open_.append(event)
            elif event.get("status") in {"resolved", "withdrawn"}:
                open_ = [other for other in open_ if other.get("with") != event.get("with")]
        return tuple(open_)

    @cached_property
    def plan(self) -> Event | None:
        """The plan now running, as it was started, if there is one. With the case, its plan is closed."""
        running: Event | None = None
        for event in self.of(Kind.PLAN, Kind.CLOSURE):
            running = None if event.kind is Kind.CLOSURE else running
            running = event if event.get("status") == "started" else running
            if event.get("status") == "ended" and running and running.get("which") == event.get("which"):
                running = None
        return running

    @cached_property
    def grade(self) -> str | None:
        """The colour in force in the episode now open."""
        graded = self.now_of(Kind.GRADE)
        return graded[-1].get("grade") if graded else None

    def before(self, event: Event) -> "Case":
        """Return the case as it was when an event was about to happen."""
        record = self.family.record
        at = next((place for place in reversed(range(len(record))) if record[place] is event), len(record))
        earlier = Case(replace(self.family, record=record[:at]), self.child_id)
        place = self.chronology.place(event)
        if place is not None:
            vars(earlier)["chronology"] = Chronology(self.record[:place])
        return earlier

    def beside(self, family: Family) -> "Case":
        """Return the case in a family in which something has happened since, though not to this child."""
        later = Case(family, self.child_id)
        vars(later).update({name: found for name, found in vars(self).items() if name != "family"})
        return later


def _at_work(active: dict[str, None], event: Event) -> dict[str, None]:
    if event.kind is Kind.INVOLVEMENT:
        who = event.get("who")
        if event.get("status") == "ended":
            return {name: None for name in active if name != who}
        return active if who in active else {**active, who: None}
    if event.kind is Kind.ALLOCATED and event.get("ended"):
        active = {name: None for name in active if name != event.get("ended")}
    new = [] if event.kind in _NOT_WORK else [who for who in participants(event) if who not in active]
    return {**active, **dict.fromkeys(new)} if new else active


def participants(event: Event) -> Iterator[str]:
    """Yield the ids of those who do, attend or are given what happened."""
    if event.by:
        yield event.by
    yield from event.codes("attended")
    if event.kind in {Kind.VISIT, Kind.APPOINTMENT}:
        yield from event.codes("with")
    if event.kind is Kind.ALLOCATED and event.get("to"):
        yield event.get("to")
    if event.kind is Kind.EARLY_HELP and event.get("lead") and event.get("status") in {"accepted", "started"}:
        yield event.get("lead")
