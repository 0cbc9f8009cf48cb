"""The watch over the pages sees what it is there to see: each fault is planted once, on a small site of its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from tests.web.browser import SIZES, accessible, listening, opened, served, sideways

FRAME = """<!doctype html><html lang="en"><head><title>A page</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main><h1>A page</h1>{}</main></body></html>"""
GOOD = {
    "plain": "<p>Nothing else.</p>",
    "a field without a name, without scripts": "<noscript><input></noscript>",
    "a link that leads away": '<a href="https://example.org/">Away</a>',
    "script": "<p id=who>nobody</p><script>document.getElementById('who').textContent = 'a script'</script>",
}
# What is wrong with a page, as its HTML has it, and what the watch says.
FAULTS = {
    "a picture from elsewhere": ('<img alt="" src="https://example.org/a.png">', "asked for https://example.org/a.png"),
    "another port of this machine": ('<img alt="" src="http://127.0.0.1:9/a.png">', "asked for http://127.0.0.1:9/a"),
    "a word in the console": ("<script>console.log('hello')</script>", "log: hello"),
    "a warning in the console": ("<script>console.warn('beware')</script>", "warning: beware"),
    "an error in the console": ("<script>console.error('broken')</script>", "error: broken"),
    "a script that fails": ("<script>throw new Error('broken')</script>", "a script failed: broken"),
    "a promise that fails": ("<script>Promise.reject(new Error('broken'))</script>", "a script failed: broken"),
    "a picture that is not there": ('<img alt="" src="/missing.png">', "status of 404"),
    "a picture that fails": ('<img alt="" src="/fails">', "GET /fails answered 500"),
}
# What axe calls the fault.
UNLIKE = {
    "a field without a name": ("<input>", "label"),
    "a picture without words": ('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "image-alt"),
    "grey on grey": ('<p style="color:#999;background:#aaa">hard to read</p>', "color-contrast"),
    "a leap in the headings": ("<h4>Deep</h4>", "heading-order"),
    "a thumb would miss it": (
        '<a href="#" style="font-size:5px">a</a><a href="#" style="font-size:5px">b</a>',
        "target-size",
    ),
}
PAGES = GOOD | {name: html for name, (html, _) in (FAULTS | UNLIKE).items()}
SCRIPTS = pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])


async def shown(request: Request) -> HTMLResponse:
    """Show a page by its name; any other is not there."""
    name = request.path_params["name"]
    return HTMLResponse(FRAME.format(PAGES.get(name, "<p>Not found.</p>")), 200 if name in PAGES else 404)


async def fails(_request: Request) -> HTMLResponse:
    """Fail."""
    return HTMLResponse(FRAME.format(""), 500)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A small site."""
    site = Starlette(routes=[Route("/pages/{name}", shown), Route("/fails", fails)])
    with listening() as taken, served(site, taken) as address:
        yield address


@SCRIPTS
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["plain", "script"])
def test_a_good_page_is_let_pass(browser: Browser, address: str, size: str, name: str, script: bool) -> None:
    with opened(browser, address, size, script=script) as page:
        page.goto(f"/pages/{name}")
        accessible(page)
        assert sideways(page) == 0


def test_scripts_run_for_one_visitor_and_not_for_the_other(browser: Browser, address: str) -> None:
    for script, says in ((True, "a script"), (False, "nobody")):
        with opened(browser, address, "desktop", script=script) as page:
            page.goto("/pages/script")
            assert page.locator("#who").text_content() == says


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_held_against_the_page(browser: Browser, address: str, name: str) -> None:
    with pytest.raises(AssertionError) as held, opened(browser, address, "desktop") as page:
        page.goto(f"/pages/{name}")

    assert FAULTS[name][1] in str(held.value)


def test_a_page_that_fails_is_held_against_the_site(browser: Browser, address: str) -> None:
    with pytest.raises(AssertionError, match="GET /fails answered 500"), opened(browser, address, "phone") as page:
        page.goto("/fails")


def test_a_page_that_is_rightly_refused_is_no_fault(browser: Browser, address: str) -> None:
    with opened(browser, address, "desktop") as page:
        answer = page.goto("/pages/nowhere")

    assert answer is not None
    assert answer.status == 404


def test_a_page_opened_in_a_second_window_is_watched_as_well(browser: Browser, address: str) -> None:
    with pytest.raises(AssertionError, match="hello"), opened(browser, address, "desktop") as page:
        page.context.new_page().goto("/pages/a word in the console")


def follow_the_link(page: Page) -> None:
    """Go where a page leads, and wait for what comes of it."""
    page.goto("/pages/a link that leads away")
    with page.expect_event("requestfailed"):
        page.get_by_role("link").click()


def test_a_link_that_leads_away_is_held_against_the_page(browser: Browser, address: str) -> None:
    with (
        pytest.raises(AssertionError, match=r"a link asked for https://example\.org/"),
        opened(browser, address, "phone") as page,
    ):
        follow_the_link(page)


def test_no_name_leads_anywhere(browser: Browser, address: str) -> None:
    with pytest.raises(AssertionError, match="ERR_NAME_NOT_RESOLVED"), opened(browser, address, "desktop") as page:
        page.goto("/pages/a picture from elsewhere", wait_until="networkidle")


@SCRIPTS
@pytest.mark.parametrize("name", UNLIKE)
def test_axe_names_what_a_person_could_not_use(browser: Browser, address: str, name: str, script: bool) -> None:
    with opened(browser, address, "phone", script=script) as page:
        page.goto(f"/pages/{name}")

        with pytest.raises(AssertionError, match=UNLIKE[name][1]):
            accessible(page)


def test_what_only_those_without_scripts_see_is_looked_at_for_them(browser: Browser, address: str) -> None:
    with opened(browser, address, "desktop") as page:
        page.goto("/pages/a field without a name, without scripts")
        accessible(page)
    with opened(browser, address, "desktop", script=False) as page:
        page.goto("/pages/a field without a name, without scripts")
        with pytest.raises(AssertionError, match="label"):
            accessible(page)


def test_a_page_wider_than_its_window_is_measured(browser: Browser, address: str) -> None:
    with opened(browser, address, "phone") as page:
        page.goto("/pages/plain")
        page.evaluate("document.body.style.width = '1000px'")

        assert sideways(page) > 500
