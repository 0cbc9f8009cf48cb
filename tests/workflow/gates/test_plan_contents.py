"""What a plan has to say, and who has to be at the meetings that keep it."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.gates.plan_contents import COVERS, MINUTES

OUTCOME = {"id": "sober", "owner": "mother", "due": "2026-06-30"}


def assessed(**resolved: str) -> Story:
    """An assessment that settled some factors."""
    return referred().then("assessment", "worker", status="completed", factors_resolved=resolved)


CONFIRMED = assessed(substance_misuse="confirmed")
NEED: dict[str, Any] = {"which": "child_in_need", "status": "started"}
PROTECT: dict[str, Any] = {"which": "child_protection", "status": "started"}


@pytest.mark.parametrize(
    ("before", "data", "verdict"),
    table(
        ("the review: neither aims nor outcomes", CONFIRMED, NEED, "silent"),
        ("it misses what was confirmed", CONFIRMED, {**NEED, "covers": ["hygiene"], "outcomes": [OUTCOME]}, "said"),
        ("it covers it", CONFIRMED, {**NEED, "covers": ["substance_misuse"], "outcomes": [OUTCOME]}, "nothing"),
        ("under its other name", CONFIRMED, {**NEED, "covers": ["alcohol_misuse"], "outcomes": [OUTCOME]}, "nothing"),
        (
            "it was excluded",
            assessed(substance_misuse="excluded"),
            {**NEED, "covers": ["hygiene"], "outcomes": [OUTCOME]},
            "nothing",
        ),
        (
            "excluded by a later assessment",
            CONFIRMED.then("assessment", status="completed", factors_resolved={"substance_misuse": "excluded"}),
            {**NEED, "covers": ["hygiene"], "outcomes": [OUTCOME]},
            "nothing",
        ),
        (
            "history asks for no outcome",
            assessed(care_leaver="confirmed", young_parent="confirmed"),
            {**NEED, "covers": ["hygiene"], "outcomes": [OUTCOME]},
            "nothing",
        ),
        (
            "housing by its concern",
            assessed(housing_instability="confirmed"),
            {**NEED, "covers": ["homelessness"], "outcomes": [OUTCOME]},
            "nothing",
        ),
        ("aims without codes, and nothing was confirmed", referred(), {**NEED, "outcomes": [OUTCOME]}, "nothing"),
        ("aims without codes, where something was", CONFIRMED, {**NEED, "outcomes": [OUTCOME]}, "part"),
        ("no outcome", CONFIRMED, {**NEED, "covers": ["substance_misuse"]}, "part"),
        (
            "an outcome that is nobody's",
            CONFIRMED,
            {**NEED, "covers": ["substance_misuse"], "outcomes": [{"id": "sober"}]},
            "silent",
        ),
        (
            "an outline, for the core group to fill in",
            CONFIRMED,
            {**PROTECT, "covers": ["substance_misuse"]},
            "nothing",
        ),
        ("a protection plan without aims", CONFIRMED, PROTECT, "silent"),
        (
            "a protection plan of which a review tells nothing",
            referred(silence_unknown=True),
            PROTECT,
            "nothing",
        ),
        ("a child in need plan of which it tells nothing", referred(silence_unknown=True), NEED, "silent"),
        ("a plan that changes", CONFIRMED, {"which": "child_in_need", "status": "changed"}, "nothing"),
        ("a plan that ends", CONFIRMED, {"which": "child_in_need", "status": "ended"}, "nothing"),
    ),
)
def test_what_a_plan_covers(before: Story, data: dict[str, Any], verdict: str) -> None:
    assert before.verdict(COVERS, "plan", "worker", **data) == verdict


AT_WORK = (
    referred("teacher")
    .then("visit", "nurse", access="granted", child_seen=True)
    .then("plan", "worker", which="child_in_need", status="started")
)
REVIEW: dict[str, Any] = {"which": "child_in_need_review", "status": "held", "minutes_sent": True}
ALL = ["worker", "teacher", "nurse"]


@pytest.mark.parametrize(
    ("before", "data", "verdict"),
    table(
        ("the review: nobody knows who was there", AT_WORK, REVIEW, "silent"),
        ("everybody came", AT_WORK, {**REVIEW, "attended": ALL}, "nothing"),
        (
            "somebody was asked and could not come",
            AT_WORK,
            {**REVIEW, "invited": ALL, "attended": ["worker", "nurse"]},
            "nothing",
        ),
        (
            "somebody sent a view",
            AT_WORK,
            {**REVIEW, "attended": ["worker", "nurse"], "views": {"teacher": "agree"}},
            "nothing",
        ),
        ("a colleague came for the school", AT_WORK, {**REVIEW, "attended": ALL}, "nothing"),
        ("the school was not asked", AT_WORK, {**REVIEW, "attended": ["worker", "nurse"]}, "silent"),
        ("social care alone came", AT_WORK, {**REVIEW, "invited": ALL, "attended": ["worker", "manager"]}, "said"),
        ("the minutes went to nobody", AT_WORK, {**REVIEW, "attended": ALL, "minutes_sent": False}, "said"),
        ("nobody has said whether they went", AT_WORK, {"which": "core_group", "attended": ALL}, "nothing"),
        (
            "who has left need not be asked",
            AT_WORK.then("involvement", who="teacher", status="ended"),
            {**REVIEW, "attended": ["worker", "nurse"]},
            "nothing",
        ),
        (
            "nor who was last there months ago",
            AT_WORK.wait(days=90).then("visit", "nurse", access="granted"),
            {**REVIEW, "attended": ["worker", "nurse"]},
            "nothing",
        ),
        ("nor the police", AT_WORK.then("visit", "officer", access="granted"), {**REVIEW, "attended": ALL}, "nothing"),
        ("it was called off", AT_WORK, {"which": "child_in_need_review", "status": "cancelled"}, "nothing"),
        ("another kind of meeting", AT_WORK, {"which": "supervision", "attended": ["worker", "manager"]}, "nothing"),
    ),
)
def test_who_has_to_be_at_a_review(before: Story, data: dict[str, Any], verdict: str) -> None:
    assert before.verdict(MINUTES, "meeting", "worker", **data) == verdict
