"""No decision at the front door without a grade, and none below what the facts call for. The live record only."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.gates.front_door_signed import GRADED

LIVE = referred(live=True)
AMBER = LIVE.then("grade", "triage", grade="amber", reason=True)
ARMED = AMBER.then("incident", "officer", what="weapon", child_present=True)


@pytest.mark.parametrize(
    ("before", "event", "verdict"),
    table(
        ("not graded", LIVE, {"outcome": "assessment"}, "said"),
        ("graded", AMBER, {"outcome": "assessment"}, "nothing"),
        ("a weapon since then", ARMED, {"outcome": "assessment"}, "said"),
        ("graded again", ARMED.then("grade", "triage", grade="red", reason=True), {"outcome": "assessment"}, "nothing"),
        ("protection does not wait for a grade", LIVE, {"outcome": "strategy_discussion"}, "nothing"),
        ("a story tells it or not", referred(), {"outcome": "assessment"}, "nothing"),
    ),
)
def test_a_decision(before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(GRADED, "decision", "triage", **event) == verdict
