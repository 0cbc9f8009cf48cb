"""Who is signed in: passwords, sessions and their ends. A token is kept by the browser alone; here is its hash."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Connection, delete, insert, select, update

from models.database import Database
from models.tables.doors import CredentialRow, SessionRow
from models.tables.people import AccountRow
from workflow.errors import BadCommandError

LONGEST: Final = timedelta(hours=8)
"""After so long somebody signs in again, however busy they are: a day at work."""
IDLE: Final = timedelta(minutes=60)
"""After so long without a look somebody is signed out."""
REMEMBERED: Final = timedelta(days=1)
"""So long an ended session is known, so that what was typed in it is kept for whoever typed it."""
SEEN_EVERY: Final = timedelta(minutes=5)
TRIES: Final = 5
LOCKED_FOR: Final = timedelta(minutes=15)
SHORTEST: Final = 12
LONGEST_PASSWORD: Final = 200
WRONG: Final = "The account or the password is not right, or too many wrong ones were tried. Wait a quarter of an hour."


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in. `over` once they have to sign in again."""

    account: str
    csrf: str
    started: datetime
    seen: datetime
    ends: datetime
    over: bool = False


@lru_cache(maxsize=1)
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))


@lru_cache(maxsize=1)
def _nobody() -> str:
    """Return a hash to compare with where there is no account, so that the time taken tells nobody so."""
    return _hasher().hash(secrets.token_urlsafe())


def set_password(database: Database, account: str, password: str, now: datetime) -> None:
    """Set somebody's password, and end the sessions they have. A short one is refused."""
    if not SHORTEST <= len(password) <= LONGEST_PASSWORD:
        raise BadCommandError(
            f"A password has at least {SHORTEST} letters, and at most {LONGEST_PASSWORD}.",
            "Three words are a good one.",
        )
    hashed = _hasher().hash(password)
    with database.unit_of_work() as connection:
        if connection.execute(select(AccountRow.id).where(AccountRow.id == account)).first() is None:
            raise BadCommandError(f"There is no account called {account!r} here.", "`mash people` lists the accounts.")
        connection.execute(delete(CredentialRow).where(CredentialRow.account_id == account))
        connection.execute(insert(CredentialRow).values(account_id=account, hash=hashed, changed_at=now, failures=0))
        connection.execute(delete(SessionRow).where(SessionRow.account_id == account))


def sign_in(database: Database, account: str, password: str, now: datetime) -> str:
    """Return a token for somebody who knows their password. Whatever is wrong, the sentence is the same."""
    with database.reading() as connection:
        known = connection.execute(
            select(CredentialRow.hash, CredentialRow.locked_until)
            .join(AccountRow, AccountRow.id == CredentialRow.account_id)
            .where(CredentialRow.account_id == account, AccountRow.active.is_(True))
        ).first()
    # Outside a transaction: to compare takes a good part of a second, on purpose.
    fits = _hasher().verify(password[:LONGEST_PASSWORD], known.hash if known else _nobody())
    locked = known is not None and known.locked_until is not None and known.locked_until > now
    if known is None or locked or not fits:
        if known is not None and not locked:
            _count_failure(database, account, now)
        raise BadCommandError(WRONG)
    with database.unit_of_work() as connection:
        fresh = {"failures": 0, "locked_until": None}
        connection.execute(update(CredentialRow).where(CredentialRow.account_id == account).values(fresh))
        return _begin(connection, account, now)


def _count_failure(database: Database, account: str, now: datetime) -> None:
    with database.unit_of_work() as connection:
        mine = CredentialRow.account_id == account
        connection.execute(update(CredentialRow).where(mine).values(failures=CredentialRow.failures + 1))
        many = mine & (CredentialRow.failures >= TRIES)
        connection.execute(update(CredentialRow).where(many).values(failures=0, locked_until=now + LOCKED_FOR))


def sign_in_unchecked(database: Database, account: str, now: datetime) -> str:
    """Return a token for a person of the demo, where everybody is a button. Nothing else may call this."""
    with database.unit_of_work() as connection:
        active = select(AccountRow.id).where(AccountRow.id == account, AccountRow.active.is_(True))
        if connection.execute(active).first() is None:
            raise BadCommandError(WRONG)
        return _begin(connection, account, now)


def _begin(connection: Connection, account: str, now: datetime) -> str:
    connection.execute(delete(SessionRow).where(SessionRow.ends_at < now - REMEMBERED))
    token = secrets.token_urlsafe(32)
    values = {"token_hash": _hash(token), "account_id": account, "csrf": secrets.token_urlsafe(32), "started_at": now}
    connection.execute(insert(SessionRow).values(**values, seen_at=now, ends_at=now + LONGEST))
    return token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find(database: Database, token: str, now: datetime) -> Session | None:
    """Return the session of a token, and note now and then that it is in use. One that has ended is `over`."""
    if not token:
        return None
    with database.reading() as connection:
        row = connection.execute(select(SessionRow.__table__).where(SessionRow.token_hash == _hash(token))).first()
    if row is None:
        return None
    ends = min(row.ends_at, row.seen_at + IDLE)
    if now >= ends + REMEMBERED:
        return None
    over = now >= ends
    if not over and now - row.seen_at >= SEEN_EVERY:
        with database.unit_of_work() as connection:
            used = update(SessionRow).where(SessionRow.token_hash == row.token_hash)
            connection.execute(used.values(seen_at=now))
    return Session(row.account_id, row.csrf, row.started_at, row.seen_at, ends, over)


def end(database: Database, token: str, now: datetime) -> None:
    """End a session. For a day it is still known whose it was: what they type in another tab is kept for them."""
    with database.unit_of_work() as connection:
        mine = update(SessionRow).where(SessionRow.token_hash == _hash(token), SessionRow.ends_at > now)
        connection.execute(mine.values(ends_at=now))
