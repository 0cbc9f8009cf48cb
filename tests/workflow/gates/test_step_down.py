"""What the gates of step-down let through, and what not."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.gates.step_down import ACCEPTANCE, AGENCY_VIEWS

ASKED = referred().then("step_down", to="early_help", status="proposed").then("early_help", status="requested")
ACCEPTED = ASKED.then("early_help", "coordinator", status="accepted")
AGREED = ASKED.then("early_help", "coordinator", status="accepted", consent="given")
STARTED = AGREED.then("early_help", "coordinator", status="started")
DECLINED = ASKED.then("early_help", "coordinator", status="declined", reason_code="agencies_already_involved")
AFTER_ALL = (
    DECLINED.wait(days=14)
    .then("early_help", "coordinator", status="accepted", consent="given")
    .then("step_down", to="early_help", status="agreed")
)
RECONSIDERED = AFTER_ALL.then("early_help", "coordinator", status="started")
DECIDED = DECLINED.then("assessment", "worker", status="completed", outcome="no_further_action")
DOWN = {"reason_code": "stepped_down"}
DONE = {"reason_code": "no_further_action"}


@pytest.mark.parametrize(
    ("before", "kind", "event", "verdict"),
    table(
        ("accepted, agreed, begun", STARTED, "closure", DOWN, "nothing"),
        (
            "agreed a second time after it began",
            STARTED.then("step_down", to="early_help", status="agreed"),
            "closure",
            DOWN,
            "nothing",
        ),
        ("not begun", AGREED, "closure", DOWN, "part"),
        (
            "accepted, and agreed to by the panel only then",
            AGREED.then("step_down", to="early_help", status="agreed").then(
                "plan", which="child_in_need", status="ended"
            ),
            "closure",
            DOWN,
            "part",
        ),
        (
            "begins after the closure that handed it over",
            AGREED.then("closure", "worker", **DOWN),
            "early_help",
            {"status": "started"},
            "nothing",
        ),
        (
            "begins after a closure, and was never asked",
            referred().then("closure", "worker", **DOWN),
            "early_help",
            {"status": "started", "consent": "given"},
            "silent",
        ),
        ("not agreed to", ACCEPTED.then("early_help", status="started"), "closure", DOWN, "silent"),
        (
            "the family refuses",
            ACCEPTED.then("early_help", status="started", consent="refused"),
            "closure",
            DOWN,
            "said",
        ),
        ("nobody answered", ASKED, "closure", DOWN, "silent"),
        ("nobody was asked", referred(), "closure", DOWN, "silent"),
        ("the review: declined, closed all the same", DECLINED, "closure", DOWN, "said"),
        ("declined, closed for another reason", DECLINED, "closure", DONE, "said"),
        ("declined for now, and accepted and begun after all", RECONSIDERED, "closure", DOWN, "nothing"),
        ("declined, accepted after all, and not begun", AFTER_ALL, "closure", DOWN, "part"),
        (
            "declined, accepted after all, and declined again",
            AFTER_ALL.then("early_help", "coordinator", status="declined"),
            "closure",
            DOWN,
            "said",
        ),
        ("declined, decided afresh", DECIDED, "closure", DONE, "nothing"),
        ("declined, decided afresh, still called a step-down", DECIDED, "closure", DOWN, "said"),
        (
            "the review: asked and forgotten",
            referred().then("early_help", status="requested"),
            "closure",
            DONE,
            "silent",
        ),
        (
            "down to universal services",
            referred().then("step_down", to="universal", status="agreed"),
            "closure",
            DOWN,
            "nothing",
        ),
        ("begins after all three", AGREED, "early_help", {"status": "started"}, "nothing"),
        ("begins without consent", ACCEPTED, "early_help", {"status": "started"}, "silent"),
        ("begins without acceptance", ASKED, "early_help", {"status": "started", "consent": "given"}, "silent"),
        ("begins after a refusal", DECLINED, "early_help", {"status": "started", "consent": "given"}, "said"),
        (
            "early help itself begins",
            ASKED,
            "early_help",
            {"by": "coordinator", "status": "started", "consent": "given"},
            "nothing",
        ),
        (
            "early help itself begins, and the family refuses",
            ASKED,
            "early_help",
            {"by": "coordinator", "status": "started", "consent": "refused"},
            "said",
        ),
        (
            "a lead of another service begins",
            referred(),
            "early_help",
            {"by": "nurse", "status": "started", "lead": "nurse", "consent": "given"},
            "nothing",
        ),
        (
            "early help begins what it declined",
            DECLINED,
            "early_help",
            {"by": "coordinator", "status": "started", "consent": "given"},
            "nothing",
        ),
        ("begins unasked", referred(), "early_help", {"status": "started", "consent": "given"}, "silent"),
        ("accepts", ASKED, "early_help", {"status": "accepted"}, "nothing"),
    ),
)
def test_a_case_passes_to_early_help(before: Story, kind: str, event: dict[str, Any], verdict: str) -> None:
    given = dict(event)
    assert before.verdict(ACCEPTANCE, kind, given.pop("by", "worker"), **given) == verdict


@pytest.mark.parametrize(
    ("before", "event", "verdict"),
    table(
        ("the review: no views", referred(), {"to": "early_help"}, "silent"),
        ("views found to be none", referred(), {"to": "early_help", "views": {}}, "said"),
        ("everybody", referred(), {"to": "early_help", "views": {"teacher": "agree"}}, "nothing"),
        (
            "not everybody",
            referred().then("visit", "nurse"),
            {"to": "early_help", "views": {"teacher": "agree"}},
            "part",
        ),
        ("against it", referred(), {"to": "early_help", "views": {"teacher": "disagree"}}, "said"),
        ("from protection to need", referred(), {"to": "child_in_need"}, "nothing"),
    ),
)
def test_everybody_has_a_view_on_a_step_down(before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(AGENCY_VIEWS, "step_down", "worker", status="proposed", **event) == verdict
