"""Whether an assessment saw, asked and weighed enough, as the gates judge it. Stories begin on 10 March 2026."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.gates.assessment import FAMILY_NETWORK, HYPOTHESES, LIVED_EXPERIENCE, MINIMUM_CONTACT
from workflow.rule import Gate

DONE: dict[str, Any] = {"status": "completed", "outcome": "child_in_need"}
SEEN: dict[str, Any] = {**DONE, "visits": 2, "unannounced_visits": 1, "child_seen": True}
ONCE: dict[str, Any] = {**DONE, "visits": 1, "child_seen": True, "parents_seen_separately": False}
CALM = referred("teacher", "school_absence")
POOR = referred("teacher", "neglect")
VISITED = POOR.then("visit", "worker", access="granted", announced=False, child_seen=True).then(
    "visit", "manager", access="granted"
)
ABUSE = referred("officer", "domestic_abuse").with_adult("father", "father")
BABY = referred("midwife", "neglect", born="2026-01-02")
TALK = CALM.then("visit", "worker", access="granted", child_seen_alone=True)
KIN = CALM.with_adult("gran", "grandparent")
UNBORN = referred("midwife", "neglect", born=None, due="2026-08-01")


@pytest.mark.parametrize(
    ("gate", "before", "event", "verdict"),
    table(
        ("the review: one visit, parents together", MINIMUM_CONTACT, ABUSE, ONCE, "said"),
        ("twice, once untold, child seen", MINIMUM_CONTACT, POOR, SEEN, "nothing"),
        ("counted from the record", MINIMUM_CONTACT, VISITED, DONE, "nothing"),
        ("a visit told three times over", MINIMUM_CONTACT, CALM.then("visit", "worker", access="granted", times=3),
         {**DONE, "child_seen": True}, "nothing"),
        ("visits by a nurse are not social care's", MINIMUM_CONTACT, CALM.then("visit", "nurse", access="granted"),
         {**DONE, "child_seen": True}, "silent"),
        ("doors that stayed shut", MINIMUM_CONTACT, CALM.then("visit", "worker", access="no_reply", times=2),
         {**DONE, "child_seen": True}, "silent"),
        ("all announced, the home in question", MINIMUM_CONTACT, POOR, {**SEEN, "unannounced_visits": 0}, "part"),
        ("all announced, nothing of the home", MINIMUM_CONTACT, CALM, {**SEEN, "unannounced_visits": 0}, "nothing"),
        ("the child not seen", MINIMUM_CONTACT, CALM, {**SEEN, "child_seen": False}, "said"),
        ("the child seen by the nurse", MINIMUM_CONTACT,
         CALM.then("appointment", "nurse", what="health_visitor", outcome="attended", child_seen=True),
         {**DONE, "visits": 2}, "nothing"),
        ("not born yet", MINIMUM_CONTACT, UNBORN, {**DONE, "visits": 2, "unannounced_visits": 1}, "nothing"),
        ("abuse, parents not seen apart", MINIMUM_CONTACT, ABUSE, SEEN, "silent"),
        ("abuse, parents seen apart", MINIMUM_CONTACT, ABUSE, {**SEEN, "parents_seen_separately": True}, "nothing"),
        ("abuse, the mother heard alone", MINIMUM_CONTACT,
         ABUSE.then("spoke_to", "worker", person="mother", alone=True), SEEN, "nothing"),
        ("abuse, measured with the mother", MINIMUM_CONTACT, ABUSE.then("tool", what="dash", for_="mother"), SEEN,
         "nothing"),
        ("abuse, found not to be so", MINIMUM_CONTACT,
         ABUSE.then("decision", outcome="assessment", answers={"domestic_abuse": "not_found"}), SEEN, "nothing"),
        ("only begun", MINIMUM_CONTACT, POOR, {"status": "started"}, "nothing"),
        ("stepped up to protection", MINIMUM_CONTACT, POOR, {"status": "completed", "outcome": "conference"}, "nothing"),
        ("since the last assessment only", MINIMUM_CONTACT, VISITED.then("assessment", **DONE), DONE, "silent"),
        ("the review: one reading", HYPOTHESES, CALM, {**DONE, "hypotheses": 1}, "said"),
        ("readings not mentioned", HYPOTHESES, CALM, DONE, "silent"),
        ("two readings", HYPOTHESES, CALM, {**DONE, "hypotheses": 2}, "nothing"),
        ("protection first", HYPOTHESES, CALM, {**DONE, "outcome": "strategy_discussion"}, "nothing"),
        ("the review: seen, and not described", LIVED_EXPERIENCE, BABY, SEEN, "silent"),
        ("a day in the life", LIVED_EXPERIENCE, BABY.then("tool", what="lived_experience"), SEEN, "nothing"),
        ("a graded profile", LIVED_EXPERIENCE, BABY.then("tool", what="graded_care_profile"), SEEN, "nothing"),
        ("heard from the child alone", LIVED_EXPERIENCE, TALK, SEEN, "nothing"),
        ("said in the assessment", LIVED_EXPERIENCE, CALM, {**SEEN, "child_seen_alone": True}, "nothing"),
        ("a baby alone says nothing", LIVED_EXPERIENCE, BABY, {**SEEN, "child_seen_alone": True}, "silent"),
        ("no days yet", LIVED_EXPERIENCE, UNBORN, SEEN, "nothing"),
        ("the review: the grandfather's worries left", FAMILY_NETWORK, KIN, {**DONE, "family_network": False}, "said"),
        ("kin known and not asked", FAMILY_NETWORK, KIN, DONE, "silent"),
        ("kin who came with a worry, and were not asked", FAMILY_NETWORK, KIN.then("contact", "gran"), DONE, "silent"),
        ("kin spoken to", FAMILY_NETWORK, KIN.then("spoke_to", person="gran"), DONE, "nothing"),
        ("kin in a meeting", FAMILY_NETWORK, KIN.then("meeting", attended=["gran"]), DONE, "nothing"),
        ("said in the assessment", FAMILY_NETWORK, KIN, {**DONE, "family_network": True}, "nothing"),
        ("no kin known", FAMILY_NETWORK, CALM, DONE, "nothing"),
    ),
)  # fmt: skip
def test_an_assessment(gate: Gate, before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(gate, "assessment", "worker", **event) == verdict
