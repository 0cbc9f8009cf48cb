"""The case list in a browser: it draws itself anew, keeps the place, and leaves alone whoever is choosing a filter."""

import re
from datetime import date

from playwright.sync_api import Page, expect

from config import clock
from models.database import Database
from tests.web.browser import accessible, sideways, sign_in
from tests.web.conftest import Site
from workflow import store
from workflow.intake import refer

LOOK = "document.dispatchEvent(new Event('mash:look'))"


def told(site: Site) -> str:
    """Let a school tell the hub of one more child."""
    database: Database = site.engine.database
    with database.reading() as connection:
        wyn = store.actor(connection, "wyn")
    given = {"child": "Newly Told", "born": date(2020, 3, 4), "concerns": ["neglect"], "words": "came hungry again"}
    return refer(site.engine, wyn, clock.now(), given).reference


def test_what_is_new_appears_and_is_said_and_the_place_is_kept(site: Site, desktop: Page) -> None:
    sign_in(desktop, "asha")
    desktop.goto("/cases")
    link = desktop.locator("[data-reference] a").first
    link.focus()
    held = link.inner_text()

    new = told(site)
    desktop.evaluate(LOOK)

    expect(desktop.locator(f"[data-reference={new}]")).to_be_visible()
    expect(desktop.locator("[data-live-said]")).to_have_text("The list changed: 1 new.")
    assert desktop.evaluate("document.activeElement.textContent") == held
    accessible(desktop)


def test_nothing_moves_while_somebody_chooses_a_filter(site: Site, desktop: Page) -> None:
    sign_in(desktop, "asha")
    desktop.goto("/cases")
    desktop.get_by_text("Filter", exact=True).click()
    desktop.get_by_label("Grade").focus()

    new = told(site)
    desktop.evaluate(LOOK)
    expect(desktop.locator(f"[data-reference={new}]")).to_have_count(0)

    desktop.get_by_label("Grade").evaluate("one => one.blur()")
    desktop.evaluate(LOOK)
    expect(desktop.locator(f"[data-reference={new}]")).to_be_visible()


def test_without_scripts_there_is_a_link_that_looks_again(site: Site, plain_phone: Page) -> None:
    sign_in(plain_phone, "asha")
    plain_phone.goto("/cases?tab=new")
    new = told(site)

    plain_phone.get_by_role("link", name="Refresh").click()

    expect(plain_phone.locator(f"[data-reference={new}]")).to_be_visible()
    assert plain_phone.url.endswith("/cases?tab=new")
    assert not sideways(plain_phone)


def test_a_filter_is_set_and_taken_off_by_keyboard_alone(desktop: Page) -> None:
    sign_in(desktop, "asha")
    desktop.goto("/cases")
    before = desktop.locator("[data-reference]").count()
    desktop.locator("summary", has_text="Filter").focus()
    desktop.keyboard.press("Enter")
    desktop.get_by_label("Overdue only").focus()
    desktop.keyboard.press("Space")
    desktop.keyboard.press("Enter")

    chip = desktop.get_by_role("link", name=re.compile("Overdue only"))
    expect(chip).to_be_visible()
    accessible(desktop)
    chip.focus()
    desktop.keyboard.press("Enter")

    expect(desktop.locator("[data-reference]")).to_have_count(before)
    assert desktop.url.endswith("/cases")
