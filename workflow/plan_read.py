"""A plan as its page shows it: outcomes with evidence, what it leaves uncovered, contingencies fired or not, promises kept. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.contingency import answered, met_by, occasions, promised
from workflow.factors import confirmed_at_the_door
from workflow.gates.plan_contents import covered
from workflow.questions import as_day, current
from workflow.rule import Terms

_OWNED: Final = [{"id": "any", "owner": "any", "due": "any"}]
_FAILS: Final = (Kind.VISIT, Kind.APPOINTMENT, Kind.HOUSEHOLD)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One outcome of a plan, as it stands. `said` is the newest word on it."""

    id: str
    owner: str | None
    due: date | None
    said: Event | None

    @property
    def status(self) -> str:
        """Whether it was met: met, met without evidence, not met, or open."""
        if self.said is None:
            return "open"
        if self.said.get("status") == "met":
            return "met" if self.said.get("evidence") else "unevidenced"
        return "not_met"


@dataclass(frozen=True, slots=True)
class Fired:
    """An occasion of a contingency that came, and whether what was laid down, or something as strong, was done."""

    event: Event
    done: bool


@dataclass(frozen=True, slots=True)
class Contingency:
    """What follows when access fails, and the occasions on which it was to follow."""

    when: str
    then: tuple[str, ...]
    fired: tuple[Fired, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A condition or a promise, which returns under its name: how it began, and the newest word on it."""

    id: str
    begun: Event
    newest: Event
    due: date | None

    @property
    def status(self) -> str:
        """The newest status."""
        return str(self.newest.get("status"))

    def late(self, today: date) -> bool:
        """Tell whether it is still open, and its day has passed."""
        return self.status in {"set", "made", "changed"} and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan with everything that hangs on it."""

    started: Event
    ended: Event | None
    changes: tuple[Event, ...]
    covers: tuple[str, ...]
    uncovered: tuple[str, ...]
    outcomes: tuple[Wanted, ...]
    contingencies: tuple[Contingency, ...]


def plan(case: Case, terms: Terms, now: datetime) -> Plan | None:
    """Return the newest plan of the newest referral, running or ended."""
    told = current(case, Kind.PLAN)
    started = next((event for event in reversed(told) if event.get("status") == "started"), None)
    if started is None:
        return None
    later = [event for event in told if event.index > started.index and event.get("which") == started.get("which")]
    changes = tuple(event for event in later if event.get("status") == "changed")
    covers = tuple(map(str, (changes[-1] if changes else started).codes("covers")))
    return Plan(
        started=started,
        ended=next((event for event in later if event.get("status") == "ended"), None),
        changes=changes,
        covers=covers,
        uncovered=uncovered(case, covers, terms),
        outcomes=tuple(_wanted(case, one, started) for one in started.codes("outcomes")),
        contingencies=contingencies(case, started, terms, now),
    )


def uncovered(case: Case, covers: tuple[str, ...], terms: Terms) -> tuple[str, ...]:
    """Return what was confirmed of the family and a plan that covers these does not take up."""
    as_started = {"status": "started", "covers": list(covers), "outcomes": _OWNED}
    at = case.record[-1].at
    found = covered(case, Event(at, Kind.PLAN, (case.child_id,), None, as_started), terms) if case.record else ()
    left = [code for finding in found for code in finding.of]
    return tuple(dict.fromkeys([*left, *sorted(confirmed_at_the_door(case) - set(covers))]))


def _wanted(case: Case, outcome: dict[str, Any], started: Event) -> Wanted:
    name = str(outcome["id"])
    said = [event for event in case.since(started, Kind.OUTCOME) if name in {event.id, event.get("id")}]
    return Wanted(name, outcome.get("owner"), as_day(outcome.get("due")), said[-1] if said else None)


def contingencies(case: Case, started: Event, terms: Terms, now: datetime) -> tuple[Contingency, ...]:
    """Return what the plan lays down for when access fails, with every occasion since it started."""
    end = Event(now, Kind.NOTE, index=max((event.index for event in case.record), default=0) + 1)
    failed = [event for event in case.since(started, *_FAILS) if occasions(case, event, terms)]
    return tuple(
        Contingency(
            when, then, tuple(_fired(case, event, terms) for event in failed if when in occasions(case, event, terms))
        )
        for when, then in promised(case, end).items()
    )


def _fired(case: Case, event: Event, terms: Terms) -> Fired:
    by = terms.due(event.at, "contingency.answer" if event.kind is Kind.VISIT else "contingency.attendance")
    return Fired(event, answered(case, event, met_by(case, event, terms), by))


def kept(case: Case, kind: Kind) -> list[Kept]:
    """Return the conditions or the promises of the newest referral, the newest first."""
    told: dict[str, list[Event]] = {}
    for event in current(case, kind):
        told.setdefault(str(event.id or event.get("id")), []).append(event)
    found = [
        Kept(
            name,
            events[0],
            events[-1],
            next((day for one in reversed(events) if (day := as_day(one.get("due")))), None),
        )
        for name, events in told.items()
    ]
    return sorted(found, key=lambda one: one.begun.at, reverse=True)


def agreements(case: Case) -> list[Event]:
    """Return the written agreements of the newest referral and their breaches, the newest first."""
    return list(reversed(current(case, Kind.AGREEMENT)))
