"""Who was asked to a meeting and how each took part, who is missing for a quorum, and what came of it."""

import pytest

from tests.support.stories import Story, referred, table
from workflow.meetings_read import Discussion, Part, declined, discussions, sittings

CALLED = (
    referred(live=True)
    .then("strategy_discussion", "triage", requested=True, starts="2026-03-11T14:00:00+00:00", minutes=45)
    .then("invited", "system", who=["teacher", "officer", "nurse", "worker"])
)


def held(tale: Story, attended: list[str], **more: object) -> Story:
    """Hold the discussion."""
    return tale.then("strategy_discussion", "worker", attended=attended, decision="assessment", rationale=True, **more)


def only(tale: Story) -> Discussion:
    """Return the only discussion."""
    (found,) = discussions(tale.case, tale.terms)
    return found


def part(tale: Story, who: str) -> Part:
    """Say how somebody took part."""
    return next(seat.part for seat in only(tale).seats if seat.who == who)


PARTS = table(
    ("invited, and not held yet", CALLED, Part.AWAITED),
    ("wrote before it", CALLED.then("account", "teacher", words="thin and cold"), Part.WROTE),
    ("excused before it", CALLED.then("excused", "manager", who="teacher", code="other"), Part.EXCUSED),
    ("came", held(CALLED, ["teacher", "worker"]), Part.ATTENDED),
    ("came and had written too", held(CALLED.then("account", "teacher"), ["teacher"]), Part.ATTENDED),
    ("wrote and did not come", held(CALLED, ["worker"], accounts=["teacher"]), Part.WROTE),
    ("sent apologies", held(CALLED, ["worker"], apologies={"teacher": "ill"}), Part.APOLOGISED),
    ("was not there", held(CALLED, ["worker"]), Part.AWAY),
)


@pytest.mark.parametrize(("tale", "expected"), PARTS)
def test_how_somebody_took_part(tale: Story, expected: Part) -> None:
    assert part(tale, "teacher") is expected


def test_who_referred_is_marked_and_who_came_unasked_is_too() -> None:
    seats = {seat.who: (seat.referrer, seat.invited) for seat in only(held(CALLED, ["doctor"])).seats}

    assert seats["teacher"] == (True, True)
    assert seats["doctor"] == (False, False)


def test_before_it_is_held_the_quorum_lacks_whoever_was_not_asked() -> None:
    alone = referred(live=True).then(
        "strategy_discussion", "triage", requested=True, starts="2026-03-11T14:00:00+00:00"
    )
    some = alone.then("invited", "system", who=["worker", "nurse"])

    assert set(only(alone).lacking) == {"social_care", "police", "health"}
    assert only(some).lacking == ("police",)
    assert only(CALLED).lacking == ()


def test_once_it_is_held_the_quorum_lacks_whoever_did_not_take_part() -> None:
    assert only(held(CALLED, ["worker", "nurse"])).lacking == ("police",)
    assert only(held(CALLED, ["worker", "nurse"], accounts=["officer"])).lacking == ()


def test_a_discussion_that_was_moved_is_one_discussion_at_its_new_time() -> None:
    moved = CALLED.then(
        "strategy_discussion", "triage", requested=True, moved=True, starts="2026-03-12T09:00:00+00:00", minutes=30
    )

    found = only(moved)
    assert (found.starts.day, found.minutes, found.moves) == (12, 30, 1)


def test_each_call_is_a_discussion_of_its_own_and_the_newest_comes_first() -> None:
    again = held(CALLED, ["worker"]).then(
        "strategy_discussion", "worker", requested=True, starts="2026-04-01T09:00:00+00:00"
    )

    found = discussions(again.case, again.terms)
    assert [one.outcome is None for one in found] == [True, False]
    assert [seat.who for seat in found[0].seats] == []


def test_one_of_which_only_the_outcome_is_told_is_a_discussion_too() -> None:
    found = only(held(referred(), ["worker", "officer", "nurse"], invited=["teacher"]))

    assert {seat.who: seat.part for seat in found.seats}["teacher"] is Part.AWAY
    assert found.outcome is found.called


def test_one_that_was_considered_and_not_held_is_told_apart() -> None:
    tale = CALLED.then("strategy_discussion", "manager", held=False, rationale=True)

    assert [event.by for event in declined(tale.case)] == ["manager"]
    assert only(tale).outcome is None


def test_other_meetings_say_who_was_asked_and_did_not_come() -> None:
    tale = referred().then("meeting", "worker", which="core_group", invited=["teacher", "nurse"], attended=["teacher"])
    tale = tale.then("conference", "manager", which="initial", attended=["teacher"], accounts=["doctor"])

    conference, group = sittings(tale.case)
    assert {seat.who: seat.part for seat in group.seats} == {"teacher": Part.ATTENDED, "nurse": Part.AWAY}
    assert {seat.who: seat.part for seat in conference.seats} == {"teacher": Part.ATTENDED, "doctor": Part.WROTE}
    assert all(seat.invited for seat in conference.seats), "nothing is said of invitations, so none is missing"
