"""Signing in and out, and what was typed and not sent: who may, for how long, and what nobody is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from models.tables.doors import SessionRow
from models.tables.people import AccountRow
from tests.support.hub import START, Hub
from workflow import drafts, sessions
from workflow.errors import BadCommandError

GOOD = "three plain words"


@pytest.fixture
def known(hub: Hub) -> Hub:
    """A hub in which tara has a password."""
    sessions.set_password(hub.engine.database, "tara", GOOD, START)
    return hub


def test_the_right_password_opens_a_session_and_only_its_hash_is_kept(known: Hub) -> None:
    database = known.engine.database
    token = sessions.sign_in(database, "tara", GOOD, START)

    found = sessions.find(database, token, START)
    assert found is not None
    assert (found.account, found.over) == ("tara", False)
    with database.reading() as connection:
        kept = connection.execute(select(SessionRow.__table__)).one()
    assert token not in str(kept)


@pytest.mark.parametrize(
    ("account", "password"),
    [("tara", "three other words"), ("tara", ""), ("nobody", GOOD), ("mona", GOOD), ("", "")],
)
def test_whatever_is_wrong_the_sentence_is_the_same(known: Hub, account: str, password: str) -> None:
    with pytest.raises(BadCommandError) as told:
        sessions.sign_in(known.engine.database, account, password, START)
    assert told.value.says == sessions.WRONG


def test_somebody_who_has_left_is_let_in_no_more(known: Hub) -> None:
    with known.engine.database.unit_of_work() as connection:
        connection.execute(update(AccountRow).where(AccountRow.id == "tara").values(active=False))

    for way in (lambda: sessions.sign_in(known.engine.database, "tara", GOOD, START), _as_in_the_demo(known)):
        with pytest.raises(BadCommandError) as told:
            way()
        assert told.value.says == sessions.WRONG


def _as_in_the_demo(hub: Hub):  # type: ignore[no-untyped-def]
    return lambda: sessions.sign_in_unchecked(hub.engine.database, "tara", START)


def test_five_wrong_passwords_lock_an_account_for_a_while(known: Hub) -> None:
    database = known.engine.database
    for _ in range(sessions.TRIES):
        with pytest.raises(BadCommandError):
            sessions.sign_in(database, "tara", "not the right one", START)

    with pytest.raises(BadCommandError):
        sessions.sign_in(database, "tara", GOOD, START + sessions.LOCKED_FOR - timedelta(seconds=1))
    assert sessions.sign_in(database, "tara", GOOD, START + sessions.LOCKED_FOR + timedelta(seconds=1))


def test_a_right_password_forgets_the_wrong_ones_before(known: Hub) -> None:
    database = known.engine.database
    for _ in range(3):
        for _ in range(sessions.TRIES - 1):
            with pytest.raises(BadCommandError):
                sessions.sign_in(database, "tara", "not the right one", START)
        assert sessions.sign_in(database, "tara", GOOD, START)


@pytest.mark.parametrize("password", ["short", "x" * 11, "x" * 201])
def test_a_password_that_is_too_short_or_too_long_is_refused(hub: Hub, password: str) -> None:
    with pytest.raises(BadCommandError, match="at least 12"):
        sessions.set_password(hub.engine.database, "tara", password, START)


def test_an_account_that_is_not_there_gets_no_password(hub: Hub) -> None:
    with pytest.raises(BadCommandError, match="no account"):
        sessions.set_password(hub.engine.database, "nobody", GOOD, START)


def test_a_session_ends_when_nobody_looks_and_is_known_for_a_day_more(known: Hub) -> None:
    database = known.engine.database
    token = sessions.sign_in(database, "tara", GOOD, START)

    used = sessions.find(database, token, START + timedelta(minutes=50))
    assert used is not None
    assert not used.over
    later = sessions.find(database, token, START + timedelta(minutes=50) + sessions.IDLE)
    assert later is not None
    assert later.over
    assert sessions.find(database, token, START + timedelta(minutes=50) + sessions.IDLE + sessions.REMEMBERED) is None


def test_a_session_ends_after_a_day_at_work_however_busy(known: Hub) -> None:
    database = known.engine.database
    token = sessions.sign_in(database, "tara", GOOD, START)
    for minutes in range(30, 8 * 60, 30):
        sessions.find(database, token, START + timedelta(minutes=minutes))

    last = sessions.find(database, token, START + sessions.LONGEST)
    assert last is not None
    assert last.over


def test_signing_out_and_a_new_password_end_every_session(known: Hub) -> None:
    database = known.engine.database
    one, other = (sessions.sign_in(database, "tara", GOOD, START) for _ in range(2))
    sessions.end(database, one, START)
    ended = sessions.find(database, one, START)
    assert ended is not None
    assert ended.over
    assert sessions.find(database, other, START) is not None

    sessions.set_password(database, "tara", "three newer words", START)
    assert sessions.find(database, other, START) is None


@pytest.mark.parametrize("token", ["", "made up", "é" * 40])
def test_a_token_that_nobody_was_given_is_nobody(known: Hub, token: str) -> None:
    assert sessions.find(known.engine.database, token, START) is None


def test_what_was_typed_is_kept_for_its_writer_alone_and_the_newest_wins(hub: Hub) -> None:
    database = hub.engine.database
    place = "/referrals/M000001/do/grade"
    drafts.keep(database, "tara", place, {"reason": ["first"]}, START)
    typed = {"reason": ["second"], "csrf": ["secret"], "version": ["3"], "_save": ["1"], "answers.neglect": ["unknown"]}
    drafts.keep(database, "tara", place, typed, START + timedelta(minutes=1))

    with database.reading() as connection:
        mine = drafts.kept(connection, "tara", place)
        assert drafts.kept(connection, "mona", place) is None
        assert [one.place for one in drafts.all_of(connection, "tara")] == [place]
    assert mine is not None
    assert mine.values == {"reason": ["second"], "answers.neglect": ["unknown"]}

    drafts.drop(database, "tara", place)
    with database.reading() as connection:
        assert drafts.kept(connection, "tara", place) is None
