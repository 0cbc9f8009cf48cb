"""A manager's morning in a real browser: the team, a case to give away, a deputy. Two visitors have it."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from config import clock
from tests.web.browser import accessible, sideways, sign_in
from tests.web.conftest import Site
from workflow import access, store


def looks_right(page: Page, heading: str) -> None:
    """Wait for a page, and see that nobody is shut out of it as it is now."""
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    accessible(page)
    assert sideways(page) == 0


def on_a_plan(site: Site) -> str:
    """Return a case of the demo that is on a plan."""
    with site.engine.database.reading() as connection:
        found = access.worklist(connection, store.actor(connection, "tom"))
    return next(one.reference for one in found if one.state == "child_in_need")


def test_a_case_is_given_to_a_worker_in_two_clicks(site: Site, page: Page) -> None:
    reference = on_a_plan(site)
    sign_in(page, "tom")
    page.goto(f"/referrals/{reference}/do/allocate")
    looks_right(page, "Allocate to a worker")

    page.get_by_label("Nell Demo, social worker").check()
    page.get_by_role("button", name="Allocate to a worker").click()

    expect(page.get_by_text("Done and on the record: Allocate to a worker.")).to_be_visible()
    expect(page.get_by_text("Nell Demo, Demo Children's Social Care")).to_be_visible()


def test_the_team_is_looked_over_and_a_deputy_set(site: Site, page: Page) -> None:
    sign_in(page, "tom")
    page.get_by_role("link", name="My team").click()
    looks_right(page, "My team")
    expect(page.get_by_role("row", name="Sid Demo")).to_be_visible()
    page.get_by_role("link", name="Set or end cover for absence").click()
    looks_right(page, "Cover for absence")

    page.get_by_role("button", name="Set cover").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    looks_right(page, "Cover for absence")
    today = clock.now().date()
    page.get_by_label("Who is away").select_option("sid")
    page.get_by_label("Who stands in").select_option("nell")
    page.get_by_label("First day").fill(today.isoformat())
    page.get_by_label("Last day").fill((today + timedelta(days=5)).isoformat())
    page.get_by_role("button", name="Set cover").click()

    expect(page.get_by_text("Nell Demo for Sid Demo", exact=True)).to_be_visible()
    looks_right(page, "Cover for absence")
    page.get_by_role("link", name="My team").click()
    expect(page.get_by_text("Nell Demo stands in")).to_be_visible()
    looks_right(page, "My team")


def test_the_head_of_service_sees_every_team(site: Site, page: Page) -> None:
    sign_in(page, "hal")
    looks_right(page, "Needs my decision")
    page.get_by_role("link", name="All teams").click()

    expect(page.get_by_role("heading", name="All teams")).to_be_visible()
    expect(page.get_by_role("row", name="Nell Demo")).to_be_visible()
    looks_right(page, "All teams")
