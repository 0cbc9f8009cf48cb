"""The search page: what is asked for is in no address, and nobody finds what they may not know of."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from models.tables.reads import ReadRow
from tests.support.hub import Hub
from tests.web.browser import accessible, sideways, sign_in
from tests.web.desk import Sit
from tests.web.queries import asked

MOST_QUESTIONS = 15


@pytest.fixture
def hub(hub: Hub) -> Hub:
    """A hub of its own, with one referral."""
    hub.refer(child="Kezia Okafor", born=date(2023, 1, 5), carers="Ada Mensah:mother")
    hub.wait(minutes=5)
    return hub


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"text": "Kezia Okafor"}, "Found by the name"),
        ({"text": "kesia okafour"}, "Found by the name, which is spelt otherwise"),
        ({"text": "Ada Mensah"}, "Found by the name of somebody in the family"),
        ({"text": "", "born": "2023-01-05"}, "Found by the date of birth"),
        ({"text": "M1 Okafor"}, "Found by the reference"),
    ],
    ids=["name", "misspelt", "mother", "birthday", "reference and more"],
)
def test_a_child_is_found_by_what_is_known_and_the_page_says_by_what(sit: Sit, typed: dict[str, str], why: str) -> None:
    page = sit("tara").send("/search", **typed)

    assert page.path == "/search"
    assert "1 found" in page.text
    assert "Kezia Okafor , born 5 January 2023, 3 years" in page.text
    assert why in page.text
    assert 'href="/referrals/M000001"' in page.page


def test_a_reference_alone_leads_straight_there(sit: Sit) -> None:
    assert sit("tara").send("/search", text="m1").path == "/referrals/M000001"


def test_a_reference_that_there_is_not_leads_nowhere(sit: Sit) -> None:
    page = sit("tara").send("/search", text="M000999")

    assert page.path == "/search"
    assert "Nothing fits." in page.text


def test_where_nothing_fits_it_says_what_to_try(sit: Sit) -> None:
    page = sit("tara").send("/search", text="Quentin Zebedee")

    assert "only the family name, or the name of a parent" in page.text
    assert "tell the hub about a child" in page.text
    assert "Quentin Zebedee" in page.page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"text": "", "born": ""}, "Write what you know"),
        ({"text": "  "}, "Write what you know"),
        ({"text": "Okafor", "born": "the fifth"}, "write a day, such as 31 March 2026"),
    ],
    ids=["nothing", "blanks", "no day"],
)
def test_what_cannot_be_searched_for_is_said_at_its_field(sit: Sit, typed: dict[str, str], says: str) -> None:
    page = sit("tara").send("/search", **typed)

    assert page.status == 400
    assert says in page.text
    assert "found" not in page.section("There is a problem")


def test_each_child_who_is_shown_is_a_look_on_record(hub: Hub, sit: Sit) -> None:
    sit("tara").send("/search", text="Okafor")

    assert [(one["account_id"], one["what"]) for one in hub.rows(ReadRow)] == [("tara", "search")]


@pytest.mark.parametrize("account", ["dsl", "ella", "pc"])
def test_an_agency_neither_has_the_page_nor_the_box_nor_an_answer(hub: Hub, sit: Sit, account: str) -> None:
    desk = sit(account)

    assert "Find a referral" not in desk.look("/cases").page
    assert desk.look("/search").status == 403
    refused = desk.send("/search", desk.look("/rules"), text="Okafor")
    assert refused.status == 403
    assert "Kezia" not in refused.page
    assert hub.rows(ReadRow) == []


def test_an_auditor_may_search_and_is_not_sent_to_a_form_they_have_not(sit: Sit) -> None:
    aud = sit("aud")

    assert "1 found" in aud.send("/search", text="Okafor").text
    assert 'href="/refer"' not in aud.send("/search", text="Quentin Zebedee").page


def test_it_asks_the_database_as_often_for_many_as_for_one(hub: Hub, sit: Sit) -> None:
    tara = sit("tara")
    with asked(hub.engine.database) as for_one:
        tara.send("/search", text="Okafor")
    for at in range(9):
        hub.refer(child=f"Child{at} Okafor", born=date(2019, 1, at + 1))
    with asked(hub.engine.database) as for_many:
        tara.send("/search", text="Okafor")

    assert len(for_many) == len(for_one) <= MOST_QUESTIONS


def test_by_keyboard_alone_from_the_case_list_to_a_referral(desktop: Page) -> None:
    sign_in(desktop, "asha")
    desktop.goto("/cases")
    desktop.keyboard.press("/")
    desktop.keyboard.type("Demo Robbin")
    desktop.keyboard.press("Enter")

    expect(desktop.get_by_role("heading", name="found")).to_be_visible()
    assert desktop.url.endswith("/search")
    accessible(desktop)
    desktop.get_by_role("link", name="Demo Robin").focus()
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", name="What must happen now")).to_be_visible()


def test_the_key_is_a_letter_like_any_other_while_somebody_types(desktop: Page) -> None:
    sign_in(desktop, "asha")
    desktop.goto("/search")
    desktop.get_by_label("What you know").fill("")
    desktop.get_by_label("What you know").press("/")

    expect(desktop.get_by_label("What you know")).to_have_value("/")


def test_without_scripts_and_with_a_phone_what_is_wrong_is_said_and_nothing_is_wider_than_the_window(
    plain_phone: Page,
) -> None:
    sign_in(plain_phone, "asha")
    plain_phone.goto("/search")
    plain_phone.get_by_role("button", name="Search", exact=True).click()

    expect(plain_phone.get_by_role("link", name="Write what you know")).to_be_visible()
    accessible(plain_phone)
    assert not sideways(plain_phone)
