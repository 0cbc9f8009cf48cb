"""The one door to the database: everything in a unit of work happens, or nothing does; reading writes nothing."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import pytest
from sqlalchemy import insert, select

from models.database import Database
from models.tables.people import AgencyRow

AGENCY = {"id": "a", "name": "A", "kind": "school"}


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.dispose()


def agencies(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.execute(select(AgencyRow.id).order_by(AgencyRow.id)).scalars())


def test_a_unit_of_work_is_there_for_the_next_reader(database: Database) -> None:
    with database.unit_of_work() as connection:
        connection.execute(insert(AgencyRow).values(AGENCY))

    assert agencies(database) == ["a"]


def test_a_unit_of_work_that_fails_has_not_been(database: Database) -> None:
    def fail_half_way() -> None:
        with database.unit_of_work() as connection:
            connection.execute(insert(AgencyRow).values(AGENCY))
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        fail_half_way()

    assert agencies(database) == []


def test_what_is_written_while_reading_is_not_kept(database: Database) -> None:
    with database.reading() as connection:
        connection.execute(insert(AgencyRow).values(AGENCY))

    assert agencies(database) == []


def test_a_reader_does_not_see_what_is_not_finished(database: Database) -> None:
    with database.unit_of_work() as connection:
        connection.execute(insert(AgencyRow).values(AGENCY))
        assert agencies(database) == []

    assert agencies(database) == ["a"]


def test_writers_take_turns_and_nobody_is_sent_away(database: Database) -> None:
    start = Barrier(5)

    def write(number: int) -> None:
        start.wait()
        with database.unit_of_work() as connection:
            connection.execute(insert(AgencyRow).values({**AGENCY, "id": f"a{number}"}))

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(write, range(5)))

    assert agencies(database) == [f"a{number}" for number in range(5)]


def test_who_takes_turns_over_the_same_thing_waits_for_the_other(database: Database) -> None:
    first_has_it, second_tries, order = Event(), Event(), []

    def first() -> None:
        with database.unit_of_work() as connection:
            database.take_turns(connection, "the same child")
            first_has_it.set()
            second_tries.wait()
            time.sleep(0.1)  # long enough for the second to get in, if nothing held it
            order.append("first")

    def second() -> None:
        first_has_it.wait()
        second_tries.set()
        with database.unit_of_work() as connection:
            database.take_turns(connection, "the same child")
            order.append("second")

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(first), pool.submit(second)]:
            done.result()

    assert order == ["first", "second"]


def test_nothing_is_opened_before_it_is_used() -> None:
    unused = Database("sqlite:////nowhere/at/all.db")

    assert unused.is_sqlite
    unused.dispose()


@pytest.mark.parametrize(
    ("url", "sqlite", "address"),
    [
        ("sqlite:///a.db", True, "sqlite:///a.db"),
        ("postgresql://host/db", False, "postgresql+psycopg://host/db"),
        ("postgresql+psycopg://host/db", False, "postgresql+psycopg://host/db"),
    ],
)
def test_an_address_says_which_kind_it_is(url: str, sqlite: bool, address: str) -> None:
    assert (Database(url).is_sqlite, Database(url).url) == (sqlite, address)


def test_sqlite_is_set_to_lose_nothing(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    with database.reading() as connection:
        set_to = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    database.dispose()

    assert set_to == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
