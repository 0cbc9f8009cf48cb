"""Looking after referrals: one transaction each, harmless to repeat, and what breaks ends in a person's hands."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update

from config import clock
from flows.hub import Hub as FlowHub
from flows.hub import open_hub
from flows.looking import look_at, standing
from models.tables.people import AccountRow
from models.tables.post import MessageRow
from models.tables.referral import RecordRow, ReferralRow
from models.tables.work import OutboxRow, TaskRow
from models.vocabulary import State
from tests.support import paths
from tests.support.hub import Hub
from workflow import outbox
from workflow.fulfil import Fulfilled


@pytest.fixture
def flows(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlowHub]:
    """The product as a flow opens it, on the hub's database."""
    monkeypatch.setenv("MASH_DATABASE_URL", hub.engine.database.url)
    monkeypatch.setenv("MASH_HOME", str(tmp_path))
    hub.now = clock.now() - timedelta(hours=2)  # a flow looks at the present moment
    opened = open_hub()
    yield opened
    opened.database.dispose()


def break_it(hub: Hub, number: int) -> None:
    """Damage a record so that no look at it can succeed."""
    with hub.engine.database.unit_of_work() as connection:
        connection.execute(update(RecordRow).where(RecordRow.referral_id == number).values(kind="no_such_kind"))


def waiting(hub: Hub, number: int) -> int:
    with hub.engine.database.reading() as connection:
        query = select(func.count()).where(OutboxRow.referral_id == number, OutboxRow.done_at.is_(None))
        return connection.execute(query).scalar_one()


def test_a_look_does_what_is_due_and_settles_what_waited(hub: Hub, flows: FlowHub) -> None:
    hub.refer()

    assert look_at(flows, [1]).done["M000001"].messages >= 1
    assert waiting(hub, 1) == 0


def test_a_second_look_finds_nothing_to_do(hub: Hub, flows: FlowHub) -> None:
    paths.to_strategy(hub)
    look_at(flows, [1])

    assert look_at(flows, [1]).done == {"M000001": Fulfilled()}


def test_one_that_breaks_holds_up_no_other(hub: Hub, flows: FlowHub) -> None:
    for child in ("one", "two", "three"):
        hub.refer(child=child)
    break_it(hub, 2)

    came_to = look_at(flows, [1, 2, 3])

    assert set(came_to.done) == {"M000001", "M000003"}
    assert came_to.broken == {"M000002": "ValueError"}
    assert [waiting(hub, number) for number in (1, 2, 3)] == [0, 1, 0]


def test_one_that_breaks_is_put_off_and_in_the_end_a_person_is_asked(hub: Hub, flows: FlowHub) -> None:
    hub.refer()
    break_it(hub, 1)

    for _ in range(outbox.MOST_ATTEMPTS):
        assert waiting(hub, 1) == 1
        look_at(flows, [1])

    assert waiting(hub, 1) == 0
    with hub.engine.database.reading() as connection:
        (task,) = connection.execute(select(TaskRow.account_id, TaskRow.says)).all()
    assert task.account_id == "mona"
    assert "M000001" in task.says


def test_what_is_put_off_keeps_an_alarm_and_is_not_tried_again_at_once(hub: Hub, flows: FlowHub) -> None:
    hub.refer()
    break_it(hub, 1)
    before = hub.now

    look_at(flows, [1])

    with hub.engine.database.reading() as connection:
        alarm = connection.execute(select(ReferralRow.alarm_at)).scalar_one()
    assert alarm is not None
    assert alarm > before


def test_many_looks_at_once_double_nothing(hub: Hub, flows: FlowHub) -> None:
    paths.to_strategy(hub)

    with ThreadPoolExecutor(4) as pool:
        rounds = list(pool.map(lambda _: look_at(flows, [1]), range(8)))

    assert all(not each.broken for each in rounds)
    with hub.engine.database.reading() as connection:
        keys = connection.execute(select(MessageRow.key)).scalars().all()
    assert len(keys) == len(set(keys)) == sum(each.total.messages for each in rounds)


