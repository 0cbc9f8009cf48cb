"""What whoever grades wants beside the choice: what the facts hold the grade to, what would change it, its history. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Grade, Kind
from workflow import rulebook
from workflow.questions import mark
from workflow.rule import Terms

COLOURS: Final = (Grade.RED, Grade.AMBER, Grade.GREEN)
"""The grades in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One pattern that holds the grade up, with the events it counts. `lasts` where only time answers it."""

    rule: str
    says: str
    source: str
    floor: str
    mend: str
    events: tuple[Event, ...]
    lasts: bool


@dataclass(frozen=True, slots=True)
class Colour:
    """One grade that can be chosen: the same as now, lower than now, below what the facts hold it at."""

    code: str
    now: bool
    lower: bool
    below: bool


@dataclass(frozen=True, slots=True)
class Grading:
    """Everything beside the choice of a grade."""

    floor: str
    holding: tuple[Holding, ...]
    colours: tuple[Colour, ...]
    history: tuple[Event, ...]


def grading(case: Case, terms: Terms, now: datetime) -> Grading:
    """Gather what stands beside the choice of a grade. Patterns that hold it highest come first."""
    floor, _ = rulebook.floor(case, terms, now)
    in_force = Grade.of(case.grade) if case.grade else None
    return Grading(
        floor=floor.code,
        holding=holding(case, terms, now),
        colours=tuple(
            Colour(one.code, one is in_force, in_force is not None and one < in_force, one < floor) for one in COLOURS
        ),
        history=tuple(reversed(case.of(Kind.GRADE, Kind.GRADE_PROPOSED))),
    )


def holding(case: Case, terms: Terms, now: datetime) -> tuple[Holding, ...]:
    """Return every pattern that keeps the grade from green, with the events it counts, the newest first."""
    by_mark = {mark(event): event for event in reversed(case.record)}
    found: dict[tuple[str, str], tuple[Grade, Holding]] = {}
    for signal, one in rulebook.raised(case, terms, now):
        if one.floor is None or one.floor is Grade.GREEN:
            continue
        # A pattern that counts nothing apart is known by the one event it is about.
        counted = [by_mark[name] for name in (one.of or (one.key,)) if name in by_mark]
        events = tuple(sorted(counted, key=lambda event: (event.at, event.index), reverse=True))
        held = Holding(signal.id, one.says, signal.source, one.floor.code, signal.mend, events, signal.lasts)
        found.setdefault((signal.id, one.says), (one.floor, held))
    return tuple(held for _, held in sorted(found.values(), key=lambda pair: -pair[0]))
