"""Whether what was raised is settled, and those are heard who must be. Stories begin on 10 March 2026."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.gates.assessment_findings import DASH, FACTORS, INPATIENT, NON_RESIDENT
from workflow.rule import Gate

DONE: dict[str, Any] = {"status": "completed", "outcome": "child_in_need"}
ENDED: dict[str, Any] = {"status": "completed", "outcome": "no_further_action"}
CALM = referred("teacher", "school_absence")
DRUGS = referred("nurse", "substance_misuse")
HISTORY = CALM.with_parent(["substance_misuse", "care_leaver"])
ABUSE = referred("officer", "domestic_abuse")
WARD = referred("nurse").then("medical", "doctor", what="admitted")
WORRIED = WARD.then("meeting", attended=["doctor"]).then("concern", "doctor", concerns=["hygiene"])
UNKNOWN = referred("teacher", "neglect", live=True).then(
    "decision", outcome="assessment", answers={"neglect": "unknown"}
)
APART = CALM.with_adult("father", "father").with_adult("mother", "household")
LEFT = CALM.with_adult("father", "father").then("household", what="left", person="father")


def factors(**found: str) -> dict[str, Any]:
    return {"factors_resolved": found}


@pytest.mark.parametrize(
    ("gate", "before", "event", "verdict"),
    table(
        ("the review: cannabis in the history, never weighed", FACTORS, HISTORY, ENDED, "silent"),
        ("raised by a nurse, others settled", FACTORS, DRUGS, {**DONE, **factors(isolation="excluded")}, "part"),
        ("none settled, and nobody stays", FACTORS, DRUGS, ENDED, "silent"),
        ("none settled, and social care stays", FACTORS, DRUGS, DONE, "part"),
        ("confirmed", FACTORS, DRUGS, {**DONE, **factors(substance_misuse="confirmed")}, "nothing"),
        ("excluded", FACTORS, DRUGS, {**ENDED, **factors(substance_misuse="excluded")}, "nothing"),
        ("unresolved, with a plan", FACTORS, DRUGS, {**DONE, **factors(substance_misuse="unresolved")}, "nothing"),
        ("unresolved, and nobody stays", FACTORS, DRUGS, {**ENDED, **factors(substance_misuse="unresolved")}, "said"),
        ("not found at the door", FACTORS,
         DRUGS.then("decision", outcome="assessment", answers={"substance_misuse": "not_found"}), DONE, "nothing"),
        ("taken up by a plan", FACTORS, DRUGS.then("plan", status="started", covers=["substance_misuse"]), DONE,
         "nothing"),
        ("settled before and raised again", FACTORS,
         DRUGS.then("assessment", **DONE, **factors(substance_misuse="excluded")).then(
             "visit", "nurse", access="granted", concerns=["substance_misuse"]), DONE, "part"),
        ("history that is no question", FACTORS, CALM.with_parent(["care_leaver", "young_parent"]), DONE, "nothing"),
        ("confirmed at the door, and social care stays", FACTORS,
         DRUGS.then("decision", outcome="assessment", answers={"substance_misuse": "confirmed"}), DONE, "nothing"),
        ("confirmed at the door, and nobody stays", FACTORS,
         DRUGS.then("decision", outcome="assessment", answers={"substance_misuse": "confirmed"}), ENDED, "silent"),
        ("abuse that was measured", FACTORS, ABUSE.then("tool", what="dash", result=5), DONE, "nothing"),
        ("low spirits that are a teenager's own", FACTORS, referred("teacher", "mental_health", born="2011-06-01"),
         DONE, "nothing"),
        ("low spirits around a small child", FACTORS, referred("nurse", "mental_health"), DONE, "part"),
        ("nothing raised", FACTORS, CALM, DONE, "nothing"),
        ("protection first", FACTORS, DRUGS, {**DONE, "outcome": "conference"}, "nothing"),
        ("live: left unknown at the door, and nobody stays", FACTORS, UNKNOWN, ENDED, "said"),
        ("live: left unknown, and early help takes over", FACTORS, UNKNOWN, {**ENDED, "outcome": "early_help"}, "said"),
        ("live: left unknown, and another worry answered", FACTORS, UNKNOWN,
         {**ENDED, "answers": {"hygiene": "not_found"}}, "said"),
        ("live: left unknown, and answered now", FACTORS, UNKNOWN, {**ENDED, "answers": {"neglect": "not_found"}},
         "nothing"),
        ("live: left unknown, and still not known", FACTORS, UNKNOWN, {**ENDED, "answers": {"neglect": "unknown"}},
         "nothing"),
        ("live: left unknown, and social care stays", FACTORS, UNKNOWN, DONE, "nothing"),
        ("live: answered at the door", FACTORS,
         UNKNOWN.then("decision", outcome="assessment", answers={"neglect": "confirmed"}), ENDED, "nothing"),
        ("a story settles it with the assessment", FACTORS,
         CALM.then("decision", outcome="assessment", answers={"school_absence": "unknown"}), ENDED, "nothing"),
        ("the review: abuse and no measure", DASH, ABUSE, DONE, "silent"),
        ("an incident and no measure", DASH, CALM.then("incident", what="domestic_abuse"), DONE, "silent"),
        ("measured with the father", DASH, ABUSE.then("tool", "worker", what="dash", for_="father", result=7), DONE,
         "nothing"),
        ("excluded", DASH, ABUSE, {**DONE, **factors(domestic_abuse="excluded")}, "nothing"),
        ("not found at the door", DASH,
         ABUSE.then("decision", outcome="assessment", answers={"domestic_abuse": "not_found"}), DONE, "nothing"),
        ("of long ago, in the history", DASH, CALM.with_parent(["domestic_abuse"]), DONE, "nothing"),
        ("no abuse", DASH, CALM, DONE, "nothing"),
        ("the review: staff worried, and were not asked", INPATIENT, WORRIED, DONE, "silent"),
        ("said in the assessment", INPATIENT, WORRIED, {**DONE, "inpatient_observations": True}, "nothing"),
        ("the doctor spoken to afterwards", INPATIENT, WORRIED.then("spoke_to", person="doctor"), DONE, "nothing"),
        ("the doctor's view in it", INPATIENT, WORRIED, {**DONE, "views": {"doctor": "agree"}}, "nothing"),
        ("the hospital's answer", INPATIENT, WORRIED.then("check", agency="hospital", status="replied"), DONE,
         "nothing"),
        ("never in hospital", INPATIENT, CALM, DONE, "nothing"),
        ("the father elsewhere, not heard", NON_RESIDENT, APART, DONE, "silent"),
        ("the father moved out, not heard", NON_RESIDENT, LEFT, DONE, "silent"),
        ("heard", NON_RESIDENT, APART.then("spoke_to", "worker", person="father"), DONE, "nothing"),
        ("tried", NON_RESIDENT, APART.then("attempt", "worker", person="father"), DONE, "nothing"),
        ("not possible, for a reason", NON_RESIDENT,
         APART.then("spoke_to", "worker", person="father", done=False, reason=True), DONE, "nothing"),
        ("not asked, for no reason", NON_RESIDENT, APART.then("spoke_to", "worker", person="father", done=False), DONE,
         "silent"),
        ("both seen apart", NON_RESIDENT, APART, {**DONE, "parents_seen_separately": True}, "nothing"),
        ("nobody says who lives where", NON_RESIDENT, CALM.with_adult("father", "father"), DONE, "nothing"),
        ("both at home", NON_RESIDENT, APART.with_adult("father", "household"), DONE, "nothing"),
    ),
)  # fmt: skip
def test_an_assessment(gate: Gate, before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(gate, "assessment", "worker", **event) == verdict


@pytest.mark.parametrize(
    ("before", "event", "verdict"),
    table(
        ("without the ward", WORRIED, {"attended": ["worker", "nurse"]}, "said"),
        ("nobody named", WORRIED, {}, "silent"),
        ("with the ward", WORRIED, {"attended": ["worker", "doctor"]}, "nothing"),
        ("called off", WORRIED, {"status": "cancelled"}, "nothing"),
    ),
)
def test_a_discharge_meeting_hears_the_ward(before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(INPATIENT, "meeting", "worker", which="discharge_planning", **event) == verdict


def test_an_adviser_on_domestic_abuse_who_takes_part_stands_for_the_measure() -> None:
    met = ABUSE.with_practitioner("adviser", "domestic_abuse_adviser", "voluntary").then(
        "spoke_to", "worker", person="adviser"
    )

    assert met.verdict(DASH, "assessment", "worker", **DONE) == "nothing"
