"""What everybody has seen and nothing has changed: advice said twice, and hazards in the home."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.gates.repeats import ADVICE, HAZARD

COT: dict[str, Any] = {"access": "granted", "concerns": ["safe_sleep"]}
ONCE = story().then("visit", "nurse", **COT).wait(days=10)
TWICE = ONCE.then("visit", "worker", **COT).wait(days=10)


@pytest.mark.parametrize(
    ("before", "event", "verdict"),
    table(
        ("the review: the cot again", ONCE, COT, "silent"),
        ("the first time", story(), COT, "nothing"),
        ("another worry", ONCE, {"access": "granted", "concerns": ["feeding"]}, "nothing"),
        ("put right", ONCE, {"access": "granted"}, "nothing"),
        ("said once, not each time", TWICE.then("closure").wait(days=1), COT, "nothing"),
        ("the count of what comes back speaks", TWICE, COT, "nothing"),
        ("long ago", ONCE.wait(days=90), COT, "nothing"),
        ("a condition was set", ONCE.then("condition", named="cot", status="set"), COT, "nothing"),
        ("the hub was told", ONCE.then("contact", "nurse", concerns=["safe_sleep"]), COT, "nothing"),
        ("a meeting went over it", ONCE.then("meeting", which="core_group", status="held"), COT, "nothing"),
        ("the plan was changed", ONCE.then("plan", which="child_in_need", status="changed"), COT, "nothing"),
        ("the risk was tiered", ONCE.then("tool", what="sudi", result="significant"), COT, "nothing"),
        ("a promise was broken", ONCE.then("agreement", status="breached"), COT, "silent"),
        ("a hurt is no matter for advice", story().then("visit", concerns=["pain"]), {"access": "granted", "concerns": ["pain"]}, "nothing"),
    ),
)  # fmt: skip
def test_advice_given_before(before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(ADVICE, "visit", "worker", **event) == verdict


DOG = referred().then("household", what="animal")
BITES = referred().then("visit", "nurse", access="granted", concerns=["dangerous_animal"])
DOWN = ("step_down", {"to": "early_help", "status": "proposed"})
DONE = ("assessment", {"status": "completed", "outcome": "child_in_need"})
CLOSED = ("closure", {"reason_code": "needs_met"})


@pytest.mark.parametrize(
    ("before", "decision", "verdict"),
    table(
        ("the review: stepped down past a dog", DOG, DOWN, "silent"),
        ("a dog that frightens the nurse", BITES, DONE, "silent"),
        ("nothing dangerous", referred(), DOWN, "nothing"),
        ("nobody knew", referred().then("household", what="animal", known=False), DOWN, "nothing"),
        ("a condition met", BITES.then("condition", named="dog_gone", status="met"), DOWN, "nothing"),
        ("a condition only set", BITES.then("condition", named="dog_gone", status="set"), DOWN, "silent"),
        ("an agreement", BITES.then("agreement", "worker", status="made"), DOWN, "nothing"),
        ("the plan was changed for it", DOG.then("plan", which="child_in_need", status="changed"), DOWN, "nothing"),
        ("a safety plan", DOG.then("safety_plan", status="made"), DONE, "nothing"),
        ("the police answered", DOG.then("check", agency="police", status="replied"), DONE, "nothing"),
        ("answered in the decision", DOG.then("decision", outcome="assessment", answers={"dangerous_animal": "not_found"}), DONE, "nothing"),
        ("answered in this decision", DOG, ("decision", {"outcome": "no_further_action", "answers": {"dangerous_animal": "confirmed"}}), "nothing"),
        ("a meeting is not an assessment of it", DOG.then("meeting", which="child_in_need_review"), DOWN, "silent"),
        ("an assessment opens and has time", DOG, ("decision", {"outcome": "assessment"}), "nothing"),
        ("let go at the door", DOG, ("decision", {"outcome": "no_further_action"}), "silent"),
        ("said at the next decision, not at each", DOG.then(DONE[0], **DONE[1]), DOWN, "nothing"),
        ("new at the closure, and said there", DOG, CLOSED, "nothing"),
        ("known in a meeting before the closure", DOG.then("meeting", which="core_group", status="held"), CLOSED, "silent"),
    ),
)  # fmt: skip
def test_a_hazard(before: Story, decision: tuple[str, dict[str, Any]], verdict: str) -> None:
    kind, event = decision

    assert before.verdict(HAZARD, kind, "worker", **event) == verdict
