"""Visits and appointments as a page shows them: who was seen, who was alone with whom, which doors stayed shut. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.clocks.visits import unseen
from workflow.questions import known, unborn
from workflow.rule import Terms
from workflow.sightings import last_seen, sees


class Result(StrEnum):
    """What came of a visit."""

    ALONE = "alone"
    SEEN = "seen"
    NOT_SEEN = "not_seen"
    UNBORN = "unborn"
    NO_ACCESS = "no_access"


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to the home."""

    event: Event
    result: Result


@dataclass(frozen=True, slots=True)
class Sight:
    """When the child was last seen, and by when it must be seen again; without a `due` no clock runs."""

    last: Event | None
    started: datetime | None = None
    due: datetime | None = None
    warn: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many appointments of one sort were kept, and how many not. Not brought counts: it is no cancellation."""

    what: str
    kept: int
    not_brought: int
    other: int


def visits(case: Case, among: Iterable[Event] | None = None) -> list[Visit]:
    """Return the visits of the whole record, or among some events, in order of time."""
    pool = case.of(Kind.VISIT) if among is None else among
    return [Visit(event, result(case, event)) for event in pool if event.kind is Kind.VISIT and known(event)]


def result(case: Case, event: Event) -> Result:
    """Tell what came of a visit."""
    if event.get("access") != "granted" and not event.get("child_seen"):
        return Result.NO_ACCESS
    if unborn(case, event.at):
        return Result.UNBORN
    if event.get("child_seen_alone"):
        return Result.ALONE
    return Result.SEEN if sees(case, event) else Result.NOT_SEEN


def sight(case: Case, terms: Terms) -> Sight:
    """Tell when the child was last seen and when it must be seen next."""
    running = next(unseen(case, terms), None) if case.record and case.is_open else None
    last = last_seen(case)
    return Sight(last, running.started, running.due, running.warn) if running else Sight(last)


def attendance(events: Iterable[Event]) -> list[Attendance]:
    """Add appointments up by what they were for: whatever was missed most comes first."""
    totals: dict[str, Counter[str]] = {}
    for event in events:
        totals.setdefault(str(event.get("what")), Counter())[str(event.get("outcome"))] += event.times
    rows = [
        Attendance(
            what, said["attended"], said["was_not_brought"] + said["missed"], said["cancelled"] + said["rearranged"]
        )
        for what, said in totals.items()
    ]
    return sorted(rows, key=lambda row: (-row.not_brought, row.what))
