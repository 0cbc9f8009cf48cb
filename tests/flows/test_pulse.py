"""Signs of life, and what somebody is asked when they stop."""

from datetime import timedelta

from sqlalchemy import select, update

from models.tables.people import AccountRow
from models.tables.work import ClockRow, TaskRow
from tests.support.hub import Hub
from workflow import fulfil, outbox, pulse

LATER = pulse.PATIENCE + timedelta(minutes=1)


def watch(hub: Hub, after: timedelta) -> pulse.Stalled:
    with hub.engine.database.unit_of_work() as connection:
        return pulse.watch(connection, hub.now + after)


def look(hub: Hub) -> None:
    with hub.engine.database.unit_of_work() as connection:
        rows = outbox.waiting_on(connection, 1)
        fulfil.look(hub.engine, connection, 1, hub.now)
        outbox.settle(connection, rows, hub.now)


def asked(hub: Hub) -> list[str]:
    with hub.engine.database.reading() as connection:
        stalled = select(TaskRow.account_id).where(TaskRow.key.contains(":stalled:"))
        return list(connection.execute(stalled).scalars())


def test_what_nobody_has_looked_at_is_given_to_a_manager(hub: Hub) -> None:
    hub.refer()

    assert watch(hub, LATER) == pulse.Stalled(waiting=1, asked=1)
    assert asked(hub) == ["mona"]


def test_what_has_only_just_come_is_left_to_the_flows(hub: Hub) -> None:
    hub.refer()

    assert watch(hub, timedelta(minutes=1)) == pulse.Stalled()
    assert asked(hub) == []


def test_a_person_is_asked_once_a_day(hub: Hub) -> None:
    hub.refer()

    asked_for = [watch(hub, after).asked for after in (LATER, LATER * 2, timedelta(days=1), timedelta(days=1) * 1.01)]
    assert asked_for == [1, 0, 1, 0]


def test_a_clock_that_should_have_sounded_is_noticed(hub: Hub) -> None:
    hub.refer()
    look(hub)
    with hub.engine.database.unit_of_work() as connection:
        connection.execute(update(ClockRow).values(next_at=hub.now - LATER))

    assert watch(hub, timedelta()).waiting == 1


def test_a_letter_that_lies_there_is_noticed(hub: Hub) -> None:
    hub.refer()
    look(hub)

    assert watch(hub, LATER).waiting == 1


def test_a_turn_is_taken_by_one_and_comes_round_again(hub: Hub) -> None:
    every = timedelta(minutes=5)

    def turn(after: timedelta) -> bool:
        with hub.engine.database.unit_of_work() as connection:
            return pulse.take_turn(connection, "sweep", hub.now + after, every)

    assert [turn(timedelta()), turn(timedelta(minutes=1)), turn(every), turn(every * 1.5)] == [True, False, True, False]


def test_a_sign_of_life_is_the_last_one(hub: Hub) -> None:
    with hub.engine.database.unit_of_work() as connection:
        assert pulse.last_beat(connection, "looking") is None
        pulse.beat(connection, "looking", hub.now, "here")
        pulse.beat(connection, "looking", hub.now + timedelta(seconds=9), "still")
        assert pulse.last_beat(connection, "looking") == hub.now + timedelta(seconds=9)


def test_the_managers_manager_is_asked_where_there_is_no_manager(hub: Hub) -> None:
    hub.refer()
    with hub.engine.database.unit_of_work() as connection:
        gone = update(AccountRow).where(AccountRow.role.in_(["mash_manager", "team_manager"]))
        connection.execute(gone.values(active=False))

    watch(hub, LATER)
    assert asked(hub) == ["hugo"]
