"""One ledger of the contacts that all agencies have tried to make with a family, and of those that came about.

Each agency sees its own missed visits singly; read together they are one story. Shared by the rules of every stage.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.questions import known
from workflow.rule import Terms

_MEETINGS: Final = frozenset({Kind.MEETING, Kind.CONFERENCE})
_TRIED: Final = (Kind.VISIT, Kind.ATTEMPT, Kind.APPOINTMENT, Kind.SPOKE_TO, *_MEETINGS)
_NOT_REACHED: Final = frozenset({"was_not_brought", "missed", "cancelled", "rearranged"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: what was tried, and whether it came about."""

    event: Event
    achieved: bool

    @property
    def times(self) -> int:
        """How often."""
        return self.event.times


@dataclass(frozen=True, slots=True)
class Tally:
    """So many contacts were tried, and so many came about."""

    achieved: int
    attempted: int

    @property
    def share(self) -> float:
        """The part that came about; all of it where nothing was tried."""
        return self.achieved / self.attempted if self.attempted else 1.0


def entry(case: Case, event: Event) -> Entry | None:
    """Read an event as a line of the ledger, or None where it tells of no contact with the family."""
    came: bool | None = None
    match event.kind:
        case Kind.VISIT:
            came = event.get("access") == "granted"
        case Kind.ATTEMPT:
            came = False if event.get("person") in {None, *case.family.people} else None
        case Kind.APPOINTMENT:
            outcome = event.get("outcome")
            came = True if outcome == "attended" else False if outcome in _NOT_REACHED else None
        case Kind.SPOKE_TO:
            came = True if event.get("person") in case.family.people and event.get("done") is not False else None
        case _ if event.kind in _MEETINGS and event.get("status", "held") == "held":
            family = set(case.family.people)
            there = family & set(event.codes("attended"))
            asked = family & set(event.codes("invited"))
            came = bool(there) if there or asked else None
        case _:
            pass
    return Entry(event, came) if came is not None and known(event) else None


def ledger(case: Case, events: Iterable[Event] | None = None) -> list[Entry]:
    """Return the lines of the ledger in order of time, of the whole record or of some of its events."""
    lines = (entry(case, event) for event in (case.of(*_TRIED) if events is None else events))
    return [line for line in lines if line is not None]


def tally(lines: Iterable[Entry]) -> Tally:
    """Add the ledger up."""
    achieved = attempted = 0
    for line in lines:
        attempted += line.times
        achieved += line.times if line.achieved else 0
    return Tally(achieved, attempted)


def of_agency(case: Case, lines: Iterable[Entry], agency: str) -> Iterator[Entry]:
    """Yield the lines of one agency."""
    for line in lines:
        who = case.family.practitioners.get(line.event.by or "")
        if who is not None and who.agency is not None and who.agency.id == agency:
            yield line


def of_late(case: Case, terms: Terms, now: datetime) -> list[Entry]:
    """Return the lines of the last weeks, as many as the policy looks back."""
    late: list[Event] = []
    for event in reversed(case.record):
        if terms.due(event.at, "engagement_floor.window") < now:
            break
        late.append(event)
    return ledger(case, reversed(late))


def falls_short(lines: Iterable[Entry], terms: Terms) -> bool:
    """Tell whether so many contacts failed that the family keeps its distance. A few prove nothing either way."""
    counted = tally(lines)
    enough = counted.attempted >= terms.policy.number("engagement_floor.attempts")
    return enough and counted.share < terms.policy.number("engagement_floor.share")


def keeps_away(case: Case, terms: Terms, now: datetime) -> bool:
    """Tell whether the family has been reached less often of late than the policy asks for."""
    return falls_short(of_late(case, terms, now), terms)


def _window(lines: list[Entry], last: int, terms: Terms) -> Iterator[Entry]:
    """Yield the lines of the weeks before one of them, that one included, the newest first."""
    for at in range(last, -1, -1):
        if terms.due(lines[at].event.at, "engagement_floor.window") < lines[last].event.at:
            return
        yield lines[at]


def spell(lines: list[Entry], terms: Terms) -> Entry | None:
    """Return the line with which the present run of failed contacts fell short, or None where it does not now."""
    began: Entry | None = None
    for at in range(len(lines) - 1, -1, -1):
        if not falls_short(_window(lines, at, terms), terms):
            break
        began = lines[at]
    return began


def failed(event: Event) -> bool:
    """Tell whether this was a call at the home that did not get in, or met nobody."""
    return event.kind is Kind.VISIT and event.get("access") in {"denied", "no_reply"}
