"""What of a chronology a reader asks for. What is left out is counted, with the reason, and never silently. Pure."""

import difflib
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from config.clock import LONDON
from models.vocabulary import Kind
from workflow.chronology import Entry, Theme
from workflow.chronology_words import Names, british, listed, spoken
from workflow.errors import BadCommandError

_AROUND: Final = timedelta(days=6)
"""How far a day that is known to the week only may be out."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters as a person writes them: children and agencies by name."""

    children: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    known_to: tuple[str, ...] = ()
    significant: bool = False


def read_themes(written: Iterable[str]) -> frozenset[str]:
    """Read themes, or kinds of event. An unknown one is refused, with what is meant perhaps."""
    known = {*map(str, Theme), *map(str, Kind)}
    found = frozenset(one.strip().lower().replace("-", "_").replace(" ", "_") for one in written)
    for one in sorted(found - known):
        near = difflib.get_close_matches(one, known, 1)
        meant = f" Did you mean {near[0]}?" if near else ""
        raise BadCommandError(
            f"A chronology has no theme called {one!r}.{meant}",
            f"The themes are {', '.join(Theme)}; a kind of event, such as visit or medical, will do as well.",
        )
    return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters; one that is empty leaves nothing out. `themes` holds themes and kinds of event."""

    children: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    known_to: frozenset[str] = frozenset()
    significant: bool = False

    def against(self, entry: Entry, names: Names) -> str | None:
        """Return why an entry is left out, or None where it is wanted."""
        first, last = may_be(entry)
        if self.since is not None and last < self.since:
            return f"before {british(self.since)}"
        if self.until is not None and first > self.until:
            return f"after {british(self.until)}"
        # What names no child is about the whole family.
        if self.children and entry.children and self.children.isdisjoint(entry.children):
            return f"not about {listed(sorted(map(names.person, self.children)))}"
        if self.agencies and entry.agency not in self.agencies:
            return f"not done by {listed(sorted(map(names.agency, self.agencies)))}"
        if self.known_to and self.known_to.isdisjoint(entry.known_to):
            return f"not known to {listed(sorted(map(names.agency, self.known_to)))}"
        if self.themes and self.themes.isdisjoint({entry.kind.value, *(theme.value for theme in entry.themes)}):
            return f"not of {listed(sorted(map(spoken, self.themes)))}"
        return "routine" if self.significant and entry.routine else None


def may_be(entry: Entry) -> tuple[date, date]:
    """Return the first and last day on which an entry may have happened, as loosely as it is dated."""
    day = entry.at.astimezone(LONDON).date()
    match entry.precision:
        case "week":
            return day - _AROUND, day + _AROUND
        case "month":
            return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
        case "year":
            return date(day.year, 1, 1), date(day.year, 12, 31)
        case _:
            return day, day


def chosen(
    entries: Iterable[Entry], wanted: Wanted, names: Names
) -> tuple[tuple[Entry, ...], tuple[tuple[str, int], ...]]:
    """Return what is wanted, and how many entries were left out for which reason."""
    kept: list[Entry] = []
    left: Counter[str] = Counter()
    for entry in entries:
        reason = wanted.against(entry, names)
        if reason is None:
            kept.append(entry)
        else:
            left[reason] += 1
    return tuple(kept), tuple(left.items())
