"""Where GOV.UK Frontend was not fetched, the pages come in a plain style: all of it works, and fits everybody."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.web.browser import accessible, sideways, sign_in
from web import product


@pytest.fixture
def not_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for what was fetched where nothing is."""
    monkeypatch.setattr(product, "ASSETS", tmp_path / "nothing")


def judge(page: Page) -> None:
    """See that a page is there, and that anybody could use it."""
    assert page.locator("h1").count() == 1
    assert page.get_by_role("button", name="Sign out").is_visible()
    accessible(page)
    assert sideways(page) == 0, page.url


@pytest.mark.usefixtures("not_fetched")
def test_the_plain_pages_work_and_ask_for_nothing_that_is_not_there(page: Page) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))

    page.goto("/sign-in")
    accessible(page)
    sign_in(page, "asha")
    for path in ("/rules", "/cases"):
        page.goto(path)
        judge(page)
    for link in ("main a[href^='/referrals/']", "main a[href*='/do/']"):
        page.goto(page.locator(link).first.get_attribute("href") or "")
        judge(page)

    assert any(url.endswith("/static/plain.css") for url in asked)
    assert not [url for url in asked if "/govuk/" in url]
