"""The site with its demo, and visitors to it: on a desk, with a phone, with scripts and without."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from config import clock
from config.policy import PolicyBook
from config.settings import Settings
from models.database import Database
from tests.support.chromium import chromium
from tests.support.hub import Hub
from tests.web.browser import FLAGS, address_of, listening, opened, served
from tests.web.desk import Sit, desks
from web.app import create
from workflow import demo
from workflow.calendar import WorkingCalendar
from workflow.engine import Engine

AUTHORITY = "coventry"
Visit = Callable[..., Page]
"""`visit("phone", script=False)`: the page of a visitor who is new here."""


def name_of_visitor(visitor: tuple[str, bool]) -> str:
    """Name one sort of visitor."""
    size, script = visitor
    return size if script else f"{size} without scripts"


@dataclass(frozen=True, slots=True)
class Site:
    """The product as it is served to a test, over a database of its own."""

    address: str
    app: FastAPI
    engine: Engine


@pytest.fixture(scope="session")
def policies() -> PolicyBook:
    """The policies of the demo, read once."""
    return PolicyBook.load(AUTHORITY)


@pytest.fixture(scope="session")
def demo_database(sqlite_template: Path, policies: PolicyBook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demo in it, to be copied."""
    path = tmp_path_factory.mktemp("demo") / "mash.db"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    demo.load(Engine(database, policies, WorkingCalendar.england()), AUTHORITY, clock.now())
    database.dispose()
    return path


@pytest.fixture
def site(demo_database: Path, policies: PolicyBook, tmp_path: Path) -> Iterator[Site]:
    """The site over a copy of the demo that this test alone changes."""
    path = tmp_path / "mash.db"
    shutil.copy(demo_database, path)
    database = Database(f"sqlite:///{path}")
    engine = Engine(database, policies, WorkingCalendar.england())
    with listening() as taken:
        address = address_of(taken)
        settings = Settings(
            home=tmp_path, database_url=f"sqlite:///{path}", authority=AUTHORITY, base_url=address, demo=True
        )
        app = create(settings, engine)
        with served(app, taken):
            yield Site(address, app, engine)
    database.dispose()


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh database. What pages ask of one is tested where the reads are, on both kinds."""
    path = tmp_path / "mash.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def sit(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sit]:
    """Sit somebody down at the pages of a hub: `sit("tara")`."""
    with desks(hub, tmp_path, monkeypatch) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A running Chromium. One for each module: while Playwright runs, no other test of the process could use asyncio."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Visit]:
    """Open a page for a visitor who is new here: `visit("phone", script=False)`."""
    with ExitStack() as visitors:
        yield lambda size, *, script=True: visitors.enter_context(opened(browser, site.address, size, script=script))


@pytest.fixture
def desktop(visit: Visit) -> Page:
    """A visitor at a desk."""
    return visit("desktop")


@pytest.fixture
def phone(visit: Visit) -> Page:
    """A visitor with a phone."""
    return visit("phone")


@pytest.fixture
def plain_desktop(visit: Visit) -> Page:
    """A visitor at a desk, whose scripts do not run."""
    return visit("desktop", script=False)


@pytest.fixture
def plain_phone(visit: Visit) -> Page:
    """A visitor with a phone, whose scripts do not run."""
    return visit("phone", script=False)


@pytest.fixture(params=[("desktop", True), ("phone", False)], ids=name_of_visitor)
def page(request: pytest.FixtureRequest, visit: Visit) -> Page:
    """Two visitors in turn, for whole journeys: each size and each way with scripts comes once."""
    size, script = request.param
    return visit(size, script=script)
