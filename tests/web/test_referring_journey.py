"""A school tells the hub about a child in a browser: at a desk and with a phone, with scripts and without."""

from playwright.sync_api import Page, expect

from tests.web.browser import accessible, sideways, sign_in


def filled(page: Page) -> None:
    """Fill in what a school knows."""
    page.get_by_label("The child's name").fill("Kezia Okafor")
    page.get_by_label("Date of birth").fill("2023-01-01")
    page.get_by_label("Name", exact=True).first.fill("Ada Okafor")
    page.get_by_label("What they are to the child").first.select_option("mother")
    page.get_by_label("Neglect", exact=True).check()


def test_from_the_navigation_to_the_receipt(page: Page) -> None:
    sign_in(page, "wyn")
    page.get_by_role("link", name="Refer a child").click()
    expect(page.get_by_role("button", name="Save for later")).to_be_visible()  # the last of the page: axe judges all
    accessible(page)
    assert not sideways(page)
    filled(page)
    page.get_by_role("button", name="Tell the hub", exact=True).click()

    # Something is missing: it is said, and nothing is lost.
    expect(page.get_by_role("link", name="In your own words: fill this in")).to_be_visible()
    expect(page.get_by_label("The child's name")).to_have_value("Kezia Okafor")
    expect(page.get_by_label("Neglect", exact=True)).to_be_checked()
    accessible(page)
    page.get_by_label("In your own words").fill("She came hungry again, the third time this week.")
    page.get_by_role("button", name="Tell the hub", exact=True).click()

    expect(page.get_by_role("heading", name="The hub has it")).to_be_visible()
    accessible(page)
    assert not sideways(page)
    page.get_by_role("link", name="See what becomes of it").click()
    expect(page.get_by_role("heading", name="What became of it")).to_be_visible()


def test_one_more_who_cares_for_the_child_can_be_added_by_keyboard(desktop: Page) -> None:
    sign_in(desktop, "mia")
    desktop.goto("/refer")
    before = desktop.locator("[data-row]").count()
    desktop.get_by_role("button", name="Add another person").focus()
    desktop.keyboard.press("Enter")

    expect(desktop.locator("[data-row]")).to_have_count(before + 1)
    desktop.keyboard.type("Obi Okafor")
    expect(desktop.locator("[data-row] input").last).to_have_value("Obi Okafor")
    accessible(desktop)


def test_what_is_typed_is_kept_and_there_again_after_going_away(desktop: Page) -> None:
    sign_in(desktop, "wyn")
    desktop.goto("/refer")
    filled(desktop)
    desktop.get_by_role("button", name="Save for later").click()
    desktop.goto("/messages")
    desktop.get_by_role("link", name="Tell the hub about a child").click()

    expect(desktop.get_by_text("What you typed here earlier was kept")).to_be_visible()
    expect(desktop.get_by_label("The child's name")).to_have_value("Kezia Okafor")
    expect(desktop.locator("[data-row] select").first).to_have_value("mother")
