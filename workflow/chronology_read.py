"""How far the chronology was read, and what is new since. Pure; a reading serves only what it reached."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.questions import day_of

_TELLS_NOTHING: Final = frozenset({Kind.CHRONOLOGY_SEEN, Kind.TOLD})


def unread(case: Case, reading: Event) -> tuple[Event, ...]:
    """Return what a reading did not reach, but for what the reader did afterwards.

    A casebook says only that the chronology was read, and then all of it was.
    """
    upto = reading.get("upto")
    if upto is None:
        return ()
    return tuple(
        event
        for event in case.record
        if event.index > upto and event.kind not in _TELLS_NOTHING and (event.by is None or event.by != reading.by)
    )


def new_since(events: Iterable[Event]) -> str:
    """Say how much is new, and of which days: 3 entries are new since (9 March 2026: 1; 10 March 2026: 2)."""
    days = Counter(day_of(event.at) for event in events)
    count = days.total()
    dates = "; ".join(f"{day.day} {day:%B %Y}: {times}" for day, times in sorted(days.items()))
    return f"{count} {'entry is' if count == 1 else 'entries are'} new since ({dates})"
