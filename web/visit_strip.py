"""The strip of visits: one mark for each on a line of time, with the interval that runs now. Pure geometry."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from config.clock import LONDON
from workflow.visits_read import Result, Sight, Visit

WIDE: Final = 900
HIGH: Final = 110
LINE: Final = 58
EDGE: Final = 24
_NEAR: Final = 16
_STEP: Final = 20
_LONGEST: Final = timedelta(days=365)
_MOST_TICKS: Final = 13


@dataclass(frozen=True, slots=True)
class Mark:
    """One visit on the strip."""

    x: int
    y: int
    result: Result
    visit: Visit


@dataclass(frozen=True, slots=True)
class Tick:
    """The first of a month."""

    x: int
    says: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The drawing. `gap` is where the time without a sighting begins and ends; `due` where it runs out."""

    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    now: int
    gap: tuple[int, int] | None
    due: int | None


def strip(visits: list[Visit], sight: Sight, now: datetime) -> Strip | None:
    """Draw the visits of the last year at most, and what is due."""
    drawn = [one for one in visits if one.event.at >= now - _LONGEST]
    if not drawn:
        return None
    start = drawn[0].event.at
    end = max(now, sight.due or now)
    whole = max((end - start).total_seconds(), 1.0)

    def place(at: datetime) -> int:
        return EDGE + round((at - start).total_seconds() / whole * (WIDE - 2 * EDGE))

    return Strip(
        marks=_marks(drawn, [place(one.event.at) for one in drawn]),
        ticks=tuple(Tick(place(at), f"{at:%b}" if at.month > 1 else f"{at:%b %Y}") for at in _months(start, end)),
        now=place(now),
        gap=(max(EDGE, place(max(start, sight.started))), place(now))
        if sight.started and sight.started < now
        else None,
        due=place(sight.due) if sight.due and sight.due >= start else None,
    )


def _marks(drawn: list[Visit], places: list[int]) -> tuple[Mark, ...]:
    """Place each visit; those that would lie on each other are lifted in turn."""
    marks: list[Mark] = []
    for visit, x in zip(drawn, places, strict=True):
        y = LINE
        if marks and x - marks[-1].x < _NEAR:
            y = marks[-1].y - _STEP if marks[-1].y - _STEP > _STEP // 2 else LINE
        marks.append(Mark(x, y, visit.result, visit))
    return tuple(marks)


def _months(start: datetime, end: datetime) -> list[datetime]:
    """Return the first of each month between two moments; of a long time every other."""
    local = start.astimezone(LONDON)
    found: list[datetime] = []
    year, month = local.year, local.month
    while len(found) <= _MOST_TICKS:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        first = datetime(year, month, 1, tzinfo=LONDON)
        if first > end:
            break
        found.append(first)
    return found
