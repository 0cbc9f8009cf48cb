"""What ought to be done about early help, and what a story shows that nobody did."""

import pytest

from models.vocabulary import Role
from tests.support.stories import Story, referred, table
from workflow.duties.step_down import OFFER, REFUSAL, REPEATED
from workflow.rule import Duty

ASKED = referred().then("early_help", "worker", status="requested")
DECLINED = ASKED.then("early_help", "coordinator", status="declined", reason_code="agencies_already_involved")
AGAIN = DECLINED.wait(days=9).then("early_help", "worker", status="requested")
BEGUN = ASKED.then("early_help", status="accepted").then("early_help", status="started")


@pytest.mark.parametrize(
    ("duty", "before", "count"),
    table(
        ("the review: declined, and nothing follows", REFUSAL, DECLINED.wait(days=5), 1),
        ("there is still time", REFUSAL, DECLINED, 0),
        ("decided afresh", REFUSAL, DECLINED.then("decision", outcome="assessment").wait(days=5), 0),
        ("closed", REFUSAL, DECLINED.then("closure").wait(days=5), 0),
        ("not declined", REFUSAL, ASKED.wait(days=5), 0),
        ("the review: asked for again", REPEATED, AGAIN, 1),
        ("and again", REPEATED, AGAIN.then("early_help", "worker", status="requested"), 2),
        ("asked for once", REPEATED, ASKED, 0),
        ("begun in between", REPEATED, BEGUN.then("early_help", "worker", status="requested"), 0),
        ("years later", REPEATED, DECLINED.wait(days=400).then("early_help", status="requested"), 0),
    ),
)
def test_what_a_story_shows_that_nobody_did(duty: Duty, before: Story, count: int) -> None:
    assert len(before.missed(duty)) == count


def test_a_refusal_names_its_reason_and_goes_to_the_manager_whose_decision_it_was() -> None:
    (ought,) = DECLINED.oughts(REFUSAL)
    down = referred().then("step_down", to="early_help", status="proposed").then("early_help", status="declined")

    assert "agencies already involved" in ought.says
    assert not ought.silent
    assert ought.to_role is Role.MASH_MANAGER
    assert down.oughts(REFUSAL)[0].to_role is Role.TEAM_MANAGER


def test_an_offer_reaches_early_help_until_it_is_answered() -> None:
    asked = referred(live=True).then("early_help", "worker", status="requested")

    assert [one.to_role for one in asked.oughts(OFFER)] == [Role.EARLY_HELP_COORDINATOR]
    assert asked.then("early_help", "coordinator", status="accepted").oughts(OFFER) == []
    assert ASKED.oughts(OFFER) == []
