"""The states of a referral drawn from the machine's own table, with the ways this one has taken. Pure geometry."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot
from typing import Final

from models.vocabulary import State
from workflow.picture import moves

WIDE: Final = 156
HIGH: Final = 46
_COLUMN: Final = 190
_ROW: Final = 112
_EDGE: Final = 10
_ASIDE: Final = 7
_PLACES: Final[dict[State, tuple[int, int]]] = {
    State.RECEIVED: (0, 0),
    State.TRIAGE: (1, 0),
    State.INFORMATION_GATHERING: (2, 0),
    State.AWAITING_DECISION: (3, 0),
    State.DEFERRED: (4, 0),
    State.STRATEGY_DISCUSSION: (0, 1),
    State.SECTION_47: (1, 1),
    State.ASSESSMENT: (2, 1),
    State.EARLY_HELP_OFFERED: (4, 1),
    State.CONFERENCE: (0, 2),
    State.CHILD_PROTECTION: (1, 2),
    State.CHILD_IN_NEED: (2, 2),
    State.STEP_DOWN_OFFERED: (3, 2),
    State.CLOSURE_PROPOSED: (3, 3),
    State.CLOSED: (4, 3),
}
SIZE: Final = (4 * _COLUMN + WIDE + 2 * _EDGE, 3 * _ROW + HIGH + 2 * _EDGE)


@dataclass(frozen=True, slots=True)
class Place:
    """One state in the picture: `lines` is its name broken to fit, `now` where the referral stands."""

    state: State
    x: int
    y: int
    lines: tuple[str, ...]
    now: bool
    been: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One way from a state to another: how often this referral took it, and whether it only leads back."""

    path: str
    says: str
    taken: int
    back: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing: ways that were never taken first, so that those that were lie on top."""

    places: tuple[Place, ...]
    ways: tuple[Way, ...]


def picture(state: str, steps: Iterable[tuple[str, str]]) -> Picture:
    """Draw the machine, where a referral stands in it, and the steps it has taken."""
    taken = Counter(step for step in steps if step[0] != step[1])
    been = {place for step in taken for place in step} | {state}
    places = tuple(_place(one, one.value == state, one.value in been) for one in State)
    pairs: dict[tuple[str, str], bool] = {}
    for move in moves():
        pairs[move.start, move.end] = pairs.get((move.start, move.end), True) and move.back
    ways = [_way(State(start), State(end), taken[start, end], back) for (start, end), back in pairs.items()]
    return Picture(places, tuple(sorted(ways, key=lambda way: way.taken > 0)))


def _place(state: State, now: bool, been: bool) -> Place:
    column, row = _PLACES[state]
    words = state.label[:1].upper() + state.label[1:]
    first, _, rest = words.rpartition(" ")
    lines = (first, rest) if len(words) > 18 else (words,)
    return Place(state, _EDGE + column * _COLUMN, _EDGE + row * _ROW, lines, now, been)


def _way(start: State, end: State, taken: int, back: bool) -> Way:
    """Draw an arrow from edge to edge, a little to its own side, so that a way there and a way back can both be seen."""
    (x1, y1), (x2, y2) = _middle(start), _middle(end)
    length = hypot(x2 - x1, y2 - y1)
    across, down = (x2 - x1) / length, (y2 - y1) / length
    aside = (-down * _ASIDE, across * _ASIDE)
    from_, to = _to_edge(across, down), _to_edge(across, down) + 3
    points = (
        x1 + across * from_ + aside[0],
        y1 + down * from_ + aside[1],
        x2 - across * to + aside[0],
        y2 - down * to + aside[1],
    )
    path = "M{:.0f} {:.0f}L{:.0f} {:.0f}".format(*points)
    return Way(path, f"{start.label} to {end.label}", taken, back)


def _middle(state: State) -> tuple[float, float]:
    column, row = _PLACES[state]
    return _EDGE + column * _COLUMN + WIDE / 2, _EDGE + row * _ROW + HIGH / 2


def _to_edge(across: float, down: float) -> float:
    """Return how far it is from the middle of a box to its edge in one direction."""
    sideways = WIDE / 2 / abs(across) if across else float("inf")
    upright = HIGH / 2 / abs(down) if down else float("inf")
    return min(sideways, upright)
