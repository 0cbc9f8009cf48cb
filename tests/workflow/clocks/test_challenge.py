"""Which clocks of the challenge run, and until when. Stories begin on Tuesday 10 March 2026."""

import pytest

from tests.support.stories import Story, referred, table
from workflow.clocks.challenge import DISAGREEMENT

RAISED = referred().then("disagreement", "teacher", with_="decision", status="raised", stage=1)
THIRD = RAISED.wait(days=1).then("disagreement", with_="decision", status="escalated", stage=3)


@pytest.mark.parametrize(
    ("before", "due"),
    table(
        ("raised", RAISED, "2026-03-11"),
        ("on the third rung", THIRD, "2026-03-13"),
        ("above the top rung", THIRD.then("disagreement", with_="decision", status="escalated", stage=9), "2026-03-18"),
        ("settled", RAISED.then("disagreement", with_="decision", status="resolved"), None),
        ("another was settled", RAISED.then("disagreement", with_="closure", status="resolved"), "2026-03-11"),
        ("never raised", referred(), None),
    ),
)
def test_each_rung_has_its_time(before: Story, due: str | None) -> None:
    assert before.due(DISAGREEMENT) == due
