"""A photograph from the call to the note beside it, in a browser: with scripts and without, on a desk and on a phone."""

import re

from playwright.sync_api import Page, expect

from tests.support.pictures import png
from tests.web.browser import accessible, sideways, sign_in
from tests.web.conftest import Site
from workflow.demo_people import PEOPLE

SCHOOL = next(one.account for one in PEOPLE if one.kind == "safeguarding_lead")
TRIAGE = next(one.account for one in PEOPLE if one.role == "triage_worker")
PICTURE = "img.mash-exhibit__picture"


def looked_at(page: Page) -> None:
    """Hold the page as it is to what every page is held to."""
    accessible(page)
    assert sideways(page) == 0


def tell(page: Page) -> str:
    """Tell the hub about a child, with a photograph; return the reference."""
    sign_in(page, SCHOOL)
    page.goto("/refer")
    page.get_by_label("The child's name").fill("Kezia Okafor")
    page.get_by_label("Date of birth").fill("2023-01-01")
    page.get_by_label("Physical abuse").check()
    page.get_by_label("In your own words").fill("A bruise on the left arm, seen at registration.")
    page.get_by_text("If there is an injury, or photographs").click()
    picture = {"name": "arm.png", "mimeType": "image/png", "buffer": png(1600, 400)}
    page.get_by_label("Photographs and papers").set_input_files([picture])
    looked_at(page)
    page.get_by_role("button", name="Tell the hub", exact=True).click()
    expect(page).to_have_url(re.compile("/refer/received/"))
    reference = page.url.rpartition("/")[2]
    page.goto(f"/referrals/{reference}")
    expect(page.get_by_role("link", name=re.compile("arm.png"))).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Sign out").click()
    return reference


def test_a_photograph_is_sent_opened_in_its_place_and_noted(page: Page, site: Site) -> None:
    reference = tell(page)
    sign_in(page, TRIAGE)
    page.goto(f"/referrals/{reference}/concerns")
    expect(page.get_by_text("Nobody has opened it yet.")).to_be_visible()
    expect(page.locator(PICTURE)).to_have_count(0)
    looked_at(page)

    page.get_by_text("arm.png").click()
    if page.evaluate("matchMedia('(scripting: none)').matches"):
        page.get_by_role("link", name="Show this picture here").click()
    picture = page.locator(PICTURE)
    expect(picture).to_be_visible()
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") == 1600
    if not page.evaluate("matchMedia('(scripting: none)').matches"):
        expect(page.get_by_text("Opened by you just now.")).to_be_visible()
    looked_at(page)

    page.get_by_role("link", name="Record that these were opened").click()
    page.get_by_label("Note on file 1").fill("A round bruise, brown at its edge.")
    looked_at(page)
    page.get_by_role("button", name="Record that the evidence was opened").click()
    expect(page).to_have_url(re.compile("done=review-evidence"))
    page.goto(f"/referrals/{reference}/concerns")
    expect(page.get_by_text("A round bruise, brown at its edge.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"1 file came with it: opened by"))).to_be_visible()
    looked_at(page)
