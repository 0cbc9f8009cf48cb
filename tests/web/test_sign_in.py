"""Signing in and out as each visitor sees it: back to where they wanted to go, and nothing told to whoever is not known."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import accessible, path_of, sideways, sign_in

WANTED = "/referrals/M000002"


def test_whoever_wanted_a_page_is_asked_first_and_then_brought_there(page: Page) -> None:
    page.goto(WANTED)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    accessible(page)
    assert sideways(page) == 0

    page.locator("button[name=demo][value=asha]").click()

    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert path_of(page.url) == WANTED


def test_a_wrong_password_is_refused_at_the_top_of_the_page_and_the_account_is_kept(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("Account").fill("asha")
    page.get_by_label("Password", exact=True).fill("three wrong words")
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    expect(page.get_by_label("Account")).to_have_value("asha")
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    assert page.title().startswith("Error: ")
    accessible(page)
    assert sideways(page) == 0


def test_whoever_signed_out_has_to_sign_in_again(page: Page) -> None:
    sign_in(page, "asha")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    accessible(page)

    page.goto(WANTED)

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "/\\example.org/"])
def test_nobody_is_sent_to_another_site_after_signing_in(desktop: Page, elsewhere: str) -> None:
    desktop.goto(f"/sign-in?back={elsewhere}")
    desktop.locator("button[name=demo][value=asha]").click()

    expect(desktop.get_by_role("button", name="Sign out")).to_be_visible()
    assert "example.org" not in desktop.url
