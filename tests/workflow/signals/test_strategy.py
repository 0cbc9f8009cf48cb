"""What the signals of the strategy discussion see."""

import pytest

from tests.support.stories import Story, referred, table
from workflow.signals.strategy import REQUESTED_IS_RED

ASKED = referred().then("strategy_discussion", requested=True)
ENQUIRY = ASKED.then("strategy_discussion", attended=["manager"], decision="section47_joint")


@pytest.mark.parametrize(
    ("before", "floor"),
    table(
        ("asked for", ASKED, "red"),
        ("decided at the door", referred().then("decision", outcome="strategy_discussion"), "red"),
        ("held, with an enquiry", ENQUIRY, "red"),
        ("held, without one", ASKED.then("strategy_discussion", attended=["manager"], decision="assessment"), None),
        ("considered and not held", ASKED.then("strategy_discussion", held=False), None),
        ("the enquiry is over", ENQUIRY.then("section47_outcome", outcome="not_substantiated"), None),
        ("never asked for", referred(), None),
    ),
)
def test_the_review_a_case_is_red_from_the_call_on(before: Story, floor: str | None) -> None:
    assert before.floor(REQUESTED_IS_RED) == floor
