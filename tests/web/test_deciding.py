"""The decision at the front door: what each outcome needs is said at the outcome, and refused without it."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from config import clock
from config.clock import LONDON
from tests.support import paths
from tests.support.hub import Hub
from tests.web.browser import accessible, sideways, sign_in
from tests.web.conftest import Site
from tests.web.desk import Answer, Sit
from web.deciding import ASKED_BY, NEEDS
from workflow import store
from workflow.deciding_read import OUTCOMES


def hints(page: Answer) -> dict[str, str]:
    """Return what stands under each outcome."""
    found = re.findall(r'id="outcome(?:-\d+)?-item-hint"[^>]*>(.*?)</div>', page.page, re.DOTALL)
    return dict(zip(OUTCOMES, (" ".join(one.split()) for one in found), strict=True))


def unheard(hub: Hub) -> str:
    """Put a referral before a manager that nobody has asked about."""
    reference = hub.refer(carers="Ada Example:mother")
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "grade", "tara", grade="amber", reason="home conditions, young child")
    hub.act(reference, "ask", "tara", of="pc,hv")
    hub.act(reference, "put-for-decision", "tara", anyway="the manager asked for it")
    return reference


def test_an_outcome_that_cannot_be_chosen_yet_says_why_before_it_is_sent_and_is_refused(hub: Hub, sit: Sit) -> None:
    reference = unheard(hub)
    mona = sit("mona")
    page = mona.look(f"/referrals/{reference}/do/decide")

    assert "Not yet:" in hints(page)["no_further_action"]
    assert "Not yet:" not in hints(page)["strategy_discussion"]
    told = {"outcome": "no_further_action", "reason": "all well", "answers.neglect": "not_found"}
    refused = mona.send(f"/referrals/{reference}/do/decide", page, **told)

    assert refused.status == 400
    assert "all well" in refused.page
    assert hub.row(reference)["state"] == "awaiting_decision"


def test_nothing_is_said_to_be_missing_where_an_outcome_can_be_chosen_and_it_can(hub: Hub, sit: Sit) -> None:
    reference = paths.to_decision(hub)
    mona = sit("mona")
    page = mona.look(f"/referrals/{reference}/do/decide")

    assert hints(page)["assessment"] == NEEDS["assessment"]
    told = {"outcome": "assessment", "reason": "needs a fuller look", "answers.neglect": "unknown"}
    done = mona.send(f"/referrals/{reference}/do/decide", page, **told)

    assert done.path == f"/referrals/{reference}?done=decide"
    assert hub.row(reference)["state"] == "assessment"


def test_what_the_decision_rests_on_stands_beside_it(hub: Hub, sit: Sit) -> None:
    page = sit("mona").look(f"/referrals/{paths.to_decision(hub)}/do/decide")

    assert "known, last seen in January" in page.section("What the agencies know")
    assert "Household: 10 March 2026" in page.section("Where history was looked for")
    assert "came hungry again" in page.section("The newest of the record")
    assert re.search(r"Neglect .*Raised 10 March 2026 by dsl example", page.text)


def test_an_agency_and_a_triage_worker_have_no_such_form(hub: Hub, sit: Sit) -> None:
    reference = paths.to_decision(hub)

    for account in ("dsl", "tara"):
        page = sit(account).look(f"/referrals/{reference}/do/decide")
        assert page.status == 400
        assert "is not yours to do" in page.text
        assert "Back to M0" in page.text


def test_every_outcome_says_what_it_needs_and_asks_only_for_outcomes_that_there_are() -> None:
    assert set(NEEDS) == set(OUTCOMES)
    assert {one for whose in ASKED_BY.values() for one in whose} <= set(OUTCOMES)


def awaiting(site: Site) -> str:
    """Put a referral of the demo before a manager."""
    with site.engine.database.reading() as connection:
        asha = store.actor(connection, "asha")
    site.engine.act("M000005", "put-for-decision", asha, clock.now(), {"anyway": "the manager asked for it"})
    return "M000005"


def test_with_scripts_only_what_the_outcome_asks_is_shown(site: Site, desktop: Page) -> None:
    reference = awaiting(site)
    sign_in(desktop, "mara")
    desktop.goto(f"/referrals/{reference}/do/decide")
    when = desktop.get_by_label("When the strategy discussion is held", exact=False)
    until = desktop.get_by_label("Deferred until", exact=False)

    expect(when).to_be_hidden()
    desktop.get_by_label("Strategy discussion", exact=True).check()
    expect(when).to_be_visible()
    expect(until).to_be_hidden()
    accessible(desktop)
    desktop.get_by_label("Deferred", exact=True).check()
    expect(when).to_be_hidden()
    expect(until).to_be_visible()


def test_without_scripts_everything_is_there_and_the_decision_is_made(site: Site, plain_phone: Page) -> None:
    reference = awaiting(site)
    sign_in(plain_phone, "mara")
    plain_phone.goto(f"/referrals/{reference}/do/decide")
    assert not sideways(plain_phone)
    expect(plain_phone.get_by_label("Deferred until", exact=False)).to_be_visible()
    plain_phone.get_by_label("Strategy discussion", exact=True).check()
    at = (clock.now() + timedelta(hours=4)).astimezone(LONDON)
    plain_phone.get_by_label("When the strategy discussion is held", exact=False).fill(f"{at:%Y-%m-%dT%H:%M}")
    plain_phone.get_by_label("Unknown", exact=True).check()
    plain_phone.get_by_label("Reason", exact=True).fill("the unborn child may be at risk of harm")
    plain_phone.get_by_role("button", name="Decide the outcome").click()

    expect(plain_phone.get_by_text("Done and on the record: Decide the outcome.")).to_be_visible()
