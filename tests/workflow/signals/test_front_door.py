"""What the signals of the front door see, and how high they hold a case."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.rule import Signal
from workflow.signals.front_door import CLUSTER, DA_UPLIFT, INFANT_NEGLECT, RECENT_CLOSURE
from workflow.signals.injury import INJURED_INFANT

YOUNG = "2026-02-01"
SORE = referred("worker", "pain", "physical_finding", born=YOUNG)
THREE = referred("key_worker").then("contact", "key_worker").then("contact", "key_worker")
CALL = referred("teacher", "neglect", channel="phone")
CLOSED = referred().then("closure").wait(days=60)
HELD: dict[str, Any] = {"attended": ["manager"], "decision": "assessment"}


@pytest.mark.parametrize(
    ("signal", "before", "floor"),
    table(
        ("the review: a sore baby", INJURED_INFANT, SORE, "red"),
        ("decided, not looked into", INJURED_INFANT, SORE.then("decision", outcome="assessment"), "red"),
        ("discussed", INJURED_INFANT, SORE.then("strategy_discussion", **HELD), None),
        (
            "explained by a doctor",
            INJURED_INFANT,
            SORE.then("medical", what="clinician_report", finding="explained"),
            None,
        ),
        ("not explained", INJURED_INFANT, SORE.then("medical", what="clinician_report", finding="inconclusive"), "red"),
        ("a child who runs", INJURED_INFANT, referred("teacher", "injury"), None),
        ("said not to move about", INJURED_INFANT, referred(injury={"child_mobile": False}), "red"),
        ("not born yet", INJURED_INFANT, referred("midwife", "pain", born=None, due="2026-08-01"), None),
        ("closed", INJURED_INFANT, SORE.then("closure"), None),
        ("the review: three at once", CLUSTER, THREE, "red"),
        ("two agencies, two matters", CLUSTER, referred().then("contact", "nurse", concerns=["weight"]), "amber"),
        ("two agencies, one matter", CLUSTER, referred().then("contact", "nurse", concerns=["neglect"]), None),
        (
            "two agencies, one matter days later",
            CLUSTER,
            referred().wait(days=5).then("contact", "nurse", concerns=["neglect"]),
            "amber",
        ),
        (
            "two matters soon after a closure",
            CLUSTER,
            CLOSED.then("contact", "nurse").then("contact", "teacher"),
            "red",
        ),
        (
            "a call confirmed in writing",
            CLUSTER,
            CALL.then("contact", "teacher", channel="form", concerns=["neglect"]),
            None,
        ),
        (
            "a call, and something new in writing",
            CLUSTER,
            CALL.then("contact", "teacher", channel="form", concerns=["neglect", "injury"]),
            "amber",
        ),
        (
            "the same agency calls twice",
            CLUSTER,
            CALL.then("contact", "teacher", channel="phone", concerns=["neglect"]),
            "amber",
        ),
        ("one contact", CLUSTER, referred(), None),
        ("told twice within a week", CLUSTER, referred(times=2, precision="week"), "amber"),
        ("told three times within a week", CLUSTER, referred(times=3, precision="week"), "red"),
        ("twice in a month", CLUSTER, referred(times=2, precision="month"), None),
        ("far apart", CLUSTER, referred().wait(days=9).then("contact", "nurse"), None),
        ("from relatives", CLUSTER, referred("grandfather").then("contact", "grandfather"), None),
        ("decided on together", CLUSTER, THREE.then("decision", outcome="assessment"), None),
        ("the review: closed lately", RECENT_CLOSURE, CLOSED.then("contact", "nurse"), "amber"),
        ("closed long ago", RECENT_CLOSURE, CLOSED.wait(days=330).then("contact", "nurse"), None),
        ("decided on", RECENT_CLOSURE, CLOSED.then("contact").then("decision", outcome="assessment"), None),
        ("the first time", RECENT_CLOSURE, referred(), None),
        (
            "the review: a quarrel in pregnancy",
            DA_UPLIFT,
            referred("officer", "domestic_abuse", born=None, due="2026-05-01"),
            "amber",
        ),
        ("with a baby", DA_UPLIFT, referred(born=YOUNG).then("incident", what="domestic_abuse"), "amber"),
        ("with an older child", DA_UPLIFT, referred("officer", "domestic_abuse"), None),
        (
            "the review: a neglected newborn, not for the first time",
            INFANT_NEGLECT,
            referred("midwife", "non_engagement", born=YOUNG).then("contact", "key_worker", concerns=["neglect"]),
            "amber",
        ),
        ("keeps away", INFANT_NEGLECT, referred("midwife", "neglect", "avoidance", born=YOUNG), "amber"),
        ("the first concern", INFANT_NEGLECT, referred("midwife", "neglect", born=YOUNG), None),
        ("an older child", INFANT_NEGLECT, referred("teacher", "neglect", "avoidance"), None),
    ),
)
def test_a_pattern(signal: Signal, before: Story, floor: str | None) -> None:
    assert before.floor(signal) == floor
