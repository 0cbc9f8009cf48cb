"""Visits: seen, seen alone, let in without seeing the child, or a door that stayed shut. Appointments kept or not."""

from typing import Any

import pytest

from models.vocabulary import Kind
from tests.support.stories import Story, referred, table
from workflow.visits_read import Attendance, Result, attendance, sight, visits

LET_IN: dict[str, Any] = {"access": "granted"}
RESULTS = table(
    ("nobody opened", {"access": "no_reply"}, Result.NO_ACCESS),
    ("they were not let in", {"access": "denied"}, Result.NO_ACCESS),
    ("seen at the door all the same", {"access": "denied", "child_seen": True}, Result.SEEN),
    ("let in, and the child was not there", LET_IN | {"child_seen": False}, Result.NOT_SEEN),
    ("let in, and nothing is said of the child", LET_IN, Result.NOT_SEEN),
    ("seen", LET_IN | {"child_seen": True}, Result.SEEN),
    ("seen alone", LET_IN | {"child_seen": True, "child_seen_alone": True}, Result.ALONE),
)


@pytest.mark.parametrize(("told", "result"), RESULTS)
def test_what_came_of_a_visit(told: dict[str, Any], result: Result) -> None:
    assert [one.result for one in visits(referred().then("visit", "worker", **told).case)] == [result]


def test_before_the_birth_the_home_was_visited() -> None:
    tale = referred(born=None, due="2026-06-01").then("visit", "midwife", access="granted")

    assert [one.result for one in visits(tale.case)] == [Result.UNBORN]


def test_a_visit_nobody_knew_of_is_left_out() -> None:
    assert visits(referred().then("visit", access="granted", known=False).case) == []


def allocated() -> Story:
    """A case that social care has taken on."""
    tale = referred(live=True).then("decision", "triage", manager="hub_manager", outcome="assessment")
    return tale.then("assessment", "triage", status="started").then("allocated", "manager", to="worker")


def test_the_time_to_the_next_sighting_runs_from_the_last_one() -> None:
    seen = allocated().wait(days=2).then("visit", "worker", access="granted", child_seen=True)
    found = sight(seen.case, seen.terms)

    assert found.last is not None
    assert found.last.kind is Kind.VISIT
    assert found.started == found.last.at
    assert found.due is not None
    assert found.due > seen.now


def test_a_child_that_nobody_has_seen_has_a_day_all_the_same() -> None:
    found = sight(allocated().case, allocated().terms)

    assert found.last is None
    assert found.due is not None


IDLE = table(
    ("closed", allocated().then("closure", "worker", manager="manager"), "the case is closed"),
    ("nobody has taken it on", referred(live=True), "social care has not taken the case on yet"),
    (
        "on a ward",
        allocated().then("medical", "doctor", what="admitted"),
        "the child is in hospital, where it is seen every day",
    ),
    (
        "home from the ward",
        allocated().then("medical", "doctor", what="admitted").then("medical", what="discharged"),
        "",
    ),
    ("placed", allocated().then("household", what="placed"), "the child lives with carers who answer for it"),
    ("dead", allocated().then("household", what="death"), "the child has died"),
)


@pytest.mark.parametrize(("tale", "why"), IDLE)
def test_where_no_day_is_set_the_reason_is_said(tale: Story, why: str) -> None:
    found = sight(tale.case, tale.terms)

    assert found.idle == why
    assert (found.due is None) is bool(why)


def test_a_school_that_sees_a_child_every_day_stands_in_for_a_visit() -> None:
    tale = referred("teacher", live=True, born="2016-05-01")
    tale = tale.then("assessment", "worker", status="started").then("allocated", "manager", to="worker")

    assert sight(tale.case, tale.terms).idle == "school or nursery sees the child every day"


def test_before_the_birth_no_child_is_to_be_seen() -> None:
    tale = referred("midwife", live=True, born=None, due="2026-06-01").then("assessment", "worker", status="started")

    assert sight(tale.case, tale.terms).idle == "the child is not born yet"


def test_appointments_are_added_up_and_what_was_missed_most_comes_first() -> None:
    tale = (
        referred()
        .then("appointment", "nurse", what="immunisation", outcome="attended")
        .then("appointment", "doctor", what="paediatric", outcome="was_not_brought", times=3)
        .then("appointment", "doctor", what="paediatric", outcome="cancelled")
        .then("appointment", "doctor", what="paediatric", outcome="missed")
    )

    assert attendance(tale.case.of(Kind.APPOINTMENT)) == [
        Attendance("paediatric", kept=0, not_brought=4, other=1),
        Attendance("immunisation", kept=1, not_brought=0, other=0),
    ]
