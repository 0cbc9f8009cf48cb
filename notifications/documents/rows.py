"""The lines of a chronology as a reader sees them: names for ids, ages, and empty cells that say so."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from config.clock import LONDON
from workflow.ages import age
from workflow.chronology import Entry
from workflow.chronology_shown import Child, Chronicle
from workflow.chronology_words import clock_time

UNRECORDED: Final = "not recorded"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry in words. `quoted` is what somebody wrote; `told` is a published source's own line."""

    entry: Entry
    year: int
    when: str
    time: str
    children: tuple[tuple[str, str], ...]
    who: str
    agency: str
    says: str
    more: str
    quoted: str
    told: str
    marks: tuple[str, ...]
    known_to: str
    source: str

    @property
    def about(self) -> str:
        """Name each child with the age it had."""
        return "; ".join(f"{name}, {old}" if old else name for name, old in self.children)

    @property
    def doer(self) -> str:
        """Name who did or said it, and for which agency."""
        return f"{self.who}, {self.agency}" if self.agency else self.who


def rows(chronicle: Chronicle) -> Iterator[Row]:
    """Yield a chronology's entries in words."""
    names, live = chronicle.names, chronicle.whence.live
    known = {child.id: child for child in chronicle.children}
    for entry in chronicle.entries:
        yield Row(
            entry=entry,
            year=entry.at.astimezone(LONDON).year,
            when=entry.when[:1].upper() + entry.when[1:],
            time=clock_time(entry.at) if live else "",
            children=tuple((names.person(child), _age(known.get(child), entry)) for child in entry.children),
            who=names.person(entry.by) if entry.by else UNRECORDED,
            agency=names.agency(entry.agency) if entry.agency else "",
            says=entry.says,
            more=" ".join(entry.more),
            quoted=entry.words if live else "",
            told="" if live else entry.words,
            marks=entry.marks(names),
            known_to="; ".join(names.agency(one) for one in entry.known_to) or UNRECORDED,
            source=entry.source,
        )


def _age(child: Child | None, entry: Entry) -> str:
    """Say how old a child was on the day."""
    if child is None:
        return ""
    day = entry.at.astimezone(LONDON).date()
    if child.born is None:
        return "unborn" if child.due else ""
    return "unborn" if child.born > day else age(child.born, day)


def by_year(found: list[Row]) -> dict[int, list[Row]]:
    """Group rows by year."""
    years: dict[int, list[Row]] = {}
    for row in found:
        years.setdefault(row.year, []).append(row)
    return years
