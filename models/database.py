"""The one door to the database: the engine and the unit of work, which alone commits."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text

BUSY_TIMEOUT_MS = 15_000
WAL_RETRY_MS = 50


class Database:
    """A database, SQLite or PostgreSQL, by its address. Opens nothing before it is used."""

    def __init__(self, url: str) -> None:
        """Remember where the database is."""
        self.url = url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def is_sqlite(self) -> bool:
        """True for the embedded default."""
        return self.url.startswith("sqlite")

    @cached_property
    def engine(self) -> Engine:
        """The engine, built at first use. SQLite: write-ahead log, full durability, real transactions."""
        if not self.is_sqlite:
            return create_engine(self.url, pool_pre_ping=True, connect_args={"prepare_threshold": 1})
        engine = create_engine(self.url)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    @contextmanager
    def unit_of_work(self) -> Iterator[Connection]:
        """Open one transaction that may write: everything in it happens, or nothing does."""
        with self.engine.connect() as plain:
            connection = plain.execution_options(mash_writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that only reads."""
        with self.engine.connect() as connection, connection.begin() as transaction:
            yield connection
            transaction.rollback()

    def take_turns(self, connection: Connection, over: str) -> None:
        """Let one transaction at a time do what `over` names, until it ends. SQLite lets only one write anyway."""
        if not self.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:over, 0))"), {"over": over})

    def dispose(self) -> None:
        """Close every connection."""
        if "engine" in self.__dict__:
            self.engine.dispose()


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own transactions begin too late for a reader that becomes a writer; ours begin below.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    _write_ahead(cursor)
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _write_ahead(cursor: sqlite3.Cursor) -> None:
    """Turn the write-ahead log on. While others turn it on at the same moment SQLite does not wait by itself."""
    for _ in range(BUSY_TIMEOUT_MS // WAL_RETRY_MS):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(WAL_RETRY_MS / 1000)
        else:
            return
    cursor.execute("PRAGMA journal_mode=WAL")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("mash_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
