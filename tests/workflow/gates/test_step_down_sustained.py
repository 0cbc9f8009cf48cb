"""Better on the day is not better: what a step-down has to show."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.gates.step_down_sustained import SUSTAINED

PLAN = {"which": "child_in_need", "status": "started"}
CALM = {"announced": False, "access": "granted", "conditions": "good", "child_seen": True}
PLANNED = referred().wait(days=20).then("plan", "worker", **PLAN)
WELL = PLANNED.wait(days=20).then("visit", "worker", **CALM).wait(days=20).then("visit", "nurse", **CALM).wait(days=20)
EARLY = {"to": "early_help", "status": "proposed"}


@pytest.mark.parametrize(
    ("before", "kind", "event", "verdict"),
    table(
        ("well for weeks, and seen to be", WELL, "step_down", EARLY, "nothing"),
        ("a step to universal services", WELL, "step_down", {"to": "universal", "status": "proposed"}, "nothing"),
        ("the review: a new worry", WELL.then("concern", "nurse", concerns=["weight"]), "step_down", EARLY, "said"),
        ("a poor home last week", WELL.then("visit", "nurse", access="granted", conditions="poor"), "step_down", EARLY, "said"),
        ("a worry two months ago", PLANNED.then("concern", concerns=["weight"]).wait(days=57), "step_down", EARLY, "silent"),
        ("the review: nobody came unannounced", PLANNED.wait(days=60), "step_down", EARLY, "silent"),
        ("only announced", PLANNED.then("visit", **{**CALM, "announced": True}).wait(days=60), "step_down", EARLY, "silent"),
        ("nobody opened", PLANNED.then("visit", **{**CALM, "access": "no_reply"}, times=2).wait(days=60), "step_down", EARLY, "silent"),
        ("one of two", PLANNED.then("visit", **CALM).wait(days=60), "step_down", EARLY, "part"),
        ("never, and the home was poor", PLANNED.then("concern", "nurse", concerns=["home_conditions"]).wait(days=90), "step_down", EARLY, "silent"),
        ("told as two", PLANNED.then("visit", **CALM, times=2).wait(days=60), "step_down", EARLY, "nothing"),
        ("a plan of five weeks", referred().wait(days=60).then("plan", **PLAN).then("visit", **CALM, times=2).wait(days=35), "step_down", EARLY, "part"),
        ("said once: agreed after it was proposed", PLANNED.then("step_down", **EARLY), "step_down", {"to": "early_help", "status": "agreed"}, "nothing"),
        ("agreed without a proposal", PLANNED, "step_down", {"to": "early_help", "status": "agreed"}, "said"),
        ("down to a child in need plan", PLANNED, "step_down", {"to": "child_in_need", "status": "proposed"}, "nothing"),
        ("no plan ever ran", referred(), "step_down", EARLY, "nothing"),
        ("in need by assessment", referred().then("assessment", status="completed", outcome="child_in_need"), "step_down", EARLY, "said"),
        ("closed as met, and well", WELL, "closure", {"reason_code": "needs_met"}, "nothing"),
        ("closed as met on a calm week", PLANNED, "closure", {"reason_code": "needs_met"}, "said"),
        ("the step-down has spoken", PLANNED.then("step_down", **EARLY), "closure", {"reason_code": "stepped_down"}, "nothing"),
        ("moved away", PLANNED, "closure", {"reason_code": "moved_away"}, "nothing"),
    ),
)  # fmt: skip
def test_a_plan_is_left(before: Story, kind: str, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(SUSTAINED, kind, "worker", **event) == verdict
