"""A baby with an open case goes home on a plan made before the day."""

from datetime import date
from typing import Any

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.gates.discharge import DISCHARGE

WARD = referred("midwife", born="2026-02-20").then("medical", "doctor", what="admitted")
LONG = WARD.wait(days=20)
MEETING: dict[str, Any] = {"which": "discharge_planning", "status": "held", "attended": ["worker", "doctor", "nurse"]}
BORN = story("2026-03-10").then("contact", "midwife").then("household", what="birth")
OLDER = referred(born="2019-03-10").then("medical", what="admitted").wait(days=20)
PLANNED_FOR = (
    referred(born="2019-03-10")
    .then("plan", which="child_in_need", status="started")
    .then("medical", what="admitted")
    .wait(days=3)
)


@pytest.mark.parametrize(
    ("before", "event", "verdict"),
    table(
        ("nobody planned it", LONG, {}, "silent"),
        ("planned with the others", LONG, {"planned": True}, "nothing"),
        ("said not to be planned", LONG, {"planned": False}, "said"),
        ("the review: planned on the day", LONG.then("meeting", **MEETING), {}, "said"),
        ("planned the day before", LONG.then("meeting", **MEETING).wait(days=1), {}, "said"),
        ("planned two working days before", LONG.then("meeting", **MEETING).wait(days=4), {}, "nothing"),
        ("planned on the day, a manager there", LONG.then("meeting", "manager", **MEETING), {}, "nothing"),
        ("a meeting asked for", LONG.then("meeting", which="discharge_planning", status="requested").wait(days=4), {}, "silent"),
        ("a meeting of professionals", LONG.then("meeting", which="professionals", status="held").wait(days=4), {}, "nothing"),
        ("a supervision is not the agencies", LONG.then("meeting", which="supervision", status="held").wait(days=4), {}, "silent"),
        ("a strategy discussion on the ward", LONG.then("strategy_discussion", decision="section47_joint"), {}, "nothing"),
        ("a conference during the stay", LONG.then("conference", which="initial"), {}, "nothing"),
        ("two nights, planned on the first day", WARD.then("meeting", **MEETING).wait(days=2), {}, "nothing"),
        ("two nights, planned at the door", WARD.wait(days=2).then("meeting", **MEETING), {}, "said"),
        ("home the same day", WARD.wait(hours=5), {}, "nothing"),
        ("after the birth", BORN.wait(days=4), {}, "silent"),
        ("after the birth, planned before it", story("2026-03-17").then("contact", "midwife").then("meeting", **MEETING).wait(days=7).then("household", what="birth").wait(days=2), {}, "nothing"),
        ("after the birth, under a plan made before it", story("2026-03-17").then("contact", "midwife").then("conference", which="initial").wait(days=7).then("household", what="birth").wait(days=2), {}, "nothing"),
        ("a conference long before an illness", story("2025-06-01").wait(days=-300).then("contact", "midwife").then("conference", which="initial").wait(days=300).then("medical", what="admitted").wait(days=9), {}, "silent"),
        ("never admitted", referred(born="2026-02-20"), {}, "nothing"),
        ("an older child", OLDER, {}, "nothing"),
        ("the case is closed", WARD.then("closure").wait(days=20), {}, "part"),
        ("the case is closed, and it was planned", WARD.then("closure").wait(days=20), {"planned": True}, "nothing"),
        ("nobody was ever worried", story("2026-03-10").with_child(born=date(2026, 2, 20)).then("medical", "doctor", what="admitted").wait(days=20), {}, "nothing"),
        ("an older child with a plan, and nobody planned it", PLANNED_FOR, {"planned": False}, "part"),
        ("an older child with a plan, and nothing is said of it", PLANNED_FOR, {}, "nothing"),
        ("an older child without a plan", OLDER, {"planned": False}, "nothing"),
        ("the mother goes home", LONG, {"for_": "mother"}, "nothing"),
        ("home before, and in again", LONG.then("medical", what="discharged", planned=True).wait(days=9).then("medical", what="admitted").wait(hours=3), {}, "nothing"),
    ),
)  # fmt: skip
def test_a_discharge(before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(DISCHARGE, "medical", "doctor", what="discharged", **event) == verdict
