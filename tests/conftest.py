"""What every test may ask for: a fresh database of each kind, and a hub in it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from models.migrate import migrate
from tests.support.chromium import LACKING, chromium, in_a_browser, is_needed
from tests.support.hub import Hub, open_hub
from tests.support.postgres import Server

# How long an example takes says nothing about it: the machine may be busy with other things.
settings.register_profile("mash", deadline=None)
settings.load_profile("mash")


def pytest_configure() -> None:
    """Refuse to leave anything out in CI."""
    if chromium() is None and is_needed():
        raise pytest.UsageError("There is no Chromium here, and CI leaves no test out (Debian: apt install chromium).")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a browser where there is none."""
    if chromium() is None:
        left_out = in_a_browser(items)
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out. A header would not do: `make test` runs quietly, and shows none."""
    if chromium() is None:
        terminalreporter.write_line(LACKING, yellow=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL server of this worker's own, or the one that MASH_TEST_DATABASE_URL names."""
    with Server.start() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that has every migration, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database with tables and no rows, on each kind in turn."""
    if request.param == "sqlite":
        path = tmp_path / "mash.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: Server = request.getfixturevalue("postgres_server")
    with server.fresh_database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which there is nothing yet, on each kind in turn: for what migrates."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'mash.db'}"
        return
    server: Server = request.getfixturevalue("postgres_server")
    with server.fresh_database(migrated=False) as url:
        yield url


@pytest.fixture
def hub(database_url: str) -> Iterator[Hub]:
    """A hub in a fresh database."""
    opened = open_hub(database_url)
    yield opened
    opened.engine.database.dispose()
