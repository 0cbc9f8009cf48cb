"""What the engine does by itself: duties once, clocks that climb to the right person, and nothing open unanswered for."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from models.tables.post import MessageRow
from models.tables.referral import DecisionRow, RecordRow, ReferralRow
from models.tables.work import ClockRow, OutboxRow, TaskRow
from tests.support import paths
from tests.support.hub import Hub, open_hub
from workflow import audit, fulfil
from workflow.fulfil import Fulfilled

ONE_KIND = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DAY = "referral-decision-one-day"
NOTHING = Fulfilled()


PACK = """
policy: 1
authority: anytown
values:
  decision_and_ack: {is: 1 working_day, from: 2020-01-01, source: "the numbers of this test"}
  decision_and_ack.warn: {is: 6 mash_hours, from: 2020-01-01, source: "the numbers of this test"}
  climb.head_of_service: {is: 1 working_day, from: 2020-01-01, source: "the numbers of this test"}
"""


@pytest.fixture
def timed(tmp_path: Path, database_url: str) -> Iterator[Hub]:
    """A hub whose numbers are this test's own, whatever the shipped packs say."""
    (tmp_path / "anytown.yaml").write_text(PACK)
    opened = open_hub(database_url, "anytown", tmp_path)
    yield opened
    opened.engine.database.dispose()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def told(hub: Hub, rule: str) -> list[tuple[str, str]]:
    """Return what a rule had to say, and to whom, in order."""
    return [(row["template"], row["account_id"]) for row in hub.rows(MessageRow, rule=rule)]


def look_at(hub: Hub, reference: str, moment: datetime) -> Fulfilled:
    hub.now = moment
    return hub.look(reference)


def test_a_second_look_finds_nothing_left_to_do(hub: Hub) -> None:
    reference = paths.to_strategy(hub)
    first = hub.look(reference)

    assert first.messages > 0
    assert first.acts == 1
    assert hub.look(reference) == NOTHING
    assert look_at(hub, reference, hub.now + timedelta(seconds=1)) == NOTHING
    assert len(hub.rows(RecordRow, kind="invited")) == 1


def test_a_clock_warns_the_owner_then_tells_the_manager_then_climbs_day_by_day(timed: Hub) -> None:
    hub = timed
    reference = hub.refer()  # on a Tuesday at half past nine
    hub.look(reference)
    assert told(hub, DAY) == []

    looks = [
        (at(10, 15, 29), None),
        (at(10, 15, 30), ("clock_warned", "tara")),
        (at(11, 23, 0), None),
        (at(12, 0, 1), ("clock_breached", "mona")),
        (at(12, 9), None),
        (at(13, 0, 1), ("clock_climbed", "hugo")),
        (at(13, 18), None),
        (at(14, 0, 1), ("clock_climbed", "hugo")),  # the end of Friday has passed
        (at(15, 12), None),
        (at(16, 18), None),
        (at(17, 0, 1), ("clock_climbed", "hugo")),
        (at(18, 9), ("clock_climbed", "hugo")),
        (at(19, 0, 1), ("clock_climbed", "hugo")),
    ]
    for moment, expected in looks:
        before = told(hub, DAY)
        look_at(hub, reference, moment)
        assert told(hub, DAY)[len(before) :] == ([expected] if expected else []), moment

    tasks = [row["account_id"] for row in hub.rows(TaskRow, rule=DAY)]
    assert tasks == ["mona", "hugo"], "what is said again day by day stands on the list once"


def test_a_step_that_was_slept_through_is_not_told_late_but_the_next_one_is(hub: Hub) -> None:
    reference = hub.refer()

    for _ in range(4):
        look_at(hub, reference, at(20, 9))

    assert told(hub, DAY) == [("clock_breached", "mona"), ("clock_climbed", "hugo")]


def test_a_clock_that_is_answered_falls_silent(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    hub.act(reference, "decide", "mona", outcome="assessment", reason="a fuller look", answers="neglect:unknown")

    look_at(hub, reference, at(13, 9))

    assert told(hub, DAY) == []
    assert hub.rows(ClockRow, rule=DAY) == []


def test_a_clock_that_runs_again_on_the_same_subject_is_told_again(hub: Hub) -> None:
    reference = hub.refer()
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "grade", "tara", grade="red", reason="not safe tonight")
    look_at(hub, reference, at(10, 14))
    hub.act(reference, "call-strategy", "tara", at=at(10, 16).isoformat(), reason="not safe tonight")
    hub.act(reference, "add-concern", "dsl", concerns="injury", words="a new bruise")

    look_at(hub, reference, at(10, 19))

    assert [one for one in told(hub, "rag-clock") if one[0] == "clock_breached"] == [("clock_breached", "mona")] * 2


def test_the_owner_who_is_late_is_not_their_own_manager(hub: Hub) -> None:
    reference = hub.refer()
    hub.act(reference, "begin-triage", "mona")

    for _ in range(2):
        look_at(hub, reference, at(13, 9))

    assert told(hub, DAY) == [("clock_breached", "tess"), ("clock_climbed", "hugo")]


def test_a_case_whose_owner_has_left_passes_to_the_manager_who_hears_of_it(hub: Hub) -> None:
    reference = paths.to_assessment(hub)
    hub.look(reference)
    hub.leaves("sam")

    assert hub.look(reference).acts == 1

    assert hub.row(reference)["owner_id"] == "tess"
    assert hub.rows(DecisionRow)[-1]["verb"] == "pass-on"
    assert hub.rows(DecisionRow)[-1]["reason"] == "sam has left"
    assert ("allocated", "tess") in told(hub, "new-holder-told")
    assert hub.look(reference) == NOTHING
    with hub.engine.database.reading() as connection:
        assert audit.verify(connection)[1] == []


