"""Bad signs that crowd together, and compliance for show: what the engine asks for, and when it keeps quiet."""

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.duties.patterns import CROWDED, DISGUISED
from workflow.rule import Duty

MISSED = story().then("appointment", what="ophthalmology", outcome="was_not_brought").wait(days=1)
NO_REPLY = MISSED.then("visit", "nurse", access="no_reply").wait(days=2)
WEEK = NO_REPLY.then("visit", "worker", access="granted", conditions="poor")
SHOW = referred("key_worker", "disguised_compliance")
SUPERVISED = SHOW.then("meeting", "manager", which="supervision", status="held", attended=["manager", "worker"])
UNANNOUNCED = SUPERVISED.then("visit", "worker", announced=False, access="granted")
HEARD = UNANNOUNCED.then("spoke_to", "worker", person="grandfather").then("spoke_to", "worker", person="teacher")


@pytest.mark.parametrize(
    ("duty", "before", "asked"),
    table(
        ("the review: three signs in a week", CROWDED, WEEK.wait(days=4), 1),
        ("the day is not over", CROWDED, WEEK, 0),
        ("two sorts", CROWDED, NO_REPLY.wait(days=4), 0),
        ("one agency only", CROWDED, story().then("visit", "nurse", access="no_reply").then("visit", "nurse", access="granted", conditions="poor").then("concern", "nurse", concerns=["weight"]).wait(days=4), 0),
        ("over a month", CROWDED, MISSED.then("visit", "nurse", access="no_reply").wait(days=20).then("visit", "worker", access="granted", conditions="poor").wait(days=4), 0),
        ("talked over by professionals", CROWDED, WEEK.then("meeting", which="professionals", status="held").wait(days=4), 0),
        ("a core group called", CROWDED, WEEK.then("meeting", which="core_group", status="requested").wait(days=4), 0),
        ("a meeting that fell out", CROWDED, WEEK.then("meeting", which="core_group", status="cancelled").wait(days=4), 1),
        ("a supervision is not the agencies", CROWDED, WEEK.then("meeting", which="supervision", status="held").wait(days=4), 1),
        ("a strategy discussion", CROWDED, WEEK.then("strategy_discussion", decision="assessment").wait(days=4), 0),
        ("a strategy discussion is due anyway", CROWDED, WEEK.then("contact", "worker", concerns=["pain"], injury={"child_mobile": False}).wait(days=4), 0),
        ("decided before it was full", CROWDED, NO_REPLY.then("decision", outcome="assessment").then("visit", "worker", access="granted", conditions="poor").wait(days=4), 0),
        ("the review: named, and nothing followed", DISGUISED, SHOW.wait(days=15), 1),
        ("two weeks are not over", DISGUISED, SHOW.wait(days=13), 0),
        ("only talked over", DISGUISED, SUPERVISED.wait(days=15), 1),
        ("talked over and looked at", DISGUISED, UNANNOUNCED.wait(days=15), 1),
        ("talked over, looked at, and others heard", DISGUISED, HEARD.wait(days=15), 0),
        ("the parents are no other source", DISGUISED, SHOW.then("meeting", status="held").then("visit", announced=False).then("spoke_to", person="mother").wait(days=15), 1),
        ("agencies answered", DISGUISED, SHOW.then("meeting", "manager", status="held").then("visit", "worker", announced=False).then("check", agency="school", status="replied").then("check", agency="police", status="replied").wait(days=15), 0),
        ("put before a strategy discussion", DISGUISED, SHOW.then("strategy_discussion", decision="section47_joint").wait(days=15), 0),
        ("put before a conference", DISGUISED, SHOW.then("conference", which="initial").wait(days=15), 0),
        ("named by nobody", DISGUISED, referred().wait(days=15), 0),
    ),
)  # fmt: skip
def test_what_nobody_has_done(duty: Duty, before: Story, asked: int) -> None:
    assert len(before.missed(duty)) == asked


def test_what_is_left_to_do_is_said() -> None:
    says = SUPERVISED.wait(days=15).missed(DISGUISED)[0].says

    assert "unannounced" in says
    assert "manager" not in says


def test_compliance_for_show_is_one_task_however_often_it_is_named() -> None:
    again = SHOW.wait(days=3).then("concern", "nurse", concerns=["disguised_compliance"]).wait(days=20)

    assert [one.key for one in again.missed(DISGUISED)] == [one.key for one in SHOW.wait(days=15).missed(DISGUISED)]
