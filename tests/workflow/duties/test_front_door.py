"""What ought to be done at the front door, and what a story shows that nobody did."""

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.duties.front_door import ACKNOWLEDGE, CLOSED_CASE, OUTCOME
from workflow.duties.prebirth import HOLDER, PREBIRTH, SECOND_PERSON, WAKES
from workflow.rule import Duty

LATE = {"days": 5}
TOLD = referred().then("decision", outcome="assessment", told_referrer=True, for_=["first"])
NOT_TOLD = referred().then("decision", outcome="assessment")
CLOSED = referred().then("closure", told_referrer=True).wait(days=9)
UNBORN = referred("midwife", "mental_health", born=None, due="2026-10-01")
CARE_LEAVER = UNBORN.with_parent(["care_leaver"])


@pytest.mark.parametrize(
    ("duty", "before", "count"),
    table(
        ("nobody told the referrer", ACKNOWLEDGE, referred().wait(**LATE), 1),
        ("there is still time", ACKNOWLEDGE, referred(), 0),
        ("told with the decision", ACKNOWLEDGE, TOLD.wait(**LATE), 0),
        (
            "another contact was told",
            ACKNOWLEDGE,
            referred().then("decision", told_referrer=True, for_=["x"]).wait(**LATE),
            1,
        ),
        ("a relative gets no letter", ACKNOWLEDGE, referred("grandfather").wait(**LATE), 0),
        ("the outcome told", OUTCOME, TOLD.wait(**LATE), 0),
        ("the outcome kept back", OUTCOME, NOT_TOLD.wait(**LATE), 1),
        ("no referrer to tell", OUTCOME, story().then("contact", "grandfather").then("decision").wait(**LATE), 0),
        (
            "a casebook cannot say that a conference was told",
            OUTCOME,
            TOLD.then("conference", which="initial").wait(**LATE),
            0,
        ),
        (
            "the review: said to a worker after the closure",
            CLOSED_CASE,
            CLOSED.then("contact", "key_worker", to="worker"),
            1,
        ),
        ("sent to the hub", CLOSED_CASE, CLOSED.then("contact", "key_worker", to="hub"), 0),
        ("the review: logged after the closure", CLOSED_CASE, CLOSED.then("concern", "nurse", referred=False), 1),
        ("logged and referred", CLOSED_CASE, CLOSED.then("concern", "nurse", referred=True), 0),
        ("logged on an open case", CLOSED_CASE, referred().then("concern", "nurse", referred=False), 0),
        ("logged years later", CLOSED_CASE, CLOSED.wait(days=400).then("concern", "nurse", referred=False), 0),
        ("logged by a relative", CLOSED_CASE, CLOSED.then("concern", "grandfather"), 0),
        ("the review: unborn, to a care leaver", PREBIRTH, CARE_LEAVER.wait(**LATE), 1),
        ("unborn, to a family nobody knows", PREBIRTH, UNBORN.wait(**LATE), 0),
        (
            "unborn, and the family keeps away",
            PREBIRTH,
            referred("midwife", "avoidance", born=None, due="2026-10-01").wait(**LATE),
            1,
        ),
        ("assessed", PREBIRTH, CARE_LEAVER.then("assessment", status="started", pre_birth=True).wait(**LATE), 0),
        (
            "put off to a day to come",
            PREBIRTH,
            CARE_LEAVER.then("decision", outcome="deferred", until="2026-04-01").wait(**LATE),
            0,
        ),
        (
            "put off to a day gone by",
            PREBIRTH,
            CARE_LEAVER.then("decision", outcome="deferred", until="2026-03-12").wait(**LATE),
            1,
        ),
        ("of an age nobody knows", PREBIRTH, referred("midwife", "avoidance", born=None).wait(**LATE), 0),
        (
            "known by its weeks",
            PREBIRTH,
            referred("midwife", "avoidance", born=None, pregnancy={"weeks": 9}).wait(**LATE),
            1,
        ),
        ("born already", PREBIRTH, referred("midwife", "avoidance").with_parent(["care_leaver"]).wait(**LATE), 0),
    ),
)
def test_what_a_story_shows_that_nobody_did(duty: Duty, before: Story, count: int) -> None:
    assert len(before.missed(duty)) == count


def test_the_live_record_acknowledges_at_once_and_only_the_open_episode() -> None:
    again = referred(live=True).then("closure").wait(days=9).then("contact", "nurse", named="second")

    assert [one.key for one in again.oughts(ACKNOWLEDGE)] == ["ack:second"]
    assert again.oughts(ACKNOWLEDGE)[0].to == ("nurse",)


def test_the_live_record_tells_every_kind_of_outcome_until_it_was_posted() -> None:
    held = referred(live=True).then("strategy_discussion", decision="assessment", named="talk")

    assert [one.to for one in held.oughts(OUTCOME)] == [("teacher",)]
    assert held.then("told", of="talk", who="teacher").oughts(OUTCOME) == []


def test_a_closed_case_still_tells_its_referrer() -> None:
    closed = referred(live=True).then("closure", named="end")

    assert [(one.template, one.to) for one in closed.oughts(OUTCOME)] == [("closed", ("teacher",))]


def test_what_was_put_off_wakes_on_its_day_and_not_before() -> None:
    put_off = referred(live=True).then("decision", outcome="deferred", until="2026-03-20")

    assert put_off.oughts(WAKES) == []
    assert [one.verb for one in put_off.wait(days=10).oughts(WAKES)] == ["wake"]
    assert [one.template for one in put_off.wait(days=10).then("woken").oughts(WAKES)] == ["woken"]


def test_a_lower_grade_is_put_before_a_manager() -> None:
    waiting = referred(live=True).then("grade", grade="red").then("grade_proposed", grade="amber")

    assert len(waiting.oughts(SECOND_PERSON)) == 1
    assert waiting.then("grade", grade="amber").oughts(SECOND_PERSON) == []


def test_whoever_is_given_a_case_hears_of_it() -> None:
    given = referred(live=True).then("allocated", to="worker")

    assert [one.to for one in given.oughts(HOLDER)] == [("worker",)]
