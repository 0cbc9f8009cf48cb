"""What the gates of visits make of a better home, and of visits that are always announced."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.gates.visits import IMPROVED_BY, UNANNOUNCED

POOR: dict[str, Any] = {"access": "granted", "conditions": "poor"}
GOOD: dict[str, Any] = {"access": "granted", "conditions": "good"}
CLEANED: dict[str, Any] = {**GOOD, "improved_by": "third_party"}

DIRTY = referred().then("visit", "worker", **POOR)
BY_OTHERS = DIRTY.then("visit", "key_worker", **CLEANED)
ANNOUNCED: dict[str, Any] = {"access": "granted", "announced": True}
UNTOLD: dict[str, Any] = {"access": "granted", "announced": False}
AVOIDS = referred("teacher", "avoidance")
TWO = AVOIDS.then("visit", "worker", **ANNOUNCED).then("visit", "worker", **ANNOUNCED)


@pytest.mark.parametrize(
    ("before", "kind", "data", "verdict"),
    table(
        ("better, and nobody says who did it", DIRTY, "visit", GOOD, "silent"),
        ("the family did", DIRTY, "visit", {**GOOD, "improved_by": "family"}, "nothing"),
        ("others did, and it says so", DIRTY, "visit", CLEANED, "nothing"),
        (
            "better by the word of a colleague who was not there",
            referred().then("concern", "worker", conditions="poor"),
            "visit",
            GOOD,
            "nothing",
        ),
        ("closed because the child died", BY_OTHERS, "closure", {"reason_code": "died"}, "nothing"),
        (
            "said once, before others cleaned it again",
            referred()
            .then("meeting", decided="step_down")
            .then("visit", "worker", **POOR)
            .then("visit", "key_worker", **CLEANED),
            "step_down",
            {"to": "early_help"},
            "said",
        ),
        (
            "a word of a good home, not a look",
            BY_OTHERS.then("concern", "nurse", conditions="good"),
            "closure",
            {"reason_code": "needs_met"},
            "said",
        ),
        ("still poor", DIRTY, "visit", POOR, "nothing"),
        ("good as before", referred().then("visit", "worker", **GOOD), "visit", GOOD, "nothing"),
        ("the home was not looked at", DIRTY, "visit", {"access": "granted"}, "nothing"),
        ("the first look at it", referred(), "visit", GOOD, "nothing"),
        ("the review: stepped down on what others cleaned", BY_OTHERS, "step_down", {"to": "early_help"}, "said"),
        ("closed on it", BY_OTHERS, "closure", {"reason_code": "needs_met"}, "said"),
        ("the review meeting takes it for the family's", BY_OTHERS, "meeting", {"decided": "step_down"}, "said"),
        ("the assessment ends on it", BY_OTHERS, "assessment", {"outcome": "no_further_action"}, "said"),
        ("it goes on to a plan", BY_OTHERS, "assessment", {"outcome": "child_in_need"}, "nothing"),
        ("a meeting goes on with it", BY_OTHERS, "meeting", {"decided": "continue"}, "nothing"),
        ("moved to a plan of need", BY_OTHERS, "step_down", {"to": "child_in_need"}, "nothing"),
        ("the family has kept it since", BY_OTHERS.then("visit", "worker", **GOOD), "closure", {}, "nothing"),
        (
            "it went down again",
            BY_OTHERS.then("visit", "worker", **POOR),
            "closure",
            {"reason_code": "needs_met"},
            "said",
        ),
        (
            "said once already",
            BY_OTHERS.then("meeting", decided="step_down"),
            "step_down",
            {"to": "early_help"},
            "nothing",
        ),
        ("closed because they moved", BY_OTHERS, "closure", {"reason_code": "moved_away"}, "nothing"),
    ),
)
def test_who_put_the_home_right(before: Story, kind: str, data: dict[str, Any], verdict: str) -> None:
    assert before.verdict(IMPROVED_BY, kind, "worker", **data) == verdict


@pytest.mark.parametrize(
    ("before", "kind", "data", "verdict"),
    table(
        ("the review: the third in a row", TWO, "visit", ANNOUNCED, "said"),
        ("an unannounced one", TWO, "visit", UNTOLD, "nothing"),
        (
            "one of them was unannounced",
            AVOIDS.then("visit", "worker", **UNTOLD).then("visit", "worker", **ANNOUNCED),
            "visit",
            ANNOUNCED,
            "nothing",
        ),
        ("the second in a row", AVOIDS.then("visit", "worker", **ANNOUNCED), "visit", ANNOUNCED, "nothing"),
        ("nobody has said how", TWO, "visit", {"access": "granted"}, "nothing"),
        ("the fourth says nothing new", TWO.then("visit", "worker", **ANNOUNCED), "visit", ANNOUNCED, "nothing"),
        (
            "a family that lets people in",
            referred().then("visit", "worker", **ANNOUNCED, times=4),
            "visit",
            ANNOUNCED,
            "nothing",
        ),
        (
            "a home that varies",
            DIRTY.then("visit", "worker", announced=True, **GOOD),
            "visit",
            {**ANNOUNCED, "times": 2},
            "said",
        ),
        (
            "a review steps down on announced visits",
            TWO.then("visit", "worker", **ANNOUNCED),
            "meeting",
            {"decided": "step_down"},
            "said",
        ),
        (
            "and nobody said how some were",
            AVOIDS.then("visit", "worker", access="granted", times=3),
            "meeting",
            {"decided": "step_down"},
            "silent",
        ),
        ("one in three was not", TWO.then("visit", "worker", **UNTOLD), "meeting", {"decided": "step_down"}, "nothing"),
        (
            "nobody in, unannounced, is one too",
            TWO.then("visit", "worker", access="no_reply", announced=False),
            "meeting",
            {"decided": "close"},
            "nothing",
        ),
        ("two visits are too few to tell", TWO, "meeting", {"decided": "step_down"}, "nothing"),
        ("the review goes on", TWO.then("visit", "worker", **ANNOUNCED), "meeting", {"decided": "continue"}, "nothing"),
        (
            "a conference ends the plan",
            TWO.then("visit", "worker", **ANNOUNCED),
            "conference",
            {"which": "review", "outcome": "no_plan"},
            "said",
        ),
    ),
)
def test_one_visit_in_three_is_unannounced(before: Story, kind: str, data: dict[str, Any], verdict: str) -> None:
    assert before.verdict(UNANNOUNCED, kind, "worker", **data) == verdict


def test_another_services_visits_are_its_own_affair() -> None:
    nurse = AVOIDS.then("visit", "nurse", **ANNOUNCED, times=3)

    assert nurse.verdict(UNANNOUNCED, "visit", "nurse", **ANNOUNCED) == "nothing"
