"""What the gates of the strategy discussion let through, and what not."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.gates.strategy import QUORUM, RATIONALE, REFERRER
from workflow.gates.strategy_left_out import NOT_HELD
from workflow.rule import Gate

DESK = ["manager", "officer", "nurse"]
BOTH = referred().then("contact", "key_worker", to="hub", concerns=["neglect"])
GONE = referred().then("involvement", who="teacher", status="ended")
ADMITTED = referred().then("medical", what="admitted")
HOME = ADMITTED.then("medical", what="discharged")


@pytest.mark.parametrize(
    ("gate", "before", "event", "verdict"),
    table(
        ("the review: the referrer was not there", REFERRER, referred("worker"), {"attended": DESK}, "silent"),
        ("the referrer was there", REFERRER, referred(), {"attended": [*DESK, "teacher"]}, "nothing"),
        ("wrote", REFERRER, referred(), {"attended": DESK, "accounts": ["teacher"]}, "nothing"),
        (
            "apologised and wrote",
            REFERRER,
            referred(),
            {"apologies": {"teacher": "ill"}, "accounts": ["teacher"]},
            "nothing",
        ),
        ("apologised only", REFERRER, referred(), {"attended": DESK, "apologies": {"teacher": "ill"}}, "said"),
        ("excused for time", REFERRER, referred(), {"excused": {"teacher": "would_breach_timescale"}}, "nothing"),
        ("excused for less", REFERRER, referred(), {"excused": {"teacher": "other"}}, "said"),
        ("one of two referrers", REFERRER, BOTH, {"attended": ["teacher"]}, "silent"),
        ("no longer at work with the child", REFERRER, GONE, {"attended": DESK}, "nothing"),
        ("referred by a relative", REFERRER, referred("grandfather"), {"attended": DESK}, "nothing"),
        ("only asked for", REFERRER, referred(), {"requested": True}, "nothing"),
        ("considered, not held", REFERRER, referred(), {"held": False}, "nothing"),
        ("quorate", QUORUM, referred(), {"attended": DESK}, "nothing"),
        ("nobody named", QUORUM, referred(), {}, "silent"),
        ("no police", QUORUM, referred(), {"attended": ["manager", "nurse"]}, "silent"),
        ("police wrote", QUORUM, referred(), {"attended": ["manager", "nurse"], "accounts": ["officer"]}, "nothing"),
        (
            "police sent apologies",
            QUORUM,
            referred(),
            {"attended": ["manager", "nurse"], "apologies": {"officer": "court"}},
            "said",
        ),
        ("in hospital without a clinician", QUORUM, ADMITTED, {"attended": DESK}, "silent"),
        ("in hospital with one", QUORUM, ADMITTED, {"attended": [*DESK, "doctor"]}, "nothing"),
        ("discharged again", QUORUM, HOME, {"attended": DESK}, "nothing"),
        ("no reasons", RATIONALE, referred(), {"decision": "assessment"}, "silent"),
        ("reasons denied", RATIONALE, referred(), {"decision": "assessment", "rationale": False}, "said"),
        ("decision and reasons", RATIONALE, referred(), {"decision": "assessment", "rationale": True}, "nothing"),
        ("not held, and why not", NOT_HELD, referred(), {"held": False, "rationale": True}, "nothing"),
        ("the review: not held, without a reason", NOT_HELD, referred(), {"held": False}, "silent"),
        ("held needs no such reason", NOT_HELD, referred(), {"attended": DESK}, "nothing"),
    ),
)
def test_a_strategy_discussion(gate: Gate, before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(gate, "strategy_discussion", "manager", **event) == verdict


@pytest.mark.parametrize(
    ("silence_unknown", "days", "verdict"),
    table(
        ("a fortnight before", True, 14, "silent"),
        ("half a year before, in a story that leaves much out", True, 180, "nothing"),
        ("half a year before, where everything is recorded", False, 180, "silent"),
    ),
)
def test_a_referrer_of_long_ago(silence_unknown: bool, days: int, verdict: str) -> None:
    before = referred().wait(days=days)
    told = replace(before, family=replace(before.family, silence_unknown=silence_unknown))
    assert told.verdict(REFERRER, "strategy_discussion", "manager", attended=DESK, decision="assessment") == verdict
