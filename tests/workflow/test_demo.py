"""The demo: loads whole under every pack, at any moment of the week, and a second time changes nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from config import policy
from config.policy import PolicyBook
from models.database import Database
from models.tables.base import Base
from models.tables.people import AccountRow, PersonRow
from models.tables.referral import ReferralRow
from models.tables.work import ClockRow
from models.vocabulary import State
from tests.support.hub import START
from workflow import audit, demo
from workflow.calendar import WorkingCalendar
from workflow.demo_people import PEOPLE
from workflow.demo_stories import STORIES
from workflow.engine import Engine

ONE_KIND = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def engine(database_url: str, request: pytest.FixtureRequest) -> Iterator[Engine]:
    database = Database(database_url)
    yield Engine(database, PolicyBook.load(getattr(request, "param", "coventry")), WorkingCalendar.england())
    database.dispose()


def everything(engine: Engine) -> dict[str, list[Any]]:
    with engine.database.reading() as connection:
        return {
            table.name: list(connection.execute(select(table).order_by(*table.primary_key)))
            for table in Base.metadata.sorted_tables
        }


def test_it_loads_whole_and_a_second_time_changes_nothing(engine: Engine) -> None:
    first = demo.load(engine, "coventry", START)
    before = everything(engine)

    second = demo.load(engine, "coventry", START)

    assert (first.people, first.referrals) == (len(PEOPLE), len(STORIES))
    assert (second.people, second.referrals) == (0, 0)
    assert everything(engine) == before


@ONE_KIND
@pytest.mark.parametrize("engine", policy.shipped(), indirect=True)
def test_it_shows_a_hub_at_work_under_every_pack(engine: Engine) -> None:
    demo.load(engine, "coventry", START)

    with engine.database.reading() as connection:
        states = {State(state) for state in connection.execute(select(ReferralRow.state)).scalars()}
        watched = set(connection.execute(select(ClockRow.referral_id)).scalars())
        open_ = set(connection.execute(select(ReferralRow.id).where(ReferralRow.closed_at.is_(None))).scalars())
        assert audit.verify(connection)[1] == []
    assert len(states) >= 5
    assert State.CLOSED in states
    assert watched == open_


MOMENTS = [
    ("a Sunday night", datetime(2026, 3, 15, 23, 50, tzinfo=UTC)),
    ("a Monday at nine", datetime(2026, 3, 16, 9, 0, tzinfo=UTC)),
    ("a Friday afternoon", datetime(2026, 3, 13, 16, 50, tzinfo=UTC)),
    ("Boxing Day", datetime(2026, 12, 26, 12, 0, tzinfo=UTC)),
    ("the night the clocks go back", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ("a leap day", datetime(2028, 2, 29, 8, 0, tzinfo=UTC)),
]


@ONE_KIND
@pytest.mark.parametrize("now", [row[1] for row in MOMENTS], ids=[row[0] for row in MOMENTS])
def test_it_loads_at_any_moment_and_nothing_in_it_is_still_to_come(engine: Engine, now: datetime) -> None:
    assert demo.load(engine, "coventry", now).referrals == len(STORIES)

    told = everything(engine)
    assert all(row.at <= now for row in told["record"])
    assert all(row.at <= now for row in told["decision"])


@ONE_KIND
def test_its_people_and_children_are_plainly_invented(engine: Engine) -> None:
    demo.load(engine, "coventry", START)

    with engine.database.reading() as connection:
        names = [
            *connection.execute(select(AccountRow.name)).scalars(),
            *connection.execute(select(PersonRow.name)).scalars(),
        ]
        addresses = list(connection.execute(select(AccountRow.address)).scalars())
    assert all("Demo" in name for name in names)
    assert all(address is not None and address.endswith("@example.test") for address in addresses)


@ONE_KIND
def test_a_demo_that_was_broken_off_is_completed(engine: Engine) -> None:
    with engine.database.unit_of_work() as connection:
        demo._people(connection, "coventry")
    demo._tell(engine, STORIES[0], START)

    loaded = demo.load(engine, "coventry", START)

    assert (loaded.people, loaded.referrals) == (0, len(STORIES) - 1)
