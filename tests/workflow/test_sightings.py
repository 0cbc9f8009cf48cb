"""When a child counts as seen, and where somebody sees it every day."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.sightings import dead, in_daily_sight, in_hospital, last_seen, looked_after, seen_by, sees, sightings


def at_school(by: str, *concerns: str) -> Story:
    """A contact about a child of eight."""
    return referred(by, *concerns, born="2018-01-01")


UNBORN = referred("midwife", born=None, due="2026-10-01")


@pytest.mark.parametrize(
    ("kind", "by", "data", "seen"),
    table(
        ("a visit that saw the child", "visit", "worker", {"access": "granted", "child_seen": True}, True),
        ("seen alone", "visit", "worker", {"access": "granted", "child_seen_alone": True}, True),
        ("a visit that says nothing of the child", "visit", "worker", {"access": "granted"}, False),
        ("the child was out", "visit", "worker", {"access": "granted", "child_seen": False}, False),
        ("nobody answered", "visit", "worker", {"access": "no_reply"}, False),
        ("turned away, seen at the window", "visit", "worker", {"access": "denied", "child_seen": True}, True),
        (
            "never written up",
            "visit",
            "worker",
            {"access": "granted", "child_seen": True, "recorded": False},
            False,
        ),
        ("an injury was seen", "visit", "worker", {"access": "granted", "injury": {"explained": False}}, True),
        ("a relative's word", "visit", "grandfather", {"access": "granted", "child_seen": True}, False),
        (
            "a relative and a worker",
            "visit",
            "grandfather",
            {"access": "granted", "child_seen": True, "with": ["worker"]},
            True,
        ),
        ("brought to the doctor", "appointment", "doctor", {"what": "gp", "outcome": "attended"}, True),
        (
            "the mother's own doctor",
            "appointment",
            "doctor",
            {"what": "gp", "outcome": "attended", "person": "mother"},
            False,
        ),
        ("not brought", "appointment", "doctor", {"what": "gp", "outcome": "was_not_brought"}, False),
        ("admitted", "medical", "doctor", {"what": "admitted"}, True),
        ("told to go", "medical", "worker", {"what": "advised"}, False),
        ("development checked", "tool", "nurse", {"what": "development_check", "result": True}, True),
        ("a score on paper", "tool", "nurse", {"what": "graded_care_profile"}, False),
        ("spoken to", "spoke_to", "worker", {"person": "child"}, True),
        ("could not be spoken to", "spoke_to", "worker", {"person": "child", "done": False}, False),
        ("police at the door", "police_check", "officer", {"status": "attended", "child_seen": True}, True),
        ("police did not see it", "police_check", "officer", {"status": "attended"}, False),
        ("in the conference", "conference", "worker", {"attended": ["worker", "child"]}, True),
        ("an assessment sums up", "assessment", "worker", {"status": "completed", "child_seen": True}, False),
        ("nobody is named", "contact", None, {"child_seen": True}, True),
    ),
)
def test_what_counts_as_seeing_a_child(kind: str, by: str | None, data: dict[str, Any], seen: bool) -> None:
    after = story().then(kind, by, **data)

    assert (last_seen(after.case) is not None) is seen
    assert len(sightings(after.case)) == seen


def test_an_unborn_child_is_never_seen() -> None:
    assert not sightings(UNBORN.then("visit", "midwife", access="granted", child_seen=True).case)


def test_where_a_review_leaves_much_out_a_visit_is_taken_to_have_seen_the_child() -> None:
    unsaid = story(silence_unknown=True)

    assert last_seen(unsaid.then("visit", "worker", access="granted").case) is not None
    assert last_seen(unsaid.then("visit", "worker", access="granted", child_seen=False).case) is None


def test_everybody_who_was_there_saw_the_child() -> None:
    event = story().event("visit", "worker", access="granted", child_seen=True, with_=["nurse"])

    assert seen_by(event) == ("worker", "nurse")
    assert sees(story().case, event)


@pytest.mark.parametrize(
    ("before", "hospital", "away"),
    table(
        ("at home", referred(), False, False),
        ("admitted", referred().then("medical", what="admitted"), True, False),
        ("a parent was admitted", referred().then("medical", what="admitted", for_="mother"), False, False),
        ("home again", referred().then("medical", what="admitted").then("medical", what="discharged"), False, False),
        ("placed", referred().then("household", what="placed"), False, True),
        (
            "placed and home again",
            referred().then("household", what="placed").then("household", what="returned_home"),
            False,
            False,
        ),
        ("under an order", referred().then("order", what="interim_care", status="made"), False, True),
        (
            "the order has ended",
            referred()
            .then("order", what="police_protection", status="made")
            .then("order", what="police_protection", status="ended"),
            False,
            False,
        ),
        ("supervised at home", referred().then("order", what="supervision", status="made"), False, False),
    ),
)
def test_where_a_child_is(before: Story, hospital: bool, away: bool) -> None:
    assert in_hospital(before.case) is hospital
    assert looked_after(before.case) is away


@pytest.mark.parametrize(
    ("before", "daily"),
    table(
        ("the school knows it", at_school("teacher"), True),
        ("too young for school", referred("teacher", born="2025-05-01"), False),
        ("back at school", at_school("teacher", "school_absence").then("household", what="school_joined"), True),
        ("seen there since", at_school("teacher", "missing").then("visit", "teacher", child_seen=True), True),
        ("moved house, and goes on coming", at_school("teacher").then("household", what="moved_address"), True),
        ("nobody from a school", at_school("nurse"), False),
        ("it does not come", at_school("teacher", "school_absence"), False),
        ("it was taken off roll", at_school("teacher").then("household", what="school_withdrawal_asked"), False),
        (
            "the school has ended its part",
            at_school("teacher").then("involvement", who="teacher", status="ended"),
            False,
        ),
    ),
)
def test_a_school_sees_a_child_every_day(before: Story, daily: bool) -> None:
    assert in_daily_sight(before.case, before.terms) is daily


def test_a_death_is_that_of_the_child_itself() -> None:
    died = referred().then("household", what="death", person="child")
    bereaved = referred().then("household", what="death", person="mother")

    assert dead(died.case, died.now)
    assert not dead(bereaved.case, bereaved.now)
