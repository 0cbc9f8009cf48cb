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
        ("a plan has ended, and nothing came of it", ONCE.then("plan", which="child_in_need", status="ended"), COT, "silent"),
        ("a condition was missed", ONCE.then("condition", named="cot", status="missed"), COT, "silent"),
        ("a safety plan has ended", ONCE.then("safety_plan", status="ended"), COT, "silent"),
        ("said when nobody knew", story().then("visit", "nurse", **COT, known=False).wait(days=10), COT, "nothing"),
        ("told by others, not seen", story().then("concern", "nurse", concerns=["safe_sleep"]).wait(days=10), COT, "nothing"),
        ("dealt with before, and seen since", story().then("condition", named="cot", status="set").then("visit", "nurse", **COT).wait(days=10), COT, "silent"),
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
        ("somebody speaks of an animal in another way", referred().then("concern", "nurse", what="animal"), DOWN, "nothing"),
        ("somebody moved in", referred().then("household", what="joined"), DOWN, "nothing"),
        ("what the family says was checked", DOG.then("visit", "worker", claim={"verified": True}), DOWN, "nothing"),
        ("what the family says was not checked", DOG.then("visit", "worker", claim={"verified": False}), DOWN, "silent"),
        ("the police were only asked", DOG.then("check", agency="police", status="asked"), DOWN, "silent"),
        ("somebody else replied", DOG.then("early_help", "coordinator", status="replied"), DOWN, "silent"),
        ("early help at the door", DOG, ("decision", {"outcome": "early_help"}), "silent"),
        ("an enquiry found nothing", DOG, ("section47_outcome", {"outcome": "not_substantiated"}), "nothing"),
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
