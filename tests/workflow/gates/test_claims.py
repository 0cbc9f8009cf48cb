"""The word of a family: when it is taken for a fact, and when somebody found out."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.gates.claims import CORROBORATED, VERIFIED
from workflow.rule import Gate

SAID: dict[str, Any] = {"claim": {"what": "the smell is the neighbour's", "verified": False}}
SHOWN: dict[str, Any] = {"claim": {"what": "registered with a doctor", "verified": True}}
VISIT = {"access": "granted", **SAID}
CLAIMED = referred().then("visit", "worker", **VISIT)
AMBER = CLAIMED.then("grade", "triage", grade="amber")
NOTHING = {"outcome": "no_further_action"}
ASSESSED = referred().then("assessment", "worker", status="started")


@pytest.mark.parametrize(
    ("gate", "before", "kind", "event", "verdict"),
    table(
        ("the review: the neighbour's smell", CORROBORATED, referred(), "visit", VISIT, "said"),
        ("said to somebody who asked", CORROBORATED, referred(), "spoke_to", {"person": "mother", **SAID}, "said"),
        ("the first, in an assessment", CORROBORATED, ASSESSED, "visit", VISIT, "nothing"),
        ("the second, in an assessment", CORROBORATED, ASSESSED.then("visit", "worker", **VISIT), "visit", VISIT, "said"),
        ("in a plan", CORROBORATED, ASSESSED.then("plan", which="child_in_need", status="started"), "visit", VISIT, "said"),
        ("verified", CORROBORATED, referred(), "visit", {"access": "granted", **SHOWN}, "nothing"),
        ("nothing claimed", CORROBORATED, referred(), "visit", {"access": "granted"}, "nothing"),
        ("nobody was worried", CORROBORATED, story().then("visit", "nurse", access="granted"), "visit", VISIT, "nothing"),
        ("worried on the spot", CORROBORATED, story(), "visit", {**VISIT, "concerns": ["hygiene"]}, "said"),
        ("passed on to the hub", CORROBORATED, referred(), "contact", SAID, "nothing"),
        ("the review: a scan nobody saw", VERIFIED, story(), "appointment", {"what": "gp", "outcome": "attended", **SAID}, "said"),
        ("a scan on paper", VERIFIED, story(), "appointment", {"what": "gp", "outcome": "attended", **SHOWN}, "nothing"),
        ("a visit is asked about its explanation", VERIFIED, referred(), "visit", VISIT, "nothing"),
        ("nothing opened on a claim", VERIFIED, CLAIMED, "decision", NOTHING, "silent"),
        ("an assessment opened", VERIFIED, CLAIMED, "decision", {"outcome": "assessment"}, "nothing"),
        ("assessed, and nothing done, on a claim", VERIFIED, CLAIMED, "assessment", {"status": "completed", **NOTHING}, "silent"),
        ("assessed, and a plan made", VERIFIED, CLAIMED, "assessment", {"status": "completed", "outcome": "child_in_need"}, "nothing"),
        ("a lower grade on a claim", VERIFIED, AMBER, "grade", {"grade": "green"}, "silent"),
        ("a higher grade", VERIFIED, AMBER, "grade", {"grade": "red"}, "nothing"),
        ("an agency answered", VERIFIED, CLAIMED.then("check", agency="police", status="replied"), "decision", NOTHING, "nothing"),
        ("asked and not answered", VERIFIED, CLAIMED.then("check", agency="police", status="asked"), "decision", NOTHING, "silent"),
        ("another person was asked", VERIFIED, CLAIMED.then("spoke_to", person="grandfather"), "decision", NOTHING, "nothing"),
        ("seen unannounced", VERIFIED, CLAIMED.then("visit", "worker", access="granted", announced=False), "decision", NOTHING, "nothing"),
        ("seen by arrangement", VERIFIED, CLAIMED.then("visit", "worker", access="granted", announced=True), "decision", NOTHING, "silent"),
        ("a doctor found the cause", VERIFIED, CLAIMED.then("medical", what="clinician_report", finding="explained"), "decision", NOTHING, "nothing"),
        ("put before a discussion", VERIFIED, CLAIMED.then("strategy_discussion", decision="assessment"), "decision", NOTHING, "nothing"),
    ),
)  # fmt: skip
def test_a_claim(gate: Gate, before: Story, kind: str, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(gate, kind, "triage", **event) == verdict


def test_an_explanation_that_is_not_the_first_says_so() -> None:
    said = CLAIMED.then("visit", "nurse", times=2, **VISIT).findings(CORROBORATED, "visit", "worker", **VISIT)

    assert "3 before it" in said[0].missing


@pytest.mark.parametrize(
    ("event", "verdict"),
    table(
        ("a doctor who says that it does not explain what was seen", {"concerns": ["unexplained_injury"]}, "nothing"),
        ("a doctor who leaves it open", {"concerns": ["injury"], "injury": {"explained": False}}, "nothing"),
        ("a doctor who writes it down", {"concerns": ["injury"]}, "said"),
    ),
)
def test_an_explanation_given_to_a_doctor(event: dict[str, Any], verdict: str) -> None:
    assert referred().verdict(CORROBORATED, "medical", "doctor", what="admitted", **event, **SAID) == verdict
