"""Disagreements that are over: how each ended, how far it climbed, and which are still open."""

import pytest

from tests.support.stories import Story, referred, table
from workflow.challenges_read import ended

RAISED = referred().then("disagreement", "teacher", with_="decision", status="raised", stage=1, words="too early")
CLIMBED = RAISED.then("disagreement", "teacher", with_="decision", status="escalated", stage=2)
ENDS = table(
    ("it is open", RAISED, []),
    ("withdrawn", RAISED.then("disagreement", "teacher", with_="decision", status="withdrawn"), [("withdrawn", 1)]),
    (
        "upheld on the second rung",
        CLIMBED.then("disagreement", "manager", with_="decision", status="resolved", outcome="upheld"),
        [("upheld", 2)],
    ),
    (
        "settled, and the source does not say how",
        RAISED.then("disagreement", "manager", with_="decision", status="resolved"),
        [("settled", 1)],
    ),
    ("another was settled", RAISED.then("disagreement", "manager", with_="conference", status="resolved"), []),
)


@pytest.mark.parametrize(("tale", "expected"), ENDS)
def test_how_a_disagreement_ended(tale: Story, expected: list[tuple[str, int]]) -> None:
    assert [(one.how, one.rung) for one in ended(tale.case)] == expected


def test_two_about_the_same_decision_end_each_for_itself_and_the_newest_comes_first() -> None:
    first = RAISED.then("disagreement", "manager", with_="decision", status="resolved", outcome="not_upheld")
    both = first.then("disagreement", "nurse", with_="decision", status="raised", stage=1)
    both = both.then("disagreement", "nurse", with_="decision", status="withdrawn")

    assert [(one.raised.by, one.how) for one in ended(both.case)] == [("nurse", "withdrawn"), ("teacher", "not_upheld")]
