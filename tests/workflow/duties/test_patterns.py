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
        ("a strategy discussion was weighed and not held", CROWDED, WEEK.then(
            "strategy_discussion", held=False, rationale=True).wait(days=4), 1),
        ("met before the last sign", CROWDED, NO_REPLY.then("meeting", which="professionals", status="held").then(
            "visit", "worker", access="granted", conditions="poor").wait(days=4), 1),
        ("decided before it was full", CROWDED, NO_REPLY.then("decision", outcome="assessment").then("visit", "worker", access="granted", conditions="poor").wait(days=4), 0),
        ("the review: named, and nothing followed", DISGUISED, SHOW.wait(days=15), 1),
        ("two weeks are not over", DISGUISED, SHOW.wait(days=13), 0),
        ("only talked over", DISGUISED, SUPERVISED.wait(days=15), 1),
        ("talked over and looked at", DISGUISED, UNANNOUNCED.wait(days=15), 1),
        ("talked over, looked at, and others heard", DISGUISED, HEARD.wait(days=15), 0),
        ("the parents are no other source", DISGUISED, SHOW.then("meeting", status="held").then("visit", announced=False).then("spoke_to", person="mother").wait(days=15), 1),
        ("agencies answered", DISGUISED, SHOW.then("meeting", "manager", status="held").then("visit", "worker", announced=False).then("check", agency="school", status="replied").then("check", agency="police", status="replied").wait(days=15), 0),
        ("somebody else's compliance, weighed before and named since", DISGUISED, referred().then(
            "conference", which="initial").then("concern", "nurse", concerns=["disguised_compliance"]).wait(days=15), 1),
        ("named when nobody knew", DISGUISED, referred().then(
            "concern", "nurse", concerns=["disguised_compliance"], known=False).wait(days=15), 0),
        ("another worry altogether", DISGUISED, SHOW.then("decision", outcome="deferred").wait(days=1).then(
            "conference", which="initial").then("concern", "nurse", concerns=["avoidance"]).wait(days=20), 0),
        ("all of it done before it was named", DISGUISED, referred().then("meeting", status="held").then(
            "visit", "worker", announced=False).then("spoke_to", "worker", person="grandfather").then(
            "spoke_to", "worker", person="teacher").then(
            "concern", "nurse", concerns=["disguised_compliance"]).wait(days=15), 1),
        ("a meeting of which no status is told", DISGUISED, SHOW.then("meeting", "manager", attended=["nurse", "teacher"]).then(
            "visit", "worker", announced=False).wait(days=15), 0),
        ("a meeting that was cancelled", DISGUISED, SHOW.then("meeting", "manager", status="cancelled").then(
            "visit", "worker", announced=False).then("spoke_to", "worker", person="grandfather").then(
            "spoke_to", "worker", person="teacher").wait(days=15), 1),
        ("somebody called unannounced, though not at the home", DISGUISED, SHOW.then("meeting", status="held").then(
            "appointment", "nurse", announced=False).then("spoke_to", "worker", person="grandfather").then(
            "spoke_to", "worker", person="teacher").wait(days=15), 1),
        ("one other heard, twice", DISGUISED, SHOW.then("meeting", status="held").then("visit", announced=False).then(
            "spoke_to", person="grandfather").then("spoke_to", person="grandfather").wait(days=15), 1),
        ("others could not be reached", DISGUISED, SHOW.then("meeting", status="held").then("visit", announced=False).then(
            "spoke_to", person="grandfather", done=False).then("spoke_to", person="teacher", done=False).wait(days=15), 1),
        ("agencies were only asked", DISGUISED, SHOW.then("meeting", status="held").then("visit", announced=False).then(
            "check", agency="school", status="asked").then("check", agency="police", status="asked").wait(days=15), 1),
        ("their views were given to a meeting", DISGUISED, SHOW.then("meeting", status="held",
            views={"nurse": "agree", "teacher": "agree"}).then("visit", announced=False).wait(days=15), 0),
        ("they only wrote it down", DISGUISED, SHOW.then("meeting", status="held").then("visit", announced=False).then(
            "note", "nurse").then("note", "teacher").wait(days=15), 1),
        ("a parent of another child is another source", DISGUISED, SHOW.with_adult("aunt", "mother", "cousin").then(
            "meeting", status="held").then("visit", announced=False).then("spoke_to", person="aunt").then(
            "spoke_to", person="teacher").wait(days=15), 0),
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
