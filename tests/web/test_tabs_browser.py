"""The tabs of a referral in a browser, over ten years of a family: nothing for axe to find, nothing wider than the window."""

import re

import pytest
from playwright.sync_api import Page, expect

from config import clock
from tests.support import long_family
from tests.web.browser import SIZES, accessible, sideways, sign_in
from tests.web.conftest import AUTHORITY, Site, Visit
from web.referral import TABS

TABS_AND_FILTERS = [*(tab.name for tab in TABS if tab.name), "chronology?of=family&theme=visits&year=2019"]

UNFOLD = "document.querySelectorAll('details:nth-of-type(-n+2)').forEach(one => one.open = true)"
"""Opens the first of what is folded, so that it is looked at too."""
PRESSES = 50


@pytest.fixture
def long(site: Site) -> str:
    """A family with four children and ten years of history."""
    return long_family.settle(site.engine, AUTHORITY, clock.now())


@pytest.mark.parametrize("size", SIZES)
def test_every_tab_of_a_long_history_is_fit_to_be_read(visit: Visit, long: str, size: str) -> None:
    page = visit(size)
    sign_in(page, "asha")
    for name in TABS_AND_FILTERS:
        page.goto(f"/referrals/{long}/{name}")
        page.evaluate(UNFOLD)
        accessible(page)
        assert sideways(page) == 0, name


def test_a_drawing_is_reached_and_moved_by_the_keyboard(phone: Page, long: str) -> None:
    sign_in(phone, "asha")
    phone.goto(f"/referrals/{long}/people")
    drawing = phone.get_by_role("region", name="The family")
    drawing.focus()

    expect(drawing).to_be_focused()
    for _ in range(PRESSES):
        phone.keyboard.press("ArrowRight")
        if drawing.evaluate("one => one.scrollLeft") > 0:
            break
    assert drawing.evaluate("one => one.scrollLeft") > 0


def test_the_chronology_is_narrowed_and_put_on_record_as_read(page: Page, long: str) -> None:
    sign_in(page, "asha")
    page.goto(f"/referrals/{long}/chronology")
    page.get_by_label("What you noted").fill("ten years, and the same worries each spring")
    page.get_by_role("button", name="Put on record that I have read it").click()

    expect(page.get_by_role("alert")).to_contain_text("On the record")
    expect(page.get_by_text("Last read by Asha Demo")).to_be_visible()
    page.get_by_text("Show less, or the whole family").click()
    page.get_by_label("What about").select_option("visits")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("Left out as asked")).to_be_visible()
    expect(page).to_have_url(re.compile("theme=visits"))
