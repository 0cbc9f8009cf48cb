"""What the gates of the enquiry let through, and what not."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.gates.enquiry import HEARD, MEDICAL_EVIDENCE, MEDICAL_NEEDS_STRATEGY, SECOND_SIGNATURE
from workflow.rule import Gate

ENQUIRY = referred("teacher", "injury").then("strategy_discussion", attended=["manager"], decision="section47_joint")
ENDED = {"outcome": "not_substantiated"}
SIGNED = {**ENDED, "manager": "manager", "second_signature": "second_manager"}
HELD = ENQUIRY.then("allocated", to="worker")
OPINION = ENQUIRY.then("medical", "doctor", what="clinician_report")


@pytest.mark.parametrize(
    ("gate", "before", "kind", "event", "verdict"),
    table(
        ("the review: nobody heard", HEARD, ENQUIRY, "section47_outcome", {"views": {}}, "said"),
        ("views not mentioned", HEARD, ENQUIRY, "section47_outcome", {}, "silent"),
        ("heard by a view", HEARD, ENQUIRY, "section47_outcome", {"views": {"teacher": "none"}}, "nothing"),
        (
            "heard in talk",
            HEARD,
            ENQUIRY.then("spoke_to", "worker", person="teacher"),
            "section47_outcome",
            {},
            "nothing",
        ),
        (
            "not reached",
            HEARD,
            ENQUIRY.then("spoke_to", person="teacher", done=False),
            "section47_outcome",
            {},
            "silent",
        ),
        ("tried twice", HEARD, ENQUIRY.then("attempt", person="teacher", times=2), "section47_outcome", {}, "nothing"),
        ("in a meeting", HEARD, ENQUIRY.then("meeting", attended=["teacher"]), "section47_outcome", {}, "nothing"),
        (
            "heard only before the enquiry",
            HEARD,
            referred("teacher", "injury")
            .then("spoke_to", person="teacher")
            .then("strategy_discussion", attended=["manager"], decision="section47_joint"),
            "section47_outcome",
            {},
            "silent",
        ),
        (
            "heard before an assessment in the midst of the enquiry",
            HEARD,
            ENQUIRY.then("spoke_to", person="teacher").then("assessment", status="started"),
            "section47_outcome",
            {},
            "nothing",
        ),
        (
            "heard before the assessment began",
            HEARD,
            referred().then("spoke_to", person="teacher").then("assessment", status="started"),
            "assessment",
            {"status": "completed"},
            "silent",
        ),
        (
            "heard since the assessment began",
            HEARD,
            referred().then("assessment", status="started").then("spoke_to", person="teacher"),
            "assessment",
            {"status": "completed"},
            "nothing",
        ),
        (
            "heard before an enquiry in the midst of an assessment",
            HEARD,
            referred()
            .then("assessment", status="started")
            .then("spoke_to", person="teacher")
            .then("strategy_discussion", attended=["manager"], decision="section47_joint"),
            "assessment",
            {"status": "completed"},
            "nothing",
        ),
        (
            "heard before an assessment that another one follows",
            HEARD,
            referred().then("assessment", status="completed").then("spoke_to", person="teacher"),
            "assessment",
            {"status": "completed"},
            "nothing",
        ),
        (
            "two of three heard",
            HEARD,
            ENQUIRY.then("visit", "nurse")
            .then("visit", "key_worker")
            .then("view", "nurse", view="none")
            .then("view", "key_worker", view="none"),
            "section47_outcome",
            {},
            "part",
        ),
        ("an assessment begun", HEARD, ENQUIRY, "assessment", {"status": "started"}, "nothing"),
        ("an assessment done", HEARD, ENQUIRY, "assessment", {"status": "completed"}, "silent"),
        ("the review: one signature", SECOND_SIGNATURE, ENQUIRY, "section47_outcome", ENDED, "silent"),
        ("two signatures", SECOND_SIGNATURE, ENQUIRY, "section47_outcome", SIGNED, "nothing"),
        (
            "twice the same",
            SECOND_SIGNATURE,
            ENQUIRY,
            "section47_outcome",
            {**SIGNED, "second_signature": "manager"},
            "said",
        ),
        (
            "by the holder",
            SECOND_SIGNATURE,
            HELD,
            "section47_outcome",
            {**SIGNED, "second_signature": "worker"},
            "said",
        ),
        ("a conference", SECOND_SIGNATURE, ENQUIRY, "section47_outcome", {"outcome": "conference"}, "nothing"),
        (
            "a dissent left lying",
            SECOND_SIGNATURE,
            ENQUIRY,
            "section47_outcome",
            {**SIGNED, "views": {"nurse": "disagree"}},
            "said",
        ),
        (
            "a dissent taken up",
            SECOND_SIGNATURE,
            ENQUIRY.then("disagreement", "nurse", with_="section47_outcome", status="raised"),
            "section47_outcome",
            {**SIGNED, "views": {"nurse": "disagree"}},
            "nothing",
        ),
        ("the review: no opinion", MEDICAL_EVIDENCE, ENQUIRY, "section47_outcome", {"medical_evidence": False}, "said"),
        ("an opinion not mentioned", MEDICAL_EVIDENCE, ENQUIRY, "section47_outcome", {}, "silent"),
        (
            "an opinion from the emergency department",
            MEDICAL_EVIDENCE,
            ENQUIRY.then("medical", "doctor", what="attended", finding="inconclusive"),
            "section47_outcome",
            {},
            "nothing",
        ),
        ("an opinion", MEDICAL_EVIDENCE, OPINION, "section47_outcome", {}, "nothing"),
        ("no mark on the body", MEDICAL_EVIDENCE, referred("teacher", "neglect"), "section47_outcome", {}, "nothing"),
        (
            "the review: a medical on its own",
            MEDICAL_NEEDS_STRATEGY,
            referred(),
            "medical",
            {"what": "child_protection_medical"},
            "silent",
        ),
        (
            "within an enquiry",
            MEDICAL_NEEDS_STRATEGY,
            ENQUIRY.wait(days=9),
            "medical",
            {"what": "child_protection_medical"},
            "nothing",
        ),
        (
            "after the enquiry",
            MEDICAL_NEEDS_STRATEGY,
            ENQUIRY.then("section47_outcome", outcome="not_substantiated").wait(days=9),
            "medical",
            {"what": "child_protection_medical"},
            "silent",
        ),
        ("another medical", MEDICAL_NEEDS_STRATEGY, referred(), "medical", {"what": "advised"}, "nothing"),
    ),
)
def test_an_enquiry(gate: Gate, before: Story, kind: str, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(gate, kind, "worker", **event) == verdict


NOTIFIED = referred("officer", "domestic_abuse", channel="police_notification")


@pytest.mark.parametrize(
    ("before", "silence_unknown", "verdict"),
    table(
        ("an officer who sent a notification", NOTIFIED, True, "nothing"),
        ("where everything is recorded, the officer is asked", NOTIFIED, False, "silent"),
        (
            "an officer who went to see the child",
            NOTIFIED.then("police_check", "officer", status="attended"),
            True,
            "silent",
        ),
        ("a teacher who referred", referred(), True, "silent"),
    ),
)
def test_an_officer_who_only_reported_is_not_waited_for(before: Story, silence_unknown: bool, verdict: str) -> None:
    told = replace(before, family=replace(before.family, silence_unknown=silence_unknown))
    assert told.verdict(HEARD, "assessment", "worker", status="completed", outcome="child_in_need") == verdict
