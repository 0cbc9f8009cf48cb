"""Where each person of a family stands in its drawing, and the lines between them. Pure geometry, in units of the picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workflow.household_read import ADULTS, CHILDREN, Household, Member

WIDE, HIGH = 168, 84
GAP, ROW = 40, 150
EDGE: Final = 20
_ABOVE: Final = 20
_LETTERS: Final = 19
"""So many letters of a name stand on one line of a box."""


@dataclass(frozen=True, slots=True)
class Box:
    """One person in the drawing. `lines` is the name, broken to fit."""

    member: Member
    x: int
    y: int
    lines: tuple[str, ...]

    @property
    def middle(self) -> int:
        """Where a line from above or below meets it."""
        return self.x + WIDE // 2


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line: between a couple, or from parents to a child. `apart` is drawn broken."""

    path: str
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """The drawing: its size, its boxes and its lines."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    strokes: tuple[Stroke, ...]


def graph(home: Household, names: dict[str, str]) -> Graph:
    """Lay a family out: grandparents above, adults in the middle with couples side by side, children by age below."""
    rows = [[one for one in home.members if one.generation == level] for level in range(CHILDREN + 1)]
    rows[ADULTS] = _side_by_side(rows[ADULTS], home)
    kept = [row for row in rows if row]
    widest = max((len(row) for row in kept), default=1)
    width = 2 * EDGE + widest * WIDE + (widest - 1) * GAP
    boxes: dict[str, Box] = {}
    for level, row in enumerate(kept):
        begin = (width - len(row) * WIDE - (len(row) - 1) * GAP) // 2
        for place, member in enumerate(row):
            x, y = begin + place * (WIDE + GAP), EDGE + _ABOVE + level * ROW
            boxes[member.id] = Box(member, x, y, _broken(names.get(member.id, member.id)))
    height = 2 * EDGE + _ABOVE + (len(kept) - 1) * ROW + HIGH if kept else 0
    strokes = (*_between(home, boxes), *_down(home, boxes))
    return Graph(width, height, tuple(boxes.values()), strokes)


def _side_by_side(adults: list[Member], home: Household) -> list[Member]:
    """Order adults so that couples stand together, whoever has most partners between them."""
    ties: dict[str, list[str]] = {}
    for couple in sorted(home.couples, key=lambda one: not one.apart):
        ties.setdefault(couple.one, []).append(couple.other)
        ties.setdefault(couple.other, []).append(couple.one)
    by_id = {one.id: one for one in adults}
    row: list[str] = []
    for one in sorted(by_id, key=lambda who: -len(ties.get(who, []))):
        if one in row:
            continue
        row.append(one)
        for side, other in enumerate(who for who in ties.get(one, []) if who in by_id and who not in row):
            row.insert(row.index(one) + (side % 2), other)
    return [by_id[one] for one in row]


def _between(home: Household, boxes: dict[str, Box]) -> Iterator[Stroke]:
    for couple in home.couples:
        if couple.one not in boxes or couple.other not in boxes:
            continue
        left, right = sorted((boxes[couple.one], boxes[couple.other]), key=lambda box: box.x)
        if left.y == right.y and right.x - left.x == WIDE + GAP:
            yield Stroke(f"M{left.x + WIDE} {left.y + HIGH // 2}H{right.x}", couple.apart)
        else:
            over = min(left.y, right.y) - _ABOVE // 2
            yield Stroke(f"M{left.middle} {left.y}V{over}H{right.middle}V{right.y}", couple.apart)


def _down(home: Household, boxes: dict[str, Box]) -> Iterator[Stroke]:
    """Yield a line from each set of parents to each of their children, every set at a height of its own."""
    sets = sorted({tuple(sorted(up)) for up in home.parents.values()})
    for child, parents in home.parents.items():
        up = sorted((boxes[one] for one in parents if one in boxes), key=lambda box: box.x)
        if not up or child not in boxes:
            continue
        start, low = _from(up)
        turn = boxes[child].y - 14 - 9 * (sets.index(tuple(sorted(parents))) % 4)
        yield Stroke(f"M{start} {low}V{turn}H{boxes[child].middle}V{boxes[child].y}")


def _from(up: list[Box]) -> tuple[int, int]:
    """Return where the line to a child begins: between a couple that stands together, otherwise under one parent."""
    if len(up) > 1 and up[1].x - up[0].x == WIDE + GAP and up[0].y == up[1].y:
        return up[0].x + WIDE + GAP // 2, up[0].y + HIGH // 2
    return up[0].middle, up[0].y + HIGH


def _broken(name: str) -> tuple[str, ...]:
    """Break a name into at most two lines."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= _LETTERS:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    kept = lines[:2]
    if len(lines) > 2:
        kept[1] = f"{kept[1]} …"
    return tuple(one if len(one) <= _LETTERS + 1 else f"{one[:_LETTERS]}…" for one in kept)