def test_what_stands_in_a_state_is_found_page_by_page(
    hub: Hub, flows: FlowHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.looking.PAGE", 2)
    for number in range(5):
        hub.refer(child=f"Child {number}")
    hub.act("M000003", "begin-triage", "tara")

    assert list(standing(flows, frozenset({State.RECEIVED}))) == [1, 2, 4, 5]
    assert list(standing(flows, frozenset({State.TRIAGE, State.RECEIVED}))) == [1, 2, 3, 4, 5]
    assert list(standing(flows, frozenset({State.CONFERENCE}))) == []


def test_a_bounce_is_rung_after_by_the_owner(hub: Hub, flows: FlowHub) -> None:
    with hub.engine.database.unit_of_work() as connection:
        connection.execute(update(AccountRow).where(AccountRow.id == "dsl").values(channel="pigeon"))
    hub.refer()
    look_at(flows, [1])
    flows.post.deliver(hub.now.replace(year=2030), "w")

    with hub.engine.database.reading() as connection:
        ring = connection.execute(select(TaskRow).where(TaskRow.key.contains(":undelivered"))).mappings().all()
        told = connection.execute(select(MessageRow.account_id).where(MessageRow.template == "undelivered")).all()
    assert len(ring) == 1
    assert told == [("tara",)]


def test_the_owner_who_cannot_be_reached_is_rung_after_by_a_manager_and_nobody_writes_in_circles(
    hub: Hub, flows: FlowHub
) -> None:
    with hub.engine.database.unit_of_work() as connection:
        connection.execute(update(AccountRow).values(channel="pigeon"))
    hub.refer()
    look_at(flows, [1])
    for _ in range(3):
        flows.post.deliver(hub.now.replace(year=2030), "w")

    with hub.engine.database.reading() as connection:
        rows = connection.execute(select(MessageRow.template, MessageRow.status)).all()
        ring = connection.execute(select(TaskRow.account_id).where(TaskRow.key.contains(":undelivered"))).scalars()
        assert "tara" in set(ring)
    assert {status for _, status in rows} == {"dead"}
    assert sum(template == "undelivered" for template, _ in rows) <= 2


def test_an_outcome_that_arrived_goes_on_the_record(hub: Hub, flows: FlowHub) -> None:
    reference = paths.to_decision(hub)
    hub.act(reference, "decide", "mona", outcome="assessment", reason="a fuller look", answers="neglect:unknown")
    look_at(flows, [1])
    flows.post.deliver(hub.now.replace(year=2030), "w")

    with hub.engine.database.reading() as connection:
        told = connection.execute(select(RecordRow.data).where(RecordRow.kind == "told")).scalars().all()
    assert [one["who"] for one in told] == ["dsl"]


def test_a_lease_that_runs_out_is_taken_up_by_another(hub: Hub, flows: FlowHub) -> None:
    hub.refer()
    lease = timedelta(seconds=30)

    assert len(outbox.claim(flows.database, "one", hub.now, 10, lease)) == 1
    assert len(outbox.claim(flows.database, "two", hub.now, 10, lease)) == 0
    assert len(outbox.claim(flows.database, "two", hub.now + lease, 10, lease)) == 1


def test_what_a_worker_that_is_gone_had_claimed_is_given_back_at_once(hub: Hub, flows: FlowHub) -> None:
    hub.refer()
    outbox.claim(flows.database, "one", hub.now, 10, timedelta(hours=1))

    with flows.database.unit_of_work() as connection:
        assert outbox.claimants(connection) == {"one"}
        assert outbox.release(connection, "one") == 1
    assert len(outbox.claim(flows.database, "two", hub.now, 10, timedelta(hours=1))) == 1


def test_an_empty_outbox_is_an_empty_claim(hub: Hub, flows: FlowHub) -> None:
    with flows.database.unit_of_work() as connection:
        connection.execute(delete(OutboxRow))

    assert len(outbox.claim(flows.database, "one", hub.now, 10, timedelta(seconds=1))) == 0
