"""What the engine does when a child may have been hurt. Stories begin on Tuesday 10 March 2026."""

from typing import Any

import pytest

from config.clock import LONDON
from tests.support.stories import Story, referred, table
from workflow.duties.harm import TONIGHT, TRIGGER

BRUISED = referred("teacher", "physical_abuse")
ONCE = referred("teacher", "injury")
FOUND: dict[str, Any] = {"access": "granted", "child_seen": True, "injury": {"explained": False}}
FILTH: dict[str, Any] = {"access": "granted", "conditions": "poor", "concerns": ["neglect", "medical_neglect"]}
SAW = referred().then("visit", "worker", **FOUND)
HOSPITAL = referred().then("medical", "doctor", what="admitted")


@pytest.mark.parametrize(
    ("before", "days"),
    table(
        ("the review: bruises, and no discussion", BRUISED, ["11"]),
        ("an injury that nobody explains", referred("teacher", "injury", injury={"explained": False}), ["11"]),
        ("told by the child", referred("teacher", "child_disclosure", "injury"), ["11"]),
        ("a second report on another day", BRUISED.wait(days=1).then("contact", "nurse", concerns=["physical_abuse"]),
         ["11", "12"]),
        ("told twice the same day", BRUISED.then("contact", "nurse", concerns=["physical_abuse"]), ["11"]),
        ("hurt again within weeks", ONCE.wait(days=40).then("contact", "teacher", concerns=["injury"]), ["20"]),
        ("hurt again after half a year", ONCE.wait(days=200).then("contact", "teacher", concerns=["injury"]), []),
        ("hurt once, and said how", referred("teacher", "injury", injury={"explained": True}), []),
        ("hurt once", ONCE, []),
        ("called", BRUISED.then("strategy_discussion", requested=True), []),
        ("decided on at the door", BRUISED.then("decision", outcome="strategy_discussion"), []),
        ("left out for a reason", BRUISED.then("strategy_discussion", held=False, rationale=True), []),
        ("explained by a doctor", BRUISED.then("medical", "doctor", what="clinician_report", finding="explained"), []),
        ("looked at by a doctor who cannot tell",
         BRUISED.then("medical", "doctor", what="clinician_report", finding="inconclusive"), ["11"]),
        ("hurt again after the first was explained",
         ONCE.then("medical", "doctor", finding="explained", what="attended").wait(days=9).then(
             "contact", "teacher", concerns=["injury"]), []),
        ("the youngest have a clock", referred("nurse", "physical_abuse", born="2026-02-01"), []),
        ("not hurt", referred("teacher", "neglect"), []),
        ("nothing open", BRUISED.then("closure"), []),
        ("not born yet", referred("nurse", "physical_abuse", born=None, due="2026-08-01"), []),
    ),
)  # fmt: skip
def test_a_sign_that_somebody_hurt_a_child_is_discussed_the_same_day(before: Story, days: list[str]) -> None:
    acts = [ought.act_by for ought in before.oughts(TRIGGER) if ought.act_by]

    assert [f"{at.astimezone(LONDON):%d}" for at in acts] == days
    assert len({ought.key for ought in before.oughts(TRIGGER)}) == len(days)


