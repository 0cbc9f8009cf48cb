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
POLICE = ONCE.then("police_check", status="requested")
AGAIN = POLICE.wait(days=2).then("visit", "worker", **NO_REPLY).then("police_check", status="requested")
CAME = POLICE.then("police_check", status="attended").then("visit", "worker", **NO_REPLY)
REFUSED = (
    POLICE.then("police_check", status="refused")
    .then("visit", "worker", **NO_REPLY)
    .then("police_check", status="requested")
)
SEEN_SINCE = (
    POLICE.then("visit", "worker", **SEEN)
    .then("visit", "worker", **NO_REPLY, times=2)
    .then("police_check", status="requested")
)
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
            "nurse and teacher were asked to the discussion",
            NETWORK,
            SEEN_BY_NURSE.then("strategy_discussion", invited=["nurse", "teacher"])
            .then("medical", "doctor", **EXAMINED)
            .wait(days=4),
            0,
        ),
        (
            "nurse and teacher wrote to the discussion",
            NETWORK,
            SEEN_BY_NURSE.then("strategy_discussion", accounts=["nurse", "teacher"])
            .then("medical", "doctor", **EXAMINED)
            .wait(days=4),
            0,
        ),
        (
            "they gave their views after it",
            NETWORK,
            MEDICAL.then("closure_proposed", "worker", views={"nurse": "agree", "teacher": "agree"}).wait(days=4),
            0,
        ),
        (
            "what was found was shared with them",
            NETWORK,
            MEDICAL.then("concern", "worker", shared_with=["nurse", "teacher"]).wait(days=4),
            0,
        ),
        (
            "they were spoken to before it",
            NETWORK,
            SEEN_BY_NURSE.then("spoke_to", "worker", person="nurse")
            .then("spoke_to", "worker", person="teacher")
            .then("medical", "doctor", **EXAMINED)
            .wait(days=4),
            1,
        ),
        (
            "the last visit before it was the nurse's",
            NETWORK,
            referred("nurse")
            .then("visit", "worker", **SEEN)
            .then("visit", "nurse", **SEEN)
            .then("medical", "doctor", **EXAMINED)
            .wait(days=4),
            0,
        ),
        ("a pregnancy, in a story", NETWORK, SEEN_BY_NURSE.then("household", what="pregnancy_known").wait(days=4), 0),
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
        (
            "a discussion before the second call",
            NO_ACCESS,
            ONCE.then("strategy_discussion", decision="assessment").then("visit", "worker", **NO_REPLY).wait(days=5),
            1,
        ),
        (
            "a discussion after the second call",
            NO_ACCESS,
            TWICE.then("strategy_discussion", decision="assessment").wait(days=5),
            0,
        ),
        ("only talked about after it", NO_ACCESS, TWICE.then("spoke_to", "worker", person="nurse").wait(days=5), 1),
        ("seen in time by the nurse", NO_ACCESS, TWICE.then("visit", "nurse", **SEEN).wait(days=5), 0),
        ("seen when the time was over", NO_ACCESS, TWICE.wait(days=5).then("visit", "nurse", **SEEN).wait(days=5), 1),
        (
            "four calls, asked about twice",
            NO_ACCESS,
            TWICE.wait(days=5).then("visit", "worker", **NO_REPLY, times=2).wait(days=5),
            2,
        ),
        (
            "refused at the door, and later nobody answers twice",
            NO_ACCESS,
            ONCE.then("visit", "worker", access="denied").then("visit", "worker", **NO_REPLY, times=2).wait(days=5),
            1,
        ),
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
        ("the police asked once more, and nobody in yet", NO_ACCESS, AGAIN.wait(days=1), 1),
        ("asked once more, and there is still time", NO_ACCESS, AGAIN, 0),
        ("the police came, and the door stays shut", NO_ACCESS, CAME.wait(days=5), 1),
        ("the police said no, and are asked anew", NO_ACCESS, REFUSED.wait(days=5), 0),
        ("asked in vain, and then discussed", NO_ACCESS, AGAIN.then("strategy_discussion").wait(days=1), 0),
        (
            "asked in vain, and the police get in",
            NO_ACCESS,
            AGAIN.then("police_check", status="attended").wait(days=1),
            0,
        ),
        ("asked long ago, and seen since", NO_ACCESS, SEEN_SINCE.wait(days=5), 0),
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


WORKING = referred(live=True).then("visit", "nurse", **SEEN)


@pytest.mark.parametrize(
    ("before", "told"),
    table(
        ("a pregnancy", WORKING.then("household", what="pregnancy_known"), 1),
        ("a pregnancy of which nobody knew", WORKING.then("household", what="pregnancy_known", known=False), 0),
        ("a move", WORKING.then("household", what="moved_address"), 0),
        ("a new worker", WORKING.then("allocated", to="worker"), 1),
        ("a worker who goes", WORKING.then("allocated", ended="worker"), 0),
        ("a medical", WORKING.then("medical", "doctor", **EXAMINED), 1),
        ("an appointment", WORKING.then("medical", "doctor", what="attended"), 0),
        ("somebody told of a pregnancy in another way", WORKING.then("concern", "nurse", what="pregnancy_known"), 0),
        ("a medical by the only one at work", referred(live=True).then("medical", "teacher", **EXAMINED), 0),
    ),
)
def test_the_engine_tells_those_at_work_at_once(before: Story, told: int) -> None:
    assert len(before.oughts(NETWORK)) == told
