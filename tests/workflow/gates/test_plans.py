"""What the gates of plans let through, and what not."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.gates.plans import OUTCOMES_EVIDENCED

BARE = referred().then("plan", which="child_in_need", status="started")
PLAN = referred().then("plan", which="child_in_need", status="started", outcomes=[{"id": "fed"}, {"id": "slept"}])
HALF = PLAN.then("outcome", named="fed", status="met", evidence=True)
WHOLE = HALF.then("outcome", named="slept", status="met", evidence=True)
ENDED = {"which": "child_in_need", "status": "ended"}
DONE = {"reason_code": "needs_met"}
OF_TWO = (
    referred()
    .with_sister()
    .then("plan", which="child_in_need", status="started", outcomes=[{"id": "fed"}], about=["child", "sister"])
)


@pytest.mark.parametrize(
    ("before", "kind", "event", "verdict"),
    table(
        ("every outcome met", WHOLE, "closure", DONE, "nothing"),
        ("one is missing", HALF, "closure", DONE, "silent"),
        ("one was not met", HALF.then("outcome", named="slept", status="not_met"), "closure", DONE, "said"),
        ("met without evidence", HALF.then("outcome", named="slept", status="met"), "closure", DONE, "silent"),
        ("met, then lost", WHOLE.then("outcome", named="fed", status="not_met"), "closure", DONE, "said"),
        ("the review: a plan that wanted nothing", BARE, "closure", {"reason_code": "stepped_down"}, "silent"),
        ("no plan at all", referred(), "closure", DONE, "nothing"),
        ("the family moved", PLAN, "closure", {"reason_code": "moved_away"}, "nothing"),
        ("the review: the plan ends short", PLAN, "plan", ENDED, "silent"),
        (
            "a conference ends a protection plan",
            PLAN,
            "plan",
            {"which": "child_protection", "status": "ended"},
            "nothing",
        ),
        ("stepped down", PLAN, "step_down", {"to": "early_help", "status": "agreed"}, "silent"),
        ("stepped down on evidence", WHOLE, "step_down", {"to": "early_help", "status": "agreed"}, "nothing"),
        (
            "a change that names no outcome",
            WHOLE.then("plan", which="child_in_need", status="changed"),
            "closure",
            DONE,
            "nothing",
        ),
        (
            "ended, and then closed on evidence",
            WHOLE.then("plan", **ENDED, outcomes=[{"id": "walked"}]),
            "closure",
            DONE,
            "nothing",
        ),
        ("to a child in need plan", PLAN, "step_down", {"to": "child_in_need", "status": "agreed"}, "nothing"),
        (
            "a plan for two children, met for the other",
            OF_TWO.then("outcome", named="fed", status="met", evidence=True, about=["sister"]),
            "closure",
            DONE,
            "nothing",
        ),
        ("a plan for two children, met for neither", OF_TWO, "closure", DONE, "silent"),
        (
            "a plan for two children, met for a third",
            OF_TWO.then("outcome", named="fed", status="met", evidence=True, about=["cousin"]),
            "closure",
            DONE,
            "silent",
        ),
        (
            "another plan began in its place",
            PLAN.then("plan", which="child_protection", status="started"),
            "plan",
            ENDED,
            "nothing",
        ),
        (
            "the same plan began anew",
            PLAN.then("plan", which="child_in_need", status="started"),
            "plan",
            ENDED,
            "silent",
        ),
        (
            "another plan is only drafted",
            PLAN.then("plan", which="child_protection", status="changed"),
            "plan",
            ENDED,
            "silent",
        ),
        ("a conference that made no plan", PLAN.then("conference", outcome="no_plan"), "plan", ENDED, "silent"),
        (
            "a decision in the words of a conference",
            PLAN.then("decision", outcome="child_protection_plan"),
            "plan",
            ENDED,
            "silent",
        ),
        (
            "protection took its place",
            PLAN.then("conference", outcome="child_protection_plan"),
            "plan",
            ENDED,
            "nothing",
        ),
        ("care took its place", PLAN.then("order", what="interim_care", status="made"), "plan", ENDED, "nothing"),
        ("an order of another sort", PLAN.then("order", what="other", status="made"), "plan", ENDED, "silent"),
        ("the family has left the area", PLAN.then("household", what="left_area"), "plan", ENDED, "nothing"),
        (
            "they have left, and nobody knew",
            PLAN.then("household", what="left_area", known=False),
            "plan",
            ENDED,
            "silent",
        ),
        ("only proposed", PLAN, "step_down", {"to": "early_help", "status": "proposed"}, "nothing"),
    ),
)
def test_the_end_of_a_plan(before: Story, kind: str, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(OUTCOMES_EVIDENCED, kind, "worker", **event) == verdict
