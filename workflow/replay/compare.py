"""One story played twice, under two policies: what the second says that the first does not, and the reverse."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflow.replay.interventions import Intervention, Played


class Turn(StrEnum):
    """How an answer of the engine differs under the other policy."""

    COMES = "comes"
    GOES = "goes"
    MOVES = "moves"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Shift:
    """One difference: what was said under the first policy, and what under the second."""

    turn: Turn
    before: Intervention | None
    after: Intervention | None

    @property
    def shown(self) -> Intervention:
        """Return the one to speak of: the newer, unless it is gone."""
        found = self.after or self.before
        if found is None:
            raise ValueError("A difference is between something and something.")
        return found

    @property
    def on(self) -> date:
        """Return the day by which it is sorted."""
        return self.shown.on


def shifts(before: Played, after: Played) -> list[Shift]:
    """Pair what both say. What is left was said of the same matter in another way or on another day, or by one only."""
    old, new = list(before.interventions), list(after.interventions)
    _paired(old, new, lambda each: (each.rule, each.effect, each.state, each.children, each.on))
    found = [
        Shift(Turn.CHANGES, one, other)
        for one, other in _paired(old, new, lambda each: (each.rule, each.state, each.children, each.on))
    ]
    found += [
        Shift(Turn.MOVES, one, other)
        for one, other in _paired(old, new, lambda each: (each.rule, each.effect, each.state, each.children))
    ]
    found += [Shift(Turn.GOES, one, None) for one in old] + [Shift(Turn.COMES, None, other) for other in new]
    return sorted(found, key=lambda shift: (shift.on, shift.shown.event))


def _paired(
    old: list[Intervention], new: list[Intervention], same: Callable[[Intervention], Hashable]
) -> list[tuple[Intervention, Intervention]]:
    """Take out of both lists what is the same in a respect, each with the one nearest to it in time."""
    alike = [(one, other) for one in old for other in new if same(one) == same(other)]
    pairs: list[tuple[Intervention, Intervention]] = []
    for one, other in sorted(alike, key=lambda pair: abs(pair[0].on - pair[1].on)):
        if any(one is each for each in old) and any(other is each for each in new):
            _take(old, one)
            _take(new, other)
            pairs.append((one, other))
    return pairs


def _take(several: list[Intervention], one: Intervention) -> None:
    del several[next(at for at, each in enumerate(several) if each is one)]
