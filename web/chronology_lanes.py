"""A chronology drawn: a lane for each thread, a dot for each stretch of time, the larger the more happened. Pure geometry."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from config.clock import LONDON
from workflow.chronology import Entry, Theme

WIDE: Final = 900
LEFT: Final = 130
RIGHT: Final = 20
LANE: Final = 34
TOP: Final = 24
LONG: Final = 4
"""A chronology over more years than this is added up by quarters, otherwise by months."""
_LARGEST: Final = 14
_SMALLEST: Final = 4
MISSED: Final = "not seen or missed"
NAMES: Final = (*(theme.value for theme in Theme), MISSED)


@dataclass(frozen=True, slots=True)
class Dot:
    """So much happened in one stretch of time."""

    x: int
    y: int
    radius: int
    says: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One thread."""

    name: str
    y: int
    dots: tuple[Dot, ...]
    by_year: dict[int, int]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The drawing, and the years below it."""

    lanes: tuple[Lane, ...]
    years: tuple[tuple[int, int], ...]
    height: int


def lanes(entries: Iterable[Entry]) -> Lanes | None:
    """Draw a chronology; nothing where there is nothing to draw."""
    kept = [(entry, entry.at.astimezone(LONDON).date()) for entry in entries]
    if not kept:
        return None
    first, last = min(day.year for _, day in kept), max(day.year for _, day in kept)
    step = 3 if last - first >= LONG else 1
    months = (last - first + 1) * 12
    counts: dict[str, Counter[int]] = {name: Counter() for name in NAMES}
    years: dict[str, Counter[int]] = {name: Counter() for name in NAMES}
    for entry, day in kept:
        for name in threads(entry):
            counts[name][((day.year - first) * 12 + day.month - 1) // step] += 1
            years[name][day.year] += 1
    most = max((count for lane in counts.values() for count in lane.values()), default=1)
    drawn = [name for name in NAMES if counts[name]]
    width = (WIDE - LEFT - RIGHT) / months

    def dots(name: str, y: int) -> tuple[Dot, ...]:
        return tuple(
            Dot(
                LEFT + round((place + 0.5) * step * width),
                y,
                _SMALLEST + round((_LARGEST - _SMALLEST) * (count / most) ** 0.5),
                f"{_stretch(first, place, step)}: {count}",
            )
            for place, count in sorted(counts[name].items())
        )

    rows = tuple(
        Lane(name, TOP + at * LANE, dots(name, TOP + at * LANE), dict(years[name])) for at, name in enumerate(drawn)
    )
    ticks = tuple((year, LEFT + round((year - first) * 12 * width)) for year in range(first, last + 1))
    return Lanes(rows, ticks, TOP + len(rows) * LANE + 20)


def threads(entry: Entry) -> set[str]:
    """Return the lanes an entry stands in."""
    found = {theme.value for theme in entry.themes}
    return found | {MISSED} if entry.not_seen or entry.missed else found


def _stretch(first: int, place: int, step: int) -> str:
    year, month = first + place * step // 12, place * step % 12 + 1
    begin = f"{date(year, month, 1):%B %Y}"
    return begin if step == 1 else f"{begin} and the two months after"
