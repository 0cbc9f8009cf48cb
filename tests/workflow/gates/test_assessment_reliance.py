"""On whom a conclusion relies, and who stands by it, as the gates judge it. Stories begin on 10 March 2026."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.gates.assessment_reliance import COSIGN, GRADED, PROTECTIVE
from workflow.rule import Gate

ENDED: dict[str, Any] = {"status": "completed", "outcome": "no_further_action"}
NEED: dict[str, Any] = {"which": "child_in_need", "status": "started"}
ASKED = referred().then("early_help", "worker", status="requested")
KEPT_OUT = referred("nurse").then("visit", "nurse", access="granted").then("visit", "nurse", access="no_reply", times=9)
LET_IN = referred("nurse").then("visit", "nurse", access="granted", times=9).then("visit", "nurse", access="no_reply")
PROFILE: dict[str, Any] = {"what": "graded_care_profile", "for_": "child"}
BETTER = {"physical": 2, "safety": 2, "love": 1, "esteem": 1}
PLANNED = referred().then("tool", "worker", **PROFILE, result={"physical": 4}).then("plan", "worker", **NEED)
DOWN: dict[str, Any] = {"to": "early_help", "status": "proposed"}
NEW = referred("nurse", "avoidance").with_practitioner("new", "social_worker", "social_care", newly_qualified=True)
HERS = NEW.then("allocated", to="new")
PAIRED = NEW.then("allocated", to="worker")
EASY = referred().with_practitioner("new", "social_worker", "social_care", newly_qualified=True)


@pytest.mark.parametrize(
    ("before", "event", "verdict"),
    table(
        ("the review: early help believed in, never begun", ASKED, ENDED, "said"),
        ("accepted", ASKED.then("early_help", "coordinator", status="accepted"), ENDED, "nothing"),
        ("begun", ASKED.then("early_help", "coordinator", status="started"), ENDED, "nothing"),
        ("asked, and the assessment hands over to it", ASKED, {**ENDED, "outcome": "early_help"}, "nothing"),
        ("social care stays", ASKED, {**ENDED, "outcome": "child_in_need"}, "nothing"),
        ("the review: one visit in ten came about", KEPT_OUT, ENDED, "said"),
        ("one in ten, and social care stays", KEPT_OUT, {**ENDED, "outcome": "child_in_need"}, "nothing"),
        ("nine in ten came about", LET_IN, ENDED, "nothing"),
        ("too few to tell", referred("nurse").then("visit", "nurse", access="no_reply"), ENDED, "nothing"),
        ("no longer at work with the child", KEPT_OUT.then("involvement", who="nurse", status="ended"), ENDED,
         "nothing"),
    ),
)  # fmt: skip
def test_a_service_that_is_counted_on(before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(PROTECTIVE, "assessment", "worker", **event) == verdict


@pytest.mark.parametrize(
    ("before", "kind", "event", "verdict"),
    table(
        ("the review: a plan for neglect, ungraded", referred(), "plan", NEED, "silent"),
        ("graded", referred().then("tool", "nurse", **PROFILE), "plan", NEED, "nothing"),
        ("graded a year and a half ago", referred().then("tool", "nurse", **PROFILE).wait(days=550), "plan", NEED,
         "silent"),
        ("no neglect", referred("teacher", "mental_health"), "plan", NEED, "nothing"),
        ("found not to be so", referred().then("decision", outcome="assessment", answers={"neglect": "not_found"}),
         "plan", NEED, "nothing"),
        ("not born yet", referred("midwife", born=None, due="2026-08-01"), "plan", NEED, "nothing"),
        ("protection does not wait", referred(), "plan", {**NEED, "which": "child_protection"}, "nothing"),
        ("the plan changes", referred(), "plan", {**NEED, "status": "changed"}, "nothing"),
        ("the second plan", PLANNED.then("plan", **{**NEED, "status": "ended"}).wait(days=400), "plan", NEED,
         "nothing"),
        ("the review: stepped down, never graded again", PLANNED, "step_down", DOWN, "silent"),
        ("graded better", PLANNED.then("tool", **PROFILE, result=BETTER), "step_down", DOWN, "nothing"),
        ("graded again, as poor", PLANNED.then("tool", **PROFILE, result={**BETTER, "love": 4}), "step_down", DOWN,
         "said"),
        ("graded again, without the grades", PLANNED.then("tool", **PROFILE, result=True), "step_down", DOWN,
         "nothing"),
        ("closed as done, never stepped down", PLANNED, "closure", {"reason_code": "needs_met"}, "silent"),
        ("closed after a step-down", PLANNED.then("step_down", **DOWN), "closure", {"reason_code": "stepped_down"},
         "nothing"),
        ("closed because they moved", PLANNED, "closure", {"reason_code": "moved_away"}, "nothing"),
    ),
)  # fmt: skip
def test_neglect_is_graded(before: Story, kind: str, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(GRADED, kind, "worker", **event) == verdict


@pytest.mark.parametrize(
    ("before", "kind", "event", "verdict"),
    table(
        ("the review: a hard case for a beginner", NEW, "allocated", {"to": "new"}, "silent"),
        ("somebody experienced alongside", PAIRED, "allocated", {"to": "new"}, "nothing"),
        ("an easy case", EASY, "allocated", {"to": "new"}, "nothing"),
        ("an infant is hard", referred(born="2026-01-10").with_practitioner(
            "new", "social_worker", "social_care", newly_qualified=True), "allocated", {"to": "new"}, "silent"),
        ("an experienced worker", NEW, "allocated", {"to": "worker"}, "nothing"),
        ("an assessment that only the manager signed", HERS, "assessment", {**ENDED, "manager": "manager"}, "silent"),
        ("an assessment signed with her", HERS, "assessment", {**ENDED, "cosigned": "worker"}, "nothing"),
        ("signed by herself", HERS, "assessment", {**ENDED, "cosigned": "new"}, "silent"),
        ("held by two", PAIRED.then("allocated", to="new"), "assessment", ENDED, "nothing"),
        ("only begun", HERS, "assessment", {"status": "started"}, "nothing"),
        ("an enquiry with a manager", HERS, "section47_outcome", {"manager": "manager"}, "nothing"),
        ("a closure of her own", HERS, "closure", {}, "silent"),
    ),
)  # fmt: skip
def test_a_newly_qualified_worker(before: Story, kind: str, event: dict[str, Any], verdict: str) -> None:
    by = None if kind == "allocated" else "new"
    assert before.verdict(COSIGN, kind, by, **event) == verdict


@pytest.mark.parametrize("gate", [PROTECTIVE, GRADED, COSIGN], ids=lambda gate: gate.id)
def test_a_case_without_a_history_asks_for_nothing(gate: Gate) -> None:
    for kind in gate.on:
        assert story().verdict(gate, kind.value, "worker") == "nothing"
