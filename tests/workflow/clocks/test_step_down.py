"""Which clocks of step-down run, and until when. Stories begin on Tuesday 10 March 2026."""

import pytest

from tests.support.stories import Story, referred, table
from workflow.clocks.step_down import ACCEPT, FIRST_CONTACT
from workflow.rule import Clock

ASKED = referred().then("early_help", "worker", status="requested")
ACCEPTED = ASKED.then("early_help", "coordinator", status="accepted")


@pytest.mark.parametrize(
    ("clock", "before", "due"),
    table(
        ("the review: asked", ACCEPT, ASKED, "2026-03-17"),
        (
            "asked again, not wound back",
            ACCEPT,
            ASKED.wait(days=3).then("early_help", status="requested"),
            "2026-03-17",
        ),
        ("declined", ACCEPT, ASKED.then("early_help", status="declined"), None),
        (
            "asked again after a refusal",
            ACCEPT,
            ASKED.then("early_help", status="declined").wait(days=3).then("early_help", status="requested"),
            "2026-03-20",
        ),
        ("accepted", ACCEPT, ACCEPTED, None),
        ("closed", ACCEPT, ASKED.then("closure"), None),
        (
            "taken back by a decision in the live record",
            ACCEPT,
            referred(live=True).then("early_help", status="requested").then("decision", outcome="assessment"),
            None,
        ),
        ("accepted, not met", FIRST_CONTACT, ACCEPTED, "2026-03-24"),
        ("met", FIRST_CONTACT, ACCEPTED.then("early_help", status="started"), None),
        ("not accepted", FIRST_CONTACT, ASKED, None),
    ),
)
def test_a_deadline(clock: Clock, before: Story, due: str | None) -> None:
    assert before.due(clock) == due
