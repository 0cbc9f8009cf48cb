"""A casebook as it was read: the head, the family with nothing on record yet, and the events in order."""

from dataclasses import dataclass
from datetime import date

from models.events import Event
from models.facts import Family


@dataclass(frozen=True, slots=True)
class Told:
    """What only the reader of an event sees: its line in the file, its paragraph in the source, its words."""

    line: int
    ref: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Casebook:
    """One family's story. `told` runs beside `events`, one for one."""

    title: str
    authority: str
    source: str
    silence: str
    expect: str
    until: date | None
    family: Family
    events: tuple[Event, ...]
    told: tuple[Told, ...]
