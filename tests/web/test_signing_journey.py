"""A manager's journey in a real browser: what waits, the evidence, the signature. Two visitors make it."""

import pytest
from playwright.sync_api import Page, expect

from config import clock
from tests.web.browser import accessible, sideways, sign_in
from tests.web.conftest import Site, Visit
from workflow import access, store


def put_forward(site: Site) -> str:
    """Return the demo's closure that is put forward."""
    with site.engine.database.reading() as connection:
        found = access.worklist(connection, store.actor(connection, "tilda"))
    return next(one.reference for one in found if one.state == "closure_proposed")


def act(site: Site, reference: str, actor: str, verb: str, **given: object) -> None:
    """Do one thing as somebody of the demo."""
    with site.engine.database.reading() as connection:
        doer = store.actor(connection, actor)
    site.engine.act(reference, verb, doer, clock.now(), given)


def heard(site: Site) -> str:
    """Let the last view come in, and let the school be told: only the reading and the signature are wanted."""
    reference = put_forward(site)
    act(site, reference, "holly", "give-view", view="agree", reason="growing well")
    act(site, reference, "nell", "record-told", who="wyn", words="rang, and said what was decided and why")
    return reference


def looks_right(page: Page, heading: str) -> None:
    """Wait for a page, and see that nobody is shut out of it as it is now."""
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    accessible(page)
    assert sideways(page) == 0


def test_a_closure_is_signed_in_three_clicks_from_what_waits(site: Site, page: Page) -> None:
    reference = heard(site)
    sign_in(page, "tilda")
    looks_right(page, "Needs my decision")

    page.get_by_role("link", name=reference).click()
    looks_right(page, "Sign or return the closure")
    page.get_by_label("What you noted in it").fill("read to the end; the school is content")
    page.get_by_role("button", name="I have read it to its end").click()
    expect(page.get_by_text("You have read it to its end today.")).to_be_visible()
    looks_right(page, "Sign or return the closure")
    page.get_by_role("button", name="Sign off the closure").click()

    expect(page.get_by_text("Done and on the record: Sign off the closure.")).to_be_visible()
    looks_right(page, "What must happen now")
    page.get_by_role("link", name="Needs my decision").click()
    expect(page.get_by_text("Nothing waits for your decision.")).to_be_visible()
    looks_right(page, "Needs my decision")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_closure_is_returned_with_a_reason_by_keyboard_alone(site: Site, visit: Visit, size: str) -> None:
    reference = put_forward(site)
    page = visit(size)
    sign_in(page, "tilda")
    page.goto(f"/referrals/{reference}/do/sign-off")

    page.get_by_role("button", name="Return the closure").press("Enter")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    looks_right(page, "Sign or return the closure")
    page.get_by_role("link", name="Reason").press("Enter")
    page.keyboard.type("nobody has asked the father")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Done and on the record: Return the closure.")).to_be_visible()
