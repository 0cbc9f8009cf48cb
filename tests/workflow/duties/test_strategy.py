"""Who is invited to a strategy discussion by the engine itself."""

from tests.support.stories import referred
from workflow.duties.strategy import CANCEL, INVITE

CALLED = referred(live=True).then("strategy_discussion", requested=True, starts="2026-03-10T15:00+00:00", named="talk")
INVITED = CALLED.then("invited", "system", who=["teacher", "officer", "nurse"])


def test_the_referrer_and_the_desk_are_invited_at_once() -> None:
    (ought,) = CALLED.oughts(INVITE)

    assert ought.verb == "invite"
    assert dict(ought.args) == {"who": ("teacher", "officer", "nurse")}


def test_only_who_is_missing_is_invited() -> None:
    half = CALLED.then("invited", "manager", who=["teacher", "officer"])

    assert [dict(one.args) for one in half.oughts(INVITE) if one.verb] == [{"who": ("nurse",)}]


def test_everybody_invited_gets_one_invitation() -> None:
    oughts = INVITED.oughts(INVITE)

    assert [(one.template, one.to) for one in oughts] == [
        ("invitation", ("teacher",)),
        ("invitation", ("officer",)),
        ("invitation", ("nurse",)),
    ]
    assert {one.key for one in INVITED.wait(hours=1).oughts(INVITE)} == {one.key for one in oughts}


def test_a_meeting_that_moves_is_told_to_everybody_invited() -> None:
    moved = INVITED.then("strategy_discussion", requested=True, moved=True, starts="2026-03-10T17:00+00:00")

    assert [one.template for one in moved.oughts(INVITE)].count("invitation_changed") == 3


def test_nobody_is_invited_to_what_was_held_or_to_a_story() -> None:
    assert INVITED.then("strategy_discussion", attended=["manager"]).oughts(INVITE) == []
    assert referred().then("strategy_discussion", requested=True).oughts(INVITE) == []


def test_whoever_was_not_there_is_told_when_it_was_held_before_its_time() -> None:
    held = INVITED.then("strategy_discussion", attended=["officer", "nurse", "manager"])

    assert [(one.template, one.to) for one in held.oughts(CANCEL)] == [("invitation_cancelled", ("teacher",))]


def test_a_meeting_held_at_its_time_or_not_at_all_yet_is_not_cancelled() -> None:
    assert INVITED.oughts(CANCEL) == []
    assert INVITED.wait(hours=8).then("strategy_discussion", attended=["manager"]).oughts(CANCEL) == []


def test_a_meeting_that_was_put_forward_is_measured_by_its_new_time() -> None:
    sooner = INVITED.then("strategy_discussion", requested=True, moved=True, starts="2026-03-10T10:00+00:00")

    assert sooner.wait(hours=1).then("strategy_discussion", attended=["manager"]).oughts(CANCEL) == []


def test_a_meeting_that_nobody_will_hold_any_more_is_cancelled_for_everybody() -> None:
    closed = INVITED.then("closure", "manager", reason_code="moved_away")

    assert [one.to for one in closed.oughts(CANCEL)] == [("teacher",), ("officer",), ("nurse",)]
    assert [dict(one.args)["call"] for one in closed.oughts(CANCEL)] == [
        event.index for event in closed.family.record if event.get("requested")
    ] * 3
