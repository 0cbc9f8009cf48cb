"""The pages on which managers decide, in a real browser at both widths: nobody is shut out, and nothing runs off the side."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from config import clock
from config.settings import Settings
from tests.support import further_paths, paths
from tests.support.hub import Hub, open_hub
from tests.support.stories import table
from tests.web.browser import SIZES, accessible, address_of, listening, opened, served, sideways
from web.app import create
from web.page import COOKIE
from workflow import sessions


@pytest.fixture
def hub(sqlite_template: Path, tmp_path: Path) -> Iterator[Hub]:
    """A hub of its own."""
    path = tmp_path / "mash.db"
    shutil.copy(sqlite_template, path)
    opened_hub = open_hub(f"sqlite:///{path}")
    yield opened_hub
    opened_hub.engine.database.dispose()


@pytest.fixture
def address(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The pages over the hub, at the hub's own time."""
    monkeypatch.setattr(clock, "now", lambda: hub.now)
    with listening() as taken:
        url, place = hub.engine.database.url, address_of(taken)
        settings = Settings(home=tmp_path, database_url=url, authority="coventry", base_url=place, demo=True)
        with served(create(settings, hub.engine), taken):
            yield place


def lowered(hub: Hub) -> str:
    """Go as far as a lower grade that waits for a second person."""
    reference = paths.to_decision(hub)
    hub.act(reference, "grade", "tara", grade="green", reason="the school has fed him since")
    return reference


def disputed(hub: Hub) -> str:
    """Go as far as a challenge that climbed to the line managers."""
    reference = paths.to_assessment(hub)
    hub.act(reference, "challenge", "dsl", reason="it cannot wait")
    hub.act(reference, "climb-challenge", "dsl")
    return reference


def full(hub: Hub) -> str:
    """Go as far as a closure of which something is to be said in every part of the packet."""
    first = paths.ready_to_sign(hub)
    hub.act(first, "sign-off", "tess")
    reference = paths.to_closure_proposed(hub.wait(weeks=60))
    hub.act(reference, "return-closure", "tess", reason="nobody asked the mother")
    hub.act(reference, "set-condition", "sam", condition="house_clean", status="set", set_by="meeting")
    hub.act(reference, "record-appointment", "sam", what="paediatric", outcome="was_not_brought")
    hub.act(reference, "propose-closure", "sam", reason_code="needs_met", summary="the plan has done its work " * 20)
    hub.act(reference, "give-view", "dsl", view="disagree", reason="still hungry on Mondays")
    hub.act(reference, "give-view", "pc", view="none")
    return reference


@pytest.mark.parametrize(
    ("arrange", "who", "verb"),
    table(
        ("a closure with everything in it", full, "tess", "sign-off"),
        ("a lower grade", lowered, "mona", "agree-grade"),
        ("an enquiry without a conference", further_paths.to_section_47, "theo", "second-sign"),
        ("a challenge", disputed, "tess", "settle-challenge"),
        ("putting a case forward", paths.to_child_in_need, "sam", "propose-closure"),
        ("offering a step-down", paths.to_child_in_need, "tess", "offer-step-down"),
    ),
)
def test_nobody_is_shut_out_of_a_decision(
    hub: Hub, browser: Browser, address: str, arrange: Callable[[Hub], str], who: str, verb: str
) -> None:
    reference = arrange(hub)
    token = sessions.sign_in_unchecked(hub.engine.database, who, hub.now)
    with opened(browser, address, "desktop") as page:
        page.context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
        for width, height in SIZES.values():
            page.set_viewport_size({"width": width, "height": height})
            page.goto(f"/referrals/{reference}/do/{verb}")
            assert page.locator("h1").count() == 1
            accessible(page)
            assert sideways(page) == 0
