"""One story under two policies: what comes, what goes, what is on another day, what has another effect."""

from dataclasses import replace
from datetime import date

import pytest

from tests.support.stories import table
from workflow.replay.compare import Turn, shifts
from workflow.replay.interventions import Answer, Intervention, Played
from workflow.replay.shelf import open_casebook

BOOK = open_casebook("well-run-unborn")


def said(rule: str, day: int, effect: Answer = Answer.REFUSED, child: str = "ann") -> Intervention:
    """Return one answer in March."""
    return Intervention(date(2026, 3, day), 0, rule, effect, "Something.", "a source", (child,))


def turns(before: list[Intervention], after: list[Intervention]) -> list[tuple[str, str, int]]:
    """Return how the two differ: turn, rule and day."""
    found = shifts(Played(BOOK, "a", tuple(before)), Played(BOOK, "b", tuple(after)))
    return [(shift.turn.value, shift.shown.rule, shift.on.day) for shift in found]


A, B = said("a", 3), said("b", 5)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    table(
        ("the same", [A, B], [A, B], []),
        ("nothing at all", [], [], []),
        ("in another order", [A, B], [B, A], []),
        ("one more", [A], [A, B], [("comes", "b", 5)]),
        ("one less", [A, B], [A], [("goes", "b", 5)]),
        ("later", [A], [said("a", 9)], [("moves", "a", 9)]),
        ("a warning instead", [A], [said("a", 3, Answer.WARNED)], [("changes", "a", 3)]),
        ("a warning, and later", [A], [said("a", 9, Answer.WARNED)], [("goes", "a", 3), ("comes", "a", 9)]),
        ("of another child", [A], [said("a", 3, child="ben")], [("goes", "a", 3), ("comes", "a", 3)]),
        ("said twice, then once", [A, A], [A], [("goes", "a", 3)]),
        ("the nearest has moved", [said("a", 3), said("a", 20)], [said("a", 19)], [("goes", "a", 3), ("moves", "a", 19)]),
        ("in other words", [A], [replace(A, says="Something else.")], []),
        ("a breach is no warning", [replace(A, state="warned")], [replace(A, state="breached")], [("goes", "a", 3), ("comes", "a", 3)]),
    ),
)  # fmt: skip
def test_what_differs(before: list[Intervention], after: list[Intervention], expected: list[object]) -> None:
    assert turns(before, after) == expected


def test_the_other_way_round_what_came_goes() -> None:
    assert [turn for turn, *_ in turns([A, B], [A])] == [Turn.GOES]
    assert [turn for turn, *_ in turns([A], [A, B])] == [Turn.COMES]
