"""Who sits in a conference, and what one agency settles alone, as the gates judge it. Stories begin on 10 March 2026."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.gates.conference import QUORUM, SINGLE_AGENCY
from workflow.rule import Gate

THREE: dict[str, Any] = {"attended": ["worker", "nurse", "teacher"]}
BRUISED = referred("teacher", "unexplained_injury")
EXAMINED = BRUISED.then("medical", "doctor", what="child_protection_medical", finding="unexplained")
ALONE: dict[str, Any] = {"decision": "section47_single", "rationale": True}
PUT_AWAY: dict[str, Any] = {"outcome": "no_crime"}


@pytest.mark.parametrize(
    ("gate", "before", "kind", "event", "verdict"),
    table(
        ("social care and two others", QUORUM, referred(), "conference", THREE, "nothing"),
        ("one in the room, one in writing", QUORUM, referred(), "conference",
         {"attended": ["worker", "nurse"], "accounts": ["teacher"]}, "nothing"),
        ("only one other", QUORUM, referred(), "conference", {"attended": ["worker", "manager", "nurse"]}, "part"),
        ("social care alone", QUORUM, referred(), "conference", {"attended": ["worker", "manager"]}, "said"),
        ("social care stayed away", QUORUM, referred(), "conference", {"attended": ["officer", "nurse"]}, "said"),
        ("nobody named", QUORUM, referred(), "conference", {}, "silent"),
        ("the review: hurt, and no clinician", QUORUM, BRUISED, "conference", THREE, "silent"),
        ("the ground is injury, and no clinician", QUORUM, referred(), "conference", {**THREE, "category": "physical"},
         "silent"),
        ("hurt, and the clinician there", QUORUM, BRUISED, "conference", {"attended": ["worker", "nurse", "doctor"]},
         "nothing"),
        ("hurt, and the clinician wrote", QUORUM, BRUISED, "conference", {**THREE, "accounts": ["doctor"]}, "nothing"),
        ("hurt, and a report on record", QUORUM, EXAMINED, "conference", THREE, "nothing"),
        ("the police enquire, and stayed away", QUORUM, EXAMINED.then("strategy_discussion", decision="section47_joint"),
         "conference", THREE, "part"),
        ("the police enquire, and came", QUORUM, EXAMINED.then("strategy_discussion", decision="section47_joint"),
         "conference", {"attended": ["worker", "nurse", "officer"]}, "nothing"),
        ("the police enquire, and sent their apologies", QUORUM,
         EXAMINED.then("strategy_discussion", decision="section47_joint"), "conference",
         {**THREE, "apologies": {"officer": "in court"}}, "nothing"),
        ("the police enquire, and wrote", QUORUM, EXAMINED.then("strategy_discussion", decision="section47_joint"),
         "conference", {**THREE, "accounts": ["officer"]}, "nothing"),
        ("the police enquire, and were asked", QUORUM, EXAMINED.then("strategy_discussion", decision="section47_joint"),
         "conference", {**THREE, "invited": ["officer"]}, "nothing"),
        ("somebody else said what came of it", QUORUM,
         EXAMINED.then("strategy_discussion", decision="section47_joint").then("agency_decision", "nurse", outcome="discharged"),
         "conference", THREE, "part"),
        ("the police spoke of it, and have not said what came of it", QUORUM,
         EXAMINED.then("strategy_discussion", decision="section47_joint").then("concern", "officer"), "conference", THREE,
         "part"),
        ("the police do not enquire", QUORUM, EXAMINED.then("strategy_discussion", decision="section47_single"),
         "conference", THREE, "nothing"),
        ("a doctor said what it was, in a report of another sort", QUORUM,
         BRUISED.then("medical", "doctor", what="attended", finding="inconclusive"), "conference", THREE, "nothing"),
        ("examined, and what was found is not told", QUORUM,
         BRUISED.then("medical", "doctor", what="child_protection_medical"), "conference", THREE, "nothing"),
        ("only taken to a doctor", QUORUM, BRUISED.then("medical", "doctor", what="attended"), "conference", THREE,
         "silent"),
        ("a finding that is no doctor's", QUORUM, BRUISED.then("visit", "nurse", finding="explained"), "conference", THREE,
         "silent"),
        ("the police had said what came of it", QUORUM,
         EXAMINED.then("strategy_discussion", decision="section47_joint").then("agency_decision", "officer", outcome="no_charge"),
         "conference", THREE, "nothing"),
        ("the police enquire, at a review", QUORUM, EXAMINED.then("strategy_discussion", decision="section47_joint"),
         "conference", {**THREE, "which": "review"}, "part"),
        ("a review of an old injury", QUORUM, BRUISED, "conference", {**THREE, "which": "review"}, "nothing"),
        ("the review: alone, no offence weighed", SINGLE_AGENCY, BRUISED, "strategy_discussion", ALONE, "silent"),
        ("alone, expressly not weighed", SINGLE_AGENCY, BRUISED, "strategy_discussion",
         {**ALONE, "offence_considered": False}, "said"),
        ("alone, after weighing it", SINGLE_AGENCY, BRUISED, "strategy_discussion",
         {**ALONE, "offence_considered": True}, "nothing"),
        ("alone, the police having taken it up", SINGLE_AGENCY,
         BRUISED.then("agency_decision", "officer", outcome="crime_recorded"), "strategy_discussion", ALONE, "nothing"),
        ("together", SINGLE_AGENCY, BRUISED, "strategy_discussion", {"decision": "section47_joint"}, "nothing"),
        ("only called", SINGLE_AGENCY, BRUISED, "strategy_discussion", {"requested": True}, "nothing"),
        ("the review: the police put it away", SINGLE_AGENCY,
         BRUISED.then("strategy_discussion", **ALONE), "agency_decision", PUT_AWAY, "said"),
        ("a log closed on a bruise", SINGLE_AGENCY, BRUISED, "agency_decision", {"outcome": "log_closed"}, "said"),
        ("put away after weighing it", SINGLE_AGENCY,
         BRUISED.then("strategy_discussion", **ALONE, offence_considered=True), "agency_decision", PUT_AWAY, "nothing"),
        ("put away after a joint enquiry", SINGLE_AGENCY,
         BRUISED.then("strategy_discussion", decision="section47_joint"), "agency_decision", PUT_AWAY, "nothing"),
        ("put away when a doctor had explained it", SINGLE_AGENCY,
         BRUISED.then("medical", "doctor", what="clinician_report", finding="explained"), "agency_decision", PUT_AWAY,
         "nothing"),
        ("put away when a visit said that it was explained", SINGLE_AGENCY,
         BRUISED.then("visit", "worker", finding="explained"), "agency_decision", PUT_AWAY, "said"),
        ("put away when the child itself had explained it", SINGLE_AGENCY,
         referred("teacher", "injury", injury={"explained": True}), "agency_decision", PUT_AWAY, "nothing"),
        ("put away when sexual abuse was told", SINGLE_AGENCY, referred("teacher", "sexual_abuse"), "agency_decision",
         PUT_AWAY, "said"),
        ("alone, the police having put it away", SINGLE_AGENCY,
         BRUISED.then("agency_decision", "officer", outcome="no_crime"), "strategy_discussion", ALONE, "silent"),
        ("alone, and another sort of event tells of a crime", SINGLE_AGENCY,
         BRUISED.then("incident", "officer", outcome="crime_recorded"), "strategy_discussion", ALONE, "silent"),
        ("put away when no child was hurt", SINGLE_AGENCY, referred(), "agency_decision", PUT_AWAY, "nothing"),
        ("charged in the end or not, it was looked into", SINGLE_AGENCY, BRUISED, "agency_decision",
         {"outcome": "no_charge"}, "nothing"),
    ),
)  # fmt: skip
def test_a_meeting(gate: Gate, before: Story, kind: str, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(gate, kind, "officer", **event) == verdict


def test_a_review_that_names_nobody_says_nothing_of_who_was_there() -> None:
    untold = replace(BRUISED, family=replace(BRUISED.family, silence_unknown=True))

    assert untold.verdict(QUORUM, "conference", "officer") == "nothing"
    assert untold.verdict(QUORUM, "conference", "officer", attended=["worker", "nurse"]) == "silent"


def test_another_agency_may_close_its_own_log() -> None:
    assert BRUISED.verdict(SINGLE_AGENCY, "agency_decision", "teacher", outcome="log_closed") == "nothing"
