"""A day of casework in a real browser: a visit on the doorstep, an offer taken on, a strategy discussion run on its page."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import accessible, sideways, sign_in
from tests.web.conftest import Site
from workflow import access, store


def looks_right(page: Page, heading: str) -> None:
    """Wait for a page, and see that nobody is shut out of it as it is now."""
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    accessible(page)
    assert sideways(page) == 0


def standing_at(site: Site, state: str) -> str:
    """Return a case of the demo by where it stands."""
    with site.engine.database.reading() as connection:
        found = access.worklist(connection, store.actor(connection, "hal"))
    return next(one.reference for one in found if one.state == state)


def test_a_visit_is_recorded_in_six_clicks_and_stands_in_the_plan(site: Site, page: Page) -> None:
    reference = standing_at(site, "child_in_need")
    sign_in(page, "sid")
    page.get_by_role("link", name=reference).click()
    looks_right(page, "What must happen now")

    page.get_by_role("link", name="Record a visit", exact=True).click()
    looks_right(page, "Record a visit")
    page.get_by_label("Granted").check()
    page.get_by_label("The child was seen", exact=True).check()
    page.get_by_label("The child was seen alone").check()
    page.get_by_role("group", name="Did the family know of the visit beforehand?").get_by_label("No").check()
    page.get_by_label("What you saw and heard").fill("warm and tidy, at ease with the grandmother")
    page.get_by_role("button", name="Record a visit").click()

    expect(page.get_by_text("Done and on the record: Record a visit.")).to_be_visible()
    page.get_by_role("link", name="Plan and visits").click()
    looks_right(page, "Plan and visits")
    expect(page.get_by_text("warm and tidy, at ease with the grandmother").first).to_be_visible()


@pytest.mark.parametrize("left_out", ["Granted", "No"])
def test_a_visit_that_leaves_an_answer_out_comes_back_with_all_that_was_typed(
    site: Site, phone: Page, left_out: str
) -> None:
    sign_in(phone, "sid")
    phone.goto(f"/referrals/{standing_at(site, 'child_in_need')}/do/record-visit")
    known = phone.get_by_role("group", name="Did the family know of the visit beforehand?")
    answers = {"Granted": phone.get_by_label("Granted"), "No": known.get_by_label("No")}
    next(answer for name, answer in answers.items() if name != left_out).check()
    phone.get_by_label("What you saw and heard").fill("nobody opened at first")
    phone.get_by_role("button", name="Record a visit").click()

    expect(phone.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(phone.get_by_label("What you saw and heard")).to_have_value("nobody opened at first")
    looks_right(phone, "Record a visit")


def test_early_help_takes_an_offer_on_and_begins(site: Site, page: Page) -> None:
    reference = standing_at(site, "early_help_offered")
    sign_in(page, "elin")
    looks_right(page, "Offers to early help")
    page.get_by_role("link", name=f"Accept {reference}").click()
    looks_right(page, "Accept the case")
    page.get_by_label("Elin Demo").check()
    page.get_by_role("button", name="Accept the case").click()
    expect(page.get_by_text("Done and on the record: Accept the case.")).to_be_visible()

    page.goto("/offers")
    page.get_by_role("link", name=f"Record the family's consent {reference}").click()
    page.get_by_label("Given").check()
    page.get_by_role("button", name="Record the family's consent").click()
    expect(page.get_by_text("Done and on the record: Record the family's consent.")).to_be_visible()

    page.goto("/offers")
    page.get_by_role("link", name=f"Confirm first contact with the family {reference}").click()
    looks_right(page, "Confirm first contact with the family")
    page.get_by_role("button", name="Confirm first contact with the family").click()
    expect(page.get_by_text("Done and on the record: Confirm first contact with the family.")).to_be_visible()


def test_a_strategy_discussion_is_run_on_its_page(site: Site, page: Page) -> None:
    reference = standing_at(site, "strategy_discussion")
    sign_in(page, "mara")
    page.goto(f"/referrals/{reference}/do/hold-strategy")
    looks_right(page, "Record the strategy discussion")

    page.get_by_label("A section 47 enquiry, by social care and the police together").check()
    page.get_by_label("The reasons").fill("an injury that nobody explains")
    page.get_by_role("button", name="Record the strategy discussion").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    looks_right(page, "Record the strategy discussion")

    for name in ("Kofi Demo", "Holly Demo", "Priya Demo", "Sol Demo"):
        page.get_by_role("checkbox", name=name).first.check()
    page.get_by_label("The police considered whether a crime was committed").check()
    page.get_by_label("A safety plan is in place until the enquiry knows more").check()
    page.get_by_role("button", name="Record the strategy discussion").click()

    expect(page.get_by_text("Done and on the record: Record the strategy discussion.")).to_be_visible()
    expect(page.get_by_text("Section 47 enquiry", exact=True)).to_be_visible()
