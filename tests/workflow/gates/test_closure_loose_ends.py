"""What a case still owes the child stands in the way of its closing, however well the closure is written."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.gates.closure_loose_ends import BLOCKERS, OWN_VISIT, SNAPSHOT
from workflow.rule import Gate

UNKNOWN = referred().then("decision", outcome="assessment", answers={"neglect": "unknown", "domestic_abuse": "unknown"})
WONDERED = referred(live=True).then("decision", outcome="assessment", answers={"neglect": "unknown"})
ASSESSED = {"status": "completed", "outcome": "child_in_need"}
RESOLVED = {**ASSESSED, "factors_resolved": {"domestic_abuse": "excluded"}}
COVERED = {
    "which": "child_in_need",
    "status": "started",
    "covers": ["neglect", "domestic_abuse"],
    "outcomes": [{"id": "calm"}],
}
NO_GP = story().with_child(gp="none").then("contact", "teacher")
UNBROUGHT = referred().then("appointment", "doctor", what="paediatric", outcome="was_not_brought")
BROKEN = (
    referred().then("agreement", "worker", status="made").wait(days=3).then("agreement", "worker", status="breached")
)
ENQUIRY = referred().then("strategy_discussion", "manager", decision="section47_joint")
OURS = referred().then("allocated", to="worker")
KEPT_AWAY = referred().then("visit", "worker", access="no_reply", times=4)
SEEN = {"access": "granted", "child_seen": True}
BABY = referred("midwife", born=None, due="2026-06-01").then("allocated", to="worker")
HIDDEN = referred("nurse", "avoidance", "out_of_sight")
POLICE = HIDDEN.then("police_check", "officer", status="attended", child_seen=True)


@pytest.mark.parametrize(
    ("gate", "before", "event", "verdict"),
    table(
        ("nothing owed", BLOCKERS, referred(), {}, "nothing"),
        ("never found out", BLOCKERS, UNKNOWN, {}, "said"),
        ("half found out", BLOCKERS, UNKNOWN.then("assessment", "worker", **ASSESSED), {}, "said"),
        (
            "left unresolved",
            BLOCKERS,
            referred().then("assessment", factors_resolved={"substance_misuse": "unresolved"}, **ASSESSED),
            {},
            "said",
        ),
        ("live: a worry of no factor outlasts it", BLOCKERS, WONDERED.then("assessment", **RESOLVED), {}, "said"),
        ("in a story the assessment settles the rest", BLOCKERS, UNKNOWN.then("assessment", **RESOLVED), {}, "nothing"),
        (
            "the assessment answers it",
            BLOCKERS,
            WONDERED.then("assessment", **RESOLVED, answers={"neglect": "not_found"}),
            {},
            "nothing",
        ),
        (
            "the assessment does not know either",
            BLOCKERS,
            WONDERED.then("assessment", **RESOLVED, answers={"neglect": "unknown"}),
            {},
            "said",
        ),
        (
            "a later decision answers it",
            BLOCKERS,
            WONDERED.then("assessment", **RESOLVED).then(
                "decision", outcome="assessment", answers={"neglect": "confirmed"}
            ),
            {},
            "nothing",
        ),
        (
            "the enquiry concluded on it",
            BLOCKERS,
            WONDERED.then("section47_outcome", outcome="not_substantiated").then("assessment", **RESOLVED),
            {},
            "nothing",
        ),
        (
            "the conference weighed it",
            BLOCKERS,
            WONDERED.then("conference", which="initial", outcome="no_plan").then("assessment", **RESOLVED),
            {},
            "nothing",
        ),
        (
            "an enquiry settles nothing of the adults' lives",
            BLOCKERS,
            UNKNOWN.then("section47_outcome", outcome="not_substantiated"),
            {},
            "said",
        ),
        (
            "settled by a later decision",
            BLOCKERS,
            UNKNOWN.then(
                "decision", outcome="assessment", answers={"neglect": "confirmed", "domestic_abuse": "not_found"}
            ),
            {},
            "nothing",
        ),
        (
            "settled by a plan that was met",
            BLOCKERS,
            UNKNOWN.then("plan", **COVERED).then("outcome", named="calm", status="met", evidence=True),
            {},
            "nothing",
        ),
        ("covered by a plan, not met", BLOCKERS, UNKNOWN.then("plan", **COVERED), {}, "said"),
        ("the review: no GP", BLOCKERS, NO_GP, {}, "said"),
        ("a GP since", BLOCKERS, NO_GP.then("household", what="gp_registered", person="child"), {}, "nothing"),
        ("a baby of three weeks", BLOCKERS, story("2026-02-17").with_child(gp="none").then("contact"), {}, "nothing"),
        ("a baby of seven weeks", BLOCKERS, story("2026-01-20").with_child(gp="none").then("contact"), {}, "said"),
        (
            "an unborn child",
            BLOCKERS,
            story(None, due="2026-06-01").with_child(gp="none").then("contact"),
            {},
            "nothing",
        ),
        ("no GP, and moved away", BLOCKERS, NO_GP, {"reason_code": "moved_away"}, "nothing"),
        ("the review: not brought", BLOCKERS, UNBROUGHT, {}, "said"),
        (
            "brought the next time",
            BLOCKERS,
            UNBROUGHT.then("appointment", "doctor", what="paediatric", outcome="attended"),
            {},
            "nothing",
        ),
        (
            "brought to something else",
            BLOCKERS,
            UNBROUGHT.then("appointment", what="immunisation", outcome="attended"),
            {},
            "said",
        ),
        ("the doctor was asked", BLOCKERS, UNBROUGHT.then("spoke_to", "worker", person="doctor"), {}, "nothing"),
        (
            "weighed in a meeting with health",
            BLOCKERS,
            UNBROUGHT.then("meeting", which="child_in_need_review", attended=["worker", "nurse"]),
            {},
            "nothing",
        ),
        ("the ward had the child", BLOCKERS, UNBROUGHT.then("medical", "doctor", what="admitted"), {}, "nothing"),
        ("the other way round", BLOCKERS, UNBROUGHT.then("medical", what="advised"), {}, "said"),
        ("the review: an agreement broken", BLOCKERS, BROKEN, {}, "said"),
        ("advice was taken", BLOCKERS, BROKEN.then("legal_advice", "worker", status="asked"), {}, "nothing"),
        ("a new agreement", BLOCKERS, BROKEN.then("agreement", "worker", status="made"), {}, "nothing"),
        (
            "put before the lawyers",
            BLOCKERS,
            BROKEN.then("meeting", which="legal_planning", status="held"),
            {},
            "nothing",
        ),
        ("the plan was changed", BLOCKERS, BROKEN.then("plan", which="child_in_need", status="changed"), {}, "nothing"),
        ("the review: hardly let in", BLOCKERS, KEPT_AWAY, {}, "said"),
        ("let in at last", BLOCKERS, KEPT_AWAY.then("visit", "worker", times=5, **SEEN), {}, "nothing"),
        ("an enquiry without an end", BLOCKERS, ENQUIRY, {}, "silent"),
        (
            "an enquiry that ended",
            BLOCKERS,
            ENQUIRY.then("section47_outcome", outcome="not_substantiated"),
            {},
            "nothing",
        ),
        ("an assessment without an end", BLOCKERS, referred().then("assessment", status="started"), {}, "silent"),
        ("the review: never there", OWN_VISIT, OURS, {}, "silent"),
        ("the review: police had seen him", OWN_VISIT, OURS.then("visit", "officer", **SEEN), {}, "silent"),
        ("early help alone", OWN_VISIT, referred().then("allocated", "coordinator", to="coordinator"), {}, "nothing"),
        ("seen by the worker", OWN_VISIT, OURS.then("visit", "worker", **SEEN), {}, "nothing"),
        ("seen together", OWN_VISIT, OURS.then("visit", "nurse", with_=["worker"], **SEEN), {}, "nothing"),
        ("talked to at school", OWN_VISIT, OURS.then("spoke_to", "worker", person="child", alone=True), {}, "nothing"),
        (
            "seen in the assessment",
            OWN_VISIT,
            OURS.then("assessment", "worker", status="completed", child_seen=True),
            {},
            "nothing",
        ),
        ("nobody opened", OWN_VISIT, OURS.then("visit", "worker", access="no_reply"), {}, "silent"),
        (
            "seen nineteen working days ago",
            OWN_VISIT,
            OURS.then("visit", "worker", **SEEN).wait(days=27),
            {},
            "nothing",
        ),
        ("seen five weeks ago", OWN_VISIT, OURS.then("visit", "worker", **SEEN).wait(days=36), {}, "silent"),
        ("not yet born, the home seen", OWN_VISIT, BABY.then("visit", "worker", access="granted"), {}, "nothing"),
        ("not yet born, nobody called", OWN_VISIT, BABY, {}, "silent"),
        ("never taken on", OWN_VISIT, referred().then("decision", outcome="no_further_action"), {}, "nothing"),
        ("a child who died", OWN_VISIT, OURS, {"reason_code": "died"}, "nothing"),
    ),
)
def test_a_closure(gate: Gate, before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(gate, "closure", "worker", **event) == verdict


@pytest.mark.parametrize(
    ("before", "outcome", "verdict"),
    table(
        ("the review: police looked in once", POLICE, "no_further_action", "said"),
        ("a visit of the nurse's", HIDDEN.then("visit", "nurse", **SEEN), "information_and_advice", "said"),
        ("an assessment follows", POLICE, "assessment", "nothing"),
        ("social care went as well", POLICE.then("visit", "worker", **SEEN), "no_further_action", "nothing"),
        (
            "social care went along",
            HIDDEN.then("visit", "officer", with_=["worker"], **SEEN),
            "no_further_action",
            "nothing",
        ),
        ("two agencies saw the child", POLICE.then("visit", "nurse", **SEEN), "no_further_action", "nothing"),
        (
            "agencies answered as well",
            POLICE.then("check", agency="police", status="replied").then("check", agency="school", status="replied"),
            "no_further_action",
            "nothing",
        ),
        ("nobody saw the child", HIDDEN, "no_further_action", "nothing"),
        (
            "the worry was another",
            referred().then("visit", "nurse", **SEEN),
            "no_further_action",
            "nothing",
        ),
    ),
)
def test_a_decision_on_a_child_out_of_view(before: Story, outcome: str, verdict: str) -> None:
    assert before.verdict(SNAPSHOT, "decision", "triage", outcome=outcome) == verdict


@pytest.mark.parametrize(
    ("before", "visit", "verdict"),
    table(
        ("seen at the door", HIDDEN, {"access": "denied", "child_seen": True}, "part"),
        ("kept out altogether", HIDDEN, {"access": "denied"}, "nothing"),
        ("let in, and the child not shown", HIDDEN, {"access": "granted", "child_seen": False}, "part"),
        ("let in, and nothing said of the child", HIDDEN, {"access": "granted"}, "nothing"),
        ("let in, and the child seen", HIDDEN, {"access": "granted", "child_seen": True}, "nothing"),
        ("nobody is worried", story(), {"access": "granted", "child_seen": False}, "nothing"),
        (
            "the live record's own word for nothing said",
            referred(live=True),
            {"access": "granted", "child_seen": False},
            "nothing",
        ),
        ("not born yet", referred(born=None, due="2026-08-01"), {"access": "granted", "child_seen": False}, "nothing"),
    ),
)
def test_a_visit_that_was_no_look_at_the_child(before: Story, visit: dict[str, Any], verdict: str) -> None:
    assert before.verdict(SNAPSHOT, "visit", "worker", **visit) == verdict


@pytest.mark.parametrize(
    ("before", "check", "verdict"),
    table(
        ("they went, and did not see the child", referred(), {"status": "attended", "child_seen": False}, "part"),
        ("they saw the child", referred(), {"status": "attended", "child_seen": True}, "nothing"),
        ("nothing is said of the child", referred(), {"status": "attended"}, "nothing"),
        ("they were only asked", referred(), {"status": "requested", "child_seen": False}, "nothing"),
    ),
)
def test_the_police_went_to_see_the_child(before: Story, check: dict[str, Any], verdict: str) -> None:
    assert before.verdict(SNAPSHOT, "police_check", "officer", **check) == verdict