def test_a_triage_worker_who_has_left_leaves_no_contact_without_its_clock(hub: Hub) -> None:
    reference = hub.refer()
    hub.leaves("tara")

    hub.look(reference)

    assert hub.row(reference)["owner_id"] == "mona"
    assert {row["rule"] for row in hub.rows(ClockRow)} >= {DAY, "rag-clock"}


@ONE_KIND
def test_where_everybody_else_has_left_too_the_look_still_goes_on(hub: Hub) -> None:
    reference = hub.refer()
    for account in ("mona", "tess", "theo", "hugo"):
        hub.leaves(account)

    for _ in range(2):
        look_at(hub, reference, at(13, 9))

    assert told(hub, DAY) == [("clock_breached", "tara"), ("clock_climbed", "tara")]


def test_clocks_that_were_lost_are_found_again_by_the_next_look(hub: Hub) -> None:
    reference = hub.refer()
    before = hub.rows(ClockRow)
    with hub.engine.database.unit_of_work() as connection:
        connection.execute(delete(ClockRow))
        connection.execute(update(ReferralRow).values(due_at=None))

    hub.look(reference)

    assert hub.rows(ClockRow) == before
    assert hub.row(reference)["due_at"] == min(row["due_at"] for row in before)


@ONE_KIND
def test_the_clock_of_a_rule_that_is_no_more_does_not_stop_a_look(hub: Hub) -> None:
    reference = hub.refer()
    old = {**hub.rows(ClockRow)[0], "rule": "a-rule-of-last-year", "next_at": hub.now}
    with hub.engine.database.unit_of_work() as connection:
        connection.execute(insert(ClockRow).values(old))

    hub.look(reference)

    assert hub.rows(ClockRow, rule="a-rule-of-last-year") == []


def test_a_closed_referral_tells_of_its_end_once_and_of_nothing_that_came_after(hub: Hub) -> None:
    first = paths.ready_to_sign(hub)
    hub.look(first)
    hub.act(first, "sign-off", "tess")
    before = len(hub.rows(MessageRow))
    hub.wait(days=20)
    second = hub.refer(by="hv", concerns=["injury"])
    hub.act(second, "call-strategy", "tara", at=(hub.now + timedelta(hours=2)).isoformat(), reason="marks")

    hub.look(first)

    new = hub.rows(MessageRow)[before:]
    assert {row["template"] for row in new} == {"closed"}
    assert {row["referral_id"] for row in new} == {hub.row(first)["id"]}
    assert hub.look(first) == NOTHING
    assert hub.look(second).messages > 0


def test_nobody_is_asked_to_agree_to_or_sign_what_they_wrote_themselves(hub: Hub) -> None:
    reference = hub.refer()
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "grade", "mona", grade="red", reason="not sure yet")
    hub.act(reference, "grade", "mona", grade="amber", reason="nothing acute")
    hub.look(reference)
    assert told(hub, "second-person-asked") == [("second_signature_wanted", "tess")]


def test_a_message_holds_a_reference_a_moment_and_a_rule_and_nothing_else(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)
    for _ in range(3):
        hub.wait(days=4).look(reference)

    rows = hub.rows(MessageRow)
    assert len(rows) > 5
    for row in rows:
        assert set(row["args"]) == {"reference", "due", "outcome", "rule", "meeting"}
        assert row["args"]["reference"] == reference
        assert "Demo" not in str(row["args"])
        assert "hungry" not in str(row["args"])


def test_an_invitation_keeps_its_name_when_the_meeting_moves(hub: Hub) -> None:
    reference = paths.to_strategy(hub)
    hub.look(reference)
    hub.act(reference, "move-meeting", "tara", at=(hub.now + timedelta(hours=5)).isoformat())
    hub.look(reference)

    def meetings(template: str) -> list[dict[str, Any]]:
        return [row["args"]["meeting"] for row in hub.rows(MessageRow, template=template)]

    first, moved = meetings("invitation"), meetings("invitation_changed")
    assert {one["uid"] for one in first} == {one["uid"] for one in moved}
    assert {one["sequence"] for one in first} == {0}
    assert {one["sequence"] for one in moved} == {1}
    assert {one["starts"] for one in moved} == {hub.rows(RecordRow, kind="strategy_discussion")[-1]["data"]["starts"]}


@ONE_KIND
def test_what_waits_longest_is_looked_at_first_and_what_is_closed_not_at_all(hub: Hub) -> None:
    closed = paths.ready_to_sign(hub)
    hub.act(closed, "sign-off", "tess")
    early, late = hub.refer(child="Robin Ash"), hub.wait(hours=1).refer(child="Sparrow Birch")

    def due(moment: datetime, most: int = 10) -> list[int]:
        with hub.engine.database.reading() as connection:
            return list(fulfil.due_for_a_look(connection, moment, most))

    numbers = [hub.row(one)["id"] for one in (early, late)]
    soon = hub.now + timedelta(days=2)
    assert due(hub.now) == []
    assert due(soon) == numbers
    assert due(soon, 1) == numbers[:1]


def test_every_act_of_the_system_leaves_word_like_anybody_elses(hub: Hub) -> None:
    reference = paths.to_strategy(hub)
    hub.look(reference)

    last = hub.rows(DecisionRow)[-1]
    assert (last["actor"], last["verb"]) == ("system", "invite")
    assert [row["version"] for row in hub.rows(OutboxRow)] == list(range(1, last["version"] + 1))
