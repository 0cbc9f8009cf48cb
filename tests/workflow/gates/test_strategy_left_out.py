"""A hurt child on whom something is decided, and no word of a strategy discussion."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.gates.strategy_left_out import NOT_HELD

HIT = referred("teacher", "physical_abuse")
NFA = {"outcome": "no_further_action"}
ASSESS = {"outcome": "assessment"}
HELD = HIT.then("allocated", "manager", to="worker")
ENDED = (
    HIT.then("strategy_discussion", decision="section47_joint")
    .then("section47_outcome", outcome="not_substantiated")
    .wait(days=60)
)
DONE = {"status": "completed", "outcome": "no_further_action"}
DISCUSSED = HIT.then("strategy_discussion", attended=["manager"], decision="assessment")
LEFT_OUT = HIT.then("strategy_discussion", held=False, rationale=True)


@pytest.mark.parametrize(
    ("before", "kind", "event", "verdict"),
    table(
        ("hit, and nothing follows", HIT, "decision", NFA, "part"),
        ("hit, and assessed", HIT, "decision", ASSESS, "part"),
        ("hit, and discussed", HIT, "decision", {"outcome": "strategy_discussion"}, "nothing"),
        ("it was discussed", DISCUSSED, "decision", ASSESS, "nothing"),
        (
            "a conference weighed it",
            HIT.then("conference", which="initial", outcome="child_protection_plan"),
            "decision",
            NFA,
            "nothing",
        ),
        ("it was considered, with reasons", LEFT_OUT, "decision", ASSESS, "nothing"),
        ("put off", HIT, "decision", {"outcome": "deferred"}, "nothing"),
        ("no sign of hurt", referred(), "decision", NFA, "nothing"),
        ("a doctor explained it", HIT.then("medical", finding="explained"), "decision", NFA, "nothing"),
        ("hurt by those who exploit", referred("teacher", "exploitation", "injury"), "decision", ASSESS, "part"),
        ("exploited, and not hurt", referred("teacher", "exploitation"), "decision", ASSESS, "nothing"),
        ("a baby in pain", referred("nurse", "pain", born="2026-02-01"), "decision", ASSESS, "part"),
        ("not born yet", referred("nurse", "pain", born=None, due="2026-08-01"), "decision", ASSESS, "nothing"),
        ("assessed to the end", HIT, "assessment", DONE, "part"),
        ("assessed into a conference", HIT, "assessment", {**DONE, "outcome": "conference"}, "nothing"),
        ("said at the decision, and not again", HIT.then("decision", **ASSESS), "assessment", DONE, "nothing"),
        (
            "hurt again since",
            HIT.then("decision", **ASSESS).wait(days=3).then("visit", "worker", concerns=["unexplained_injury"]),
            "assessment",
            DONE,
            "part",
        ),
        ("closed", HIT, "closure", {}, "part"),
        ("supervision says to close", HIT, "meeting", {"which": "supervision", "decided": "close"}, "part"),
        ("supervision goes on", HIT, "meeting", {"which": "supervision", "decided": "continue"}, "nothing"),
        ("a visit on another day in its place", HELD.wait(days=2), "visit", {"access": "granted"}, "part"),
        ("a visit on the day itself", HELD, "visit", {"access": "granted"}, "nothing"),
        ("nobody holds the case yet", HIT.wait(days=2), "visit", {"access": "granted"}, "nothing"),
        ("a second visit", HELD.wait(days=2).then("visit", "manager", access="granted"), "closure", {}, "nothing"),
        (
            "a visit after it was discussed",
            DISCUSSED.then("allocated", to="worker").wait(days=2),
            "visit",
            {"access": "granted"},
            "nothing",
        ),
        (
            "hurt long after an enquiry ended",
            ENDED.then("contact", "teacher", concerns=["physical_abuse"]),
            "closure",
            {},
            "part",
        ),
        ("an enquiry ran", HIT.then("strategy_discussion", decision="section47_joint"), "closure", {}, "nothing"),
    ),
)
def test_what_is_decided_on_a_hurt_child(before: Story, kind: str, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(NOT_HELD, kind, "manager", **event) == verdict
