"""What every test may ask for: a fresh database of each kind, and a hub in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.hub import Hub, open_hub
from tests.support.postgres import Server


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL server of this run's own, or the one that MASH_TEST_DATABASE_URL names."""
    with Server.start() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, empty database, on each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'mash.db'}"
        return
    server: Server = request.getfixturevalue("postgres_server")
    with server.fresh_database() as url:
        yield url


@pytest.fixture
def hub(database_url: str) -> Iterator[Hub]:
    """A hub in a fresh database."""
    opened = open_hub(database_url)
    yield opened
    opened.engine.database.dispose()
