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
from workflow.sightings import dead, in_daily_sight, in_hospital, last_seen, looked_after, sees


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
    """When the child was last seen, and by when it must be seen again. Without a `due` no clock runs, and `idle` says why."""

    last: Event | None
    started: datetime | None = None
    due: datetime | None = None
    warn: datetime | None = None
    idle: str = ""


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
    running = next(unseen(case, terms), None) if case.is_open else None
    last = last_seen(case)
    if running is None:
        return Sight(last, idle=_why_idle(case, terms))
    return Sight(last, running.started, running.due, running.warn)


def _why_idle(case: Case, terms: Terms) -> str:
    """Say why nobody has to see the child by a day."""
    if not case.is_open:
        return "the case is closed"
    now = case.record[-1].at
    reasons = {
        "the child is not born yet": unborn(case, now),
        "the child has died": dead(case, now),
        "the child is in hospital, where it is seen every day": in_hospital(case),
        "the child lives with carers who answer for it": looked_after(case),
        "school or nursery sees the child every day": in_daily_sight(case, terms),
    }
    return next((says for says, holds in reasons.items() if holds), "social care has not taken the case on yet")


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
