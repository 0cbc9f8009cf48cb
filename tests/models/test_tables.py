"""What the database itself refuses, whoever asks: the promises that no code can get round."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from config.clock import LONDON
from models.tables.people import LinkRow, PersonRow
from models.tables.post import MessageRow
from models.tables.reads import ReadRow
from models.tables.referral import AuditRow, DecisionRow, RecordRow, ReferralRow
from models.tables.work import ClockRow, TaskRow
from models.vocabulary import State
from tests.support.hub import Hub


def change(hub: Hub, **values: Any) -> None:
    with hub.engine.database.unit_of_work() as connection:
        connection.execute(update(ReferralRow).where(ReferralRow.id == 1).values(**values))


FORBIDDEN = [
    ("an open referral without an alarm", {"alarm_at": None}, "open_has_a_clock"),
    ("an open referral without an owner", {"owner_id": None}, "owner_id"),
    ("an owner who is nobody", {"owner_id": "nobody"}, "(?i)foreign key"),
    ("closed without a moment", {"state": "closed"}, "closed_has_a_moment"),
    ("a closing moment while it is open", {"closed_at": datetime(2026, 3, 10, tzinfo=UTC)}, "closed_has_a_moment"),
    ("a state that nobody knows", {"state": "forgotten"}, "known_state"),
    ("an empty state", {"state": ""}, "known_state"),
    ("a child who is nobody", {"child_id": "nobody"}, "(?i)foreign key"),
    ("a family that is none", {"family_id": 99}, "(?i)foreign key"),
    ("an earlier referral that is none", {"previous_id": 99}, "(?i)foreign key"),
]


@pytest.mark.parametrize(("values", "says"), [row[1:] for row in FORBIDDEN], ids=[row[0] for row in FORBIDDEN])
def test_the_database_refuses(hub: Hub, values: dict[str, Any], says: str) -> None:
    hub.refer()
    before = hub.row("M000001")

    with pytest.raises(IntegrityError, match=says):
        change(hub, **values)

    assert hub.row("M000001") == before


@pytest.mark.parametrize("state", list(State), ids=str)
def test_every_state_of_the_machine_can_be_kept(hub: Hub, state: State) -> None:
    hub.refer()

    change(hub, state=state.value, closed_at=hub.now if state is State.CLOSED else None)

    assert hub.row("M000001")["state"] == state


def test_a_closed_referral_needs_no_clock(hub: Hub) -> None:
    hub.refer()

    change(hub, state="closed", closed_at=hub.now, alarm_at=None, due_at=None)

    assert hub.row("M000001")["alarm_at"] is None


def test_a_child_has_one_open_referral_and_any_number_of_closed_ones(hub: Hub) -> None:
    hub.refer()
    again = {**hub.row("M000001"), "id": 2}

    def another(number: int) -> None:
        with hub.engine.database.unit_of_work() as connection:
            connection.execute(insert(ReferralRow).values({**again, "id": number}))

    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        another(2)
    change(hub, state="closed", closed_at=hub.now)
    another(2)
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        another(3)
    assert [row["id"] for row in hub.rows(ReferralRow)] == [1, 2]


TWICE = [
    ("one decision", DecisionRow),
    ("one link of the chain", AuditRow),
    ("one clock", ClockRow),
]


@pytest.mark.parametrize("table", [row[1] for row in TWICE], ids=[row[0] for row in TWICE])
def test_there_is_only(hub: Hub, table: Any) -> None:
    hub.refer()
    row = hub.rows(table)[0]

    with pytest.raises(IntegrityError), hub.engine.database.unit_of_work() as connection:
        connection.execute(insert(table).values(row))


@pytest.mark.parametrize("table", [MessageRow, TaskRow], ids=["one message of a key", "one task of a key"])
def test_a_natural_key_is_written_once(hub: Hub, table: Any) -> None:
    hub.refer()
    hub.wait(days=4)
    hub.look("M000001")
    row = {key: value for key, value in hub.rows(table)[0].items() if key != "id"}

    with pytest.raises(IntegrityError, match=r"(?i)unique"), hub.engine.database.unit_of_work() as connection:
        connection.execute(insert(table).values(row))


@pytest.mark.parametrize(
    "table", [RecordRow, DecisionRow, AuditRow, ReadRow, ClockRow], ids=lambda one: one.__tablename__
)
def test_a_referral_cannot_be_removed_from_under_what_was_written_of_it(hub: Hub, table: Any) -> None:
    hub.refer()
    with hub.engine.database.unit_of_work() as connection:
        values = {"referral_id": 1, "account_id": "sam", "at": hub.now, "what": "show", "shown": True}
        connection.execute(insert(ReadRow).values(values))
    assert hub.rows(table)

    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), hub.engine.database.unit_of_work() as connection:
        connection.execute(text("DELETE FROM referral"))


def test_a_moment_is_kept_to_the_microsecond_and_comes_back_in_utc(hub: Hub) -> None:
    hub.refer()
    moment = datetime(2026, 7, 1, 10, 30, 5, 123456, tzinfo=LONDON)

    change(hub, opened_at=moment)

    found = hub.row("M000001")["opened_at"]
    assert found == moment
    assert found.utcoffset() == timedelta(0)


@pytest.mark.parametrize("naive", [datetime(2026, 7, 1, 10, 30)], ids=str)  # noqa: DTZ001 (that is what is refused)
def test_a_moment_without_a_zone_is_not_kept(hub: Hub, naive: datetime) -> None:
    hub.refer()

    with pytest.raises(StatementError, match="without a time zone cannot be kept"):
        change(hub, opened_at=naive)


def test_words_of_any_script_come_back_as_they_were(hub: Hub) -> None:
    words = "Żółw 李小龙 مرحبا 👩‍👧 'quoted' \"twice\" \\ %s {x} --"
    reference = hub.refer(child=words[:60], words=words, born=date(2021, 5, 1))

    assert hub.rows(PersonRow)[0]["name"] == words[:60].strip()
    assert hub.rows(RecordRow)[0]["data"]["words"] == words
    assert hub.row(reference)["id"] == 1


def test_a_link_belongs_to_a_family_that_there_is(hub: Hub) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), hub.engine.database.unit_of_work() as connection:
        connection.execute(insert(LinkRow).values(family_id=99, one="a", relation="mother", other="b"))
    with hub.engine.database.reading() as connection:
        assert connection.execute(select(LinkRow.id)).first() is None
