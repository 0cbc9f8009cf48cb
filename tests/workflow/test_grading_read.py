"""What stands beside the choice of a grade, from the record alone."""

from datetime import date

import pytest

from tests.support.hub import Hub
from workflow import store
from workflow.grading_read import COLOURS, Grading, grading

CODES = [one.code for one in COLOURS]


def beside(hub: Hub, reference: str) -> Grading:
    """Read what stands beside the choice now."""
    with hub.engine.database.reading() as connection:
        loaded = hub.engine.load(connection, store.number(reference), hub.now)
    return grading(loaded.case, loaded.terms, hub.now)


def test_where_nothing_holds_it_every_colour_counts_at_once(hub: Hub) -> None:
    found = beside(hub, hub.refer(born=date(2014, 1, 1), concerns=["hygiene"]))

    assert found.floor == "green"
    assert found.holding == ()
    assert not any(one.now or one.lower or one.below for one in found.colours)
    assert found.history == ()


def test_a_pattern_says_which_events_it_counts_and_what_would_change_it(hub: Hub) -> None:
    reference = hub.refer(born=date(2025, 12, 1), concerns=["unexplained_injury"], words="a bruise on the cheek")

    found = beside(hub, reference)

    assert found.floor == "red"
    assert found.holding
    assert [one.floor for one in found.holding] == sorted((one.floor for one in found.holding), key=CODES.index)
    assert all(one.mend and one.source and one.says for one in found.holding)


@pytest.mark.parametrize(
    ("grade", "lower"),
    [("red", ["amber", "green"]), ("amber", ["green"]), ("green", [])],
    ids=["red", "amber", "green"],
)
def test_a_colour_below_the_one_in_force_is_lower(hub: Hub, grade: str, lower: list[str]) -> None:
    reference = hub.refer(born=date(2014, 1, 1), concerns=["hygiene"])
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "grade", "tara", grade=grade, reason="as it looks today")

    found = beside(hub, reference)

    assert [one.code for one in found.colours if one.lower] == lower
    assert [one.code for one in found.colours if one.now] == [grade]


def test_below_is_every_colour_under_the_floor(hub: Hub) -> None:
    reference = hub.refer(born=date(2025, 12, 1), concerns=["unexplained_injury"], words="a bruise on the cheek")
    hub.act(reference, "begin-triage", "tara")

    assert [one.code for one in beside(hub, reference).colours if one.below] == ["amber", "green"]


def test_grades_are_told_newest_first_a_proposal_among_them(hub: Hub) -> None:
    reference = hub.refer(born=date(2014, 1, 1), concerns=["hygiene"])
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "grade", "tara", grade="red", reason="as it looks today")
    hub.act(reference, "grade", "tara", grade="amber", reason="the school has seen them")

    told = [(event.kind.value, event.get("grade")) for event in beside(hub, reference).history]

    assert told == [("grade_proposed", "amber"), ("grade", "red")]
