"""What everybody at work with a child is told, and doors that stay shut."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.duties.network import NETWORK, NO_ACCESS
from workflow.rule import Duty

NO_REPLY: dict[str, Any] = {"access": "no_reply"}
SEEN: dict[str, Any] = {"access": "granted", "child_seen": True}
EXAMINED: dict[str, Any] = {"what": "child_protection_medical", "finding": "explained"}
SEEN_BY_NURSE = referred("teacher").then("visit", "nurse", **SEEN).then("visit", "worker", **SEEN)
MEDICAL = SEEN_BY_NURSE.then("medical", "doctor", **EXAMINED)
ONCE = referred().then("visit", "worker", **NO_REPLY)
TWICE = ONCE.wait(days=3).then("visit", "worker", **NO_REPLY)
CONTINGENCY = [{"when": "access_denied", "then": ["police_check"]}]


@pytest.mark.parametrize(
    ("duty", "before", "count"),
    table(
        ("the review: nobody told the nurse", NETWORK, MEDICAL.wait(days=4), 1),
        ("there is still time", NETWORK, MEDICAL, 0),
        (
            "nurse and teacher were at the discussion",
            NETWORK,
            SEEN_BY_NURSE.then("strategy_discussion", attended=["nurse", "teacher"])
            .then("medical", "doctor", **EXAMINED)
            .wait(days=4),
            0,
        ),
        (
            "they were told",
            NETWORK,
            MEDICAL.then("spoke_to", "worker", person="nurse")
            .then("spoke_to", "worker", person="teacher")
            .wait(days=4),
            0,
        ),
        ("one of them was", NETWORK, MEDICAL.then("spoke_to", "worker", person="nurse").wait(days=4), 1),
        (
            "a colleague of theirs was",
            NETWORK,
            MEDICAL.then("meeting", which="core_group", attended=["nurse", "teacher"]).wait(days=4),
            0,
        ),
        (
            "who left months ago is not at it any more",
            NETWORK,
            referred("teacher").wait(weeks=10).then("medical", "doctor", **EXAMINED).wait(days=4),
            0,
        ),
        (
            "an appointment is no medical",
            NETWORK,
            SEEN_BY_NURSE.then("medical", "doctor", what="attended").wait(days=4),
            0,
        ),
        ("the review: call after call", NO_ACCESS, TWICE.wait(days=4), 1),
        (
            "the nurse gets in all the while",
            NO_ACCESS,
            ONCE.then("visit", "nurse", **SEEN).wait(days=3).then("visit", "worker", **NO_REPLY).wait(days=4),
            1,
        ),
        ("twice on one day", NO_ACCESS, referred().then("visit", "worker", **NO_REPLY, times=2).wait(days=2), 1),
        ("once", NO_ACCESS, ONCE.wait(days=2), 0),
        ("there is still time", NO_ACCESS, TWICE, 0),
        (
            "let in between",
            NO_ACCESS,
            ONCE.then("visit", "worker", **SEEN).then("visit", "worker", **NO_REPLY).wait(days=2),
            0,
        ),
        ("weeks apart", NO_ACCESS, ONCE.wait(days=30).then("visit", "worker", **NO_REPLY).wait(days=2), 0),
        ("two services, once each", NO_ACCESS, ONCE.then("visit", "nurse", **NO_REPLY).wait(days=2), 0),
        ("the police were asked", NO_ACCESS, TWICE.then("police_check", status="requested").wait(days=2), 0),
        ("it was talked over", NO_ACCESS, TWICE.then("meeting", "manager", which="supervision").wait(days=2), 0),
        (
            "the child was seen the next day",
            NO_ACCESS,
            TWICE.wait(hours=20).then("visit", "worker", **SEEN).wait(days=2),
            0,
        ),
        ("a refusal has a rule of its own", NO_ACCESS, ONCE.then("visit", "worker", access="denied").wait(days=2), 0),
        (
            "so has what a plan lays down",
            NO_ACCESS,
            referred()
            .then("plan", which="child_in_need", status="started", contingencies=CONTINGENCY)
            .then("visit", "worker", **NO_REPLY, times=2)
            .wait(days=2),
            0,
        ),
        ("closed", NO_ACCESS, TWICE.then("closure").wait(days=2), 0),
    ),
)
def test_what_a_story_shows_that_nobody_did(duty: Duty, before: Story, count: int) -> None:
    assert len(before.missed(duty)) == count


def test_everybody_outside_social_care_is_told_at_once_but_whoever_did_it() -> None:
    live = referred("teacher", live=True).then("visit", "nurse", **SEEN).then("allocated", to="worker")
    told = live.then("medical", "nurse", **EXAMINED).oughts(NETWORK)

    assert [(one.template, one.to) for one in told] == [("network", ("teacher", "nurse")), ("network", ("teacher",))]
    assert len({one.key for one in told}) == len(told)