@pytest.mark.parametrize(
    ("before", "asked"),
    table(
        ("the review: found hurt, and left there", SAW, True),
        ("found hurt by a doctor", referred().then("medical", "doctor", what="attended", finding="unexplained"), True),
        ("gravely neglected", referred().then("visit", "worker", **FILTH), True),
        ("a poor home", referred().then("visit", "worker", access="granted", conditions="poor"), False),
        ("only told of", BRUISED, False),
        ("a safety plan", SAW.then("safety_plan", "worker", status="made"), False),
        ("settled in the discussion", SAW.then("strategy_discussion", interim_safety_plan=True), False),
        ("a discussion that does not settle it", SAW.then("strategy_discussion", decision="assessment"), True),
        ("safe already under a plan made before", referred().then("safety_plan", "worker", status="made").then(
            "visit", "worker", **FOUND), False),
        ("safe until the plan ended", referred().then("safety_plan", status="made").then(
            "safety_plan", status="ended").then("visit", "worker", **FOUND), True),
        ("a child in need plan keeps nobody safe at night", referred().then(
            "plan", which="child_in_need", status="started").then("visit", "worker", **FOUND), True),
        ("an order", SAW.then("order", what="police_protection", status="made"), False),
        ("found hurt where it is admitted", referred().then("medical", "doctor", what="admitted", concerns=["unexplained_injury"]), False),
        ("on a ward for the night", SAW.then("medical", "doctor", what="admitted"), False),
        ("found hurt, and not by accident", referred().then(
            "medical", "doctor", what="attended", finding="non_accidental"), True),
        ("neglected, in a home that is good", referred().then("visit", "worker", **{**FILTH, "conditions": "good"}), False),
        ("poor and neglected, though not gravely", referred().then(
            "visit", "worker", **{**FILTH, "concerns": ["neglect"]}), False),
        ("a worry that somebody tells", referred().then("concern", "nurse", **FILTH), False),
        ("left with its father before it was found hurt", referred().then("household", what="left", person="child").then(
            "visit", "worker", **FOUND), False),
        ("placed, and home again before it was found hurt", referred().then("household", what="placed").then(
            "household", what="returned_home").then("visit", "worker", **FOUND), True),
        ("moved house before it was found hurt", referred().then("household", what="moved_address").then(
            "visit", "worker", **FOUND), True),
        ("safe under a protection plan", referred().then(
            "plan", which="child_protection", status="started").then("visit", "worker", **FOUND), False),
        ("a protection plan that has ended", referred().then(
            "plan", which="child_protection", status="ended").then("visit", "worker", **FOUND), True),
        ("an assessment that says child protection", referred().then(
            "assessment", which="child_protection", status="started").then("visit", "worker", **FOUND), True),
        ("safe by what a discussion settled before", referred().then(
            "strategy_discussion", interim_safety_plan=True).then("visit", "worker", **FOUND), False),
        ("a safety plan that ends", SAW.then("safety_plan", "worker", status="ended"), True),
        ("a safety plan that is changed", SAW.then("safety_plan", "worker", status="changed"), False),
        ("a plan started for it", SAW.then("plan", which="child_in_need", status="started"), False),
        ("something else started", SAW.then("assessment", "worker", status="started"), True),
        ("a conference that says the same as a discussion would", SAW.then("conference", interim_safety_plan=True), False),
        ("somebody left the home", SAW.then("household", what="left"), False),
        ("somebody joined the home", SAW.then("household", what="joined"), True),
        ("another service ends", SAW.then("agency_decision", what="left"), True),
        ("a condition is set", SAW.then("condition", "worker", status="set"), False),
        ("talked over on the telephone", SAW.then("spoke_to", "worker", person="mother"), True),
        ("hurt again the next day, after it was settled", SAW.then("agreement", "worker", status="made").wait(days=0).then(
            "visit", "worker", **FOUND), True),
        ("home from the ward before it was found hurt", HOSPITAL.then("medical", what="discharged").then(
            "visit", "worker", **FOUND), True),
        ("explained by a doctor", SAW.then("medical", "doctor", what="attended", finding="explained"), False),
        ("placed with the grandmother", SAW.then("household", what="placed"), False),
        ("agreed in writing who is there", SAW.then("agreement", "worker", status="made"), False),
        ("on the ward already", HOSPITAL.then("medical", "doctor", what="clinician_report", finding="unexplained"),
         False),
        ("nothing open", SAW.then("closure"), False),
    ),
)  # fmt: skip
def test_where_a_child_found_hurt_sleeps_is_decided_that_day(before: Story, asked: bool) -> None:
    oughts = before.oughts(TONIGHT)

    assert len(oughts) == asked
    assert all(one.act_by and one.act_by.date().isoformat() == "2026-03-10" for one in oughts)


def test_time_does_not_make_a_duty_of_harm_another_one() -> None:
    for duty, before in ((TRIGGER, BRUISED), (TONIGHT, SAW)):
        assert [one.key for one in before.wait(days=3).oughts(duty)] == [one.key for one in before.oughts(duty)]
