"""What may wait for the day's letter, until when; what interrupts; and what is not sent because it was done meanwhile."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.tables.post import MessageRow
from models.tables.work import TaskRow
from tests.support import paths
from tests.support.hub import START, Hub
from workflow.daily_letter import next_letter
from workflow.tasks import finish

MORNING = START.replace(hour=8, minute=0) + timedelta(days=1)


def messages(hub: Hub, template: str) -> list[dict[str, Any]]:
    return hub.rows(MessageRow, template=template)


@pytest.mark.parametrize(
    ("now", "letter"),
    [
        (datetime(2026, 3, 10, 7, 59, tzinfo=UTC), datetime(2026, 3, 10, 8, tzinfo=UTC)),
        (datetime(2026, 3, 10, 8, 0, tzinfo=UTC), datetime(2026, 3, 11, 8, tzinfo=UTC)),
        (datetime(2026, 3, 13, 16, 0, tzinfo=UTC), datetime(2026, 3, 16, 8, tzinfo=UTC)),  # over a weekend
        (datetime(2026, 4, 2, 16, 0, tzinfo=UTC), datetime(2026, 4, 7, 7, tzinfo=UTC)),  # over Easter, in summer time
    ],
    ids=["the same morning", "never at this very moment", "after a weekend", "after a holiday"],
)
def test_the_next_letter_goes_at_eight_on_a_day_on_which_the_hub_works(
    now: datetime, letter: datetime, hub: Hub
) -> None:
    assert next_letter(hub.engine.terms(now), now) == letter


def test_what_is_not_urgent_is_held_until_the_morning(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)
    before = hub.now
    hub.look(reference)

    asked = messages(hub, "view_wanted")
    assert asked
    assert {row["letter"] for row in asked} == {""}
    assert all(row["next_at"] > before and row["next_at"].hour in {7, 8} for row in asked)


def test_a_receipt_goes_at_once(hub: Hub) -> None:
    reference = hub.refer()
    hub.look(reference)

    (receipt,) = messages(hub, "acknowledged")
    assert receipt["letter"] is None
    assert receipt["next_at"] == hub.now


def test_what_a_letter_would_bring_too_late_goes_at_once(hub: Hub) -> None:
    """A contact is to be graded within hours: tomorrow's letter would not warn of it."""
    reference = hub.refer()
    hub.wait(hours=7)
    hub.look(reference)

    late = [row for row in hub.rows(MessageRow) if row["args"]["due"] and row["args"]["due"] < MORNING.isoformat()]
    assert late
    assert {row["letter"] for row in late} == {None}


def test_of_a_red_referral_nothing_waits(hub: Hub) -> None:
    reference = paths.to_strategy(hub)
    hub.act(reference, "grade", "tara", grade="red", reason="marks on the arm")
    hub.look(reference)

    assert hub.rows(MessageRow)
    assert {row["letter"] for row in hub.rows(MessageRow)} == {None}


def test_a_referral_that_turns_red_sends_what_it_had_held(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    hub.act(reference, "decide", "mona", outcome="assessment", reason="a fuller look", answers="neglect:unknown")
    hub.look(reference)
    assert [row["letter"] for row in messages(hub, "task")] == [""]

    hub.act(reference, "call-strategy", "tara", at=(hub.now + timedelta(hours=3)).isoformat(), reason="a mark")
    hub.look(reference)

    assert [(row["letter"], row["next_at"]) for row in messages(hub, "task")] == [(None, hub.now)]


def test_what_was_done_before_the_letter_is_not_asked_for(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)
    hub.look(reference)
    hub.act(reference, "give-view", "dsl", view="agree", reason="seen it too")
    hub.look(reference)

    by_person = {row["account_id"]: row["status"] for row in messages(hub, "view_wanted")}
    assert by_person["dsl"] == "answered"
    assert by_person["hv"] == "pending"


def test_news_is_told_even_when_it_is_old(hub: Hub) -> None:
    """Whoever was given the case hears so, though they have begun to work on it before the letter went."""
    reference = paths.to_assessment(hub)
    hub.look(reference)
    hub.act(reference, "record-visit", "sam", access="granted", announced=False, child_seen=True)
    hub.look(reference)

    assert [row["status"] for row in messages(hub, "allocated")] == ["pending"]


def test_what_stays_late_is_said_at_once_then_day_by_day_in_the_letter_and_stands_on_the_list_once(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)
    for _ in range(12):
        hub.wait(days=1).look(reference)

    climbed = [row for row in messages(hub, "clock_climbed") if row["rule"] == "closure-views-due"]
    tasks = hub.rows(TaskRow, rule="closure-views-due")
    people = {row["key"].split(":")[3] for row in climbed}
    assert len(climbed) > len(people)
    assert sum(row["letter"] is None for row in climbed) == len(people)
    assert len({(row["key"], row["account_id"]) for row in tasks}) == len(tasks) == 2 * len(people)


def test_a_late_thing_that_was_said_to_be_done_and_is_not_comes_back_on_the_list(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)
    for _ in range(8):
        hub.wait(days=1).look(reference)
    before = hub.rows(TaskRow, rule="closure-views-due", account_id="hugo")
    for task in before:
        with hub.engine.database.unit_of_work() as connection:
            finish(connection, task["id"], hub.actor("hugo"), hub.now)

    for _ in range(4):
        hub.wait(days=1).look(reference)

    again = hub.rows(TaskRow, rule="closure-views-due", account_id="hugo")
    assert before
    assert len(again) == 2 * len(before)


def test_whoever_referred_hears_of_the_end_at_once_and_the_others_with_the_days_letter(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "sign-off", "tess")
    hub.look(reference)

    told = {row["account_id"]: (row["letter"], row["next_at"] > hub.now) for row in messages(hub, "closed")}
    assert told["dsl"] == (None, False)
    assert {told[who] for who in told.keys() - {"dsl"}} == {("", True)}
