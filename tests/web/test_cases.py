"""The case list as the hub and the agencies see it, over HTTP."""

import re
from datetime import date
from urllib.parse import quote

import pytest

from tests.support import paths
from tests.support.hub import Hub
from tests.web.desk import Answer, Sit
from tests.web.queries import asked

MOST_QUESTIONS = 12


def listed(page: Answer) -> list[str]:
    """Return the references of a list, in its order."""
    return re.findall(r'data-reference="(M\d+)"', page.page)


def counts(page: Answer) -> dict[str, int]:
    """Return the tabs of a list with their counts."""
    found = re.findall(r'>([\w ]+) <span class="mash-count">(\d+)<', page.page)
    return {says: int(count) for says, count in found}


def test_it_says_what_is_due_when_and_whose_move_it_is_and_shows_no_name(hub: Hub, sit: Sit) -> None:
    reference = hub.refer(child="Kezia Okafor", born=date(2023, 1, 1))
    hub.wait(minutes=5)

    page = sit("tara").look("/cases")

    assert listed(page) == [reference]
    assert "K. O., 3 years" in page.text
    assert "Due today by" in page.text
    assert "A triage worker to take it on" in page.text
    assert "hillside" in page.text
    assert "Kezia" not in page.page
    assert "Okafor" not in page.page


def test_what_is_late_says_by_how_much(hub: Hub, sit: Sit) -> None:
    hub.refer()
    hub.wait(days=2)

    page = sit("tara").look("/cases")

    assert re.search(r"Overdue by \d+ (hours|day)", page.text)
    assert "govuk-tag--red mash-due" in page.page


def test_an_act_that_is_waited_for_goes_by_its_title(hub: Hub, sit: Sit) -> None:
    paths.to_closure_proposed(hub)

    page = sit("tara").look("/cases?tab=closure")

    assert re.search(r": (give|record|sign|return|propose) ", page.text)
    assert "give view" not in page.text


@pytest.mark.parametrize(
    "address", ["/cases?tab=new", "/cases?grade=none", "/cases?source=hillside", "/cases?owner=tara"]
)
def test_a_filter_narrows_it_and_keeps_what_fits(hub: Hub, sit: Sit, address: str) -> None:
    reference = hub.refer()

    assert listed(sit("tara").look(address)) == [reference]


@pytest.mark.parametrize(
    "address", ["/cases?tab=plans", "/cases?grade=red", "/cases?source=police", "/cases?owner=sam"]
)
def test_a_filter_leaves_out_what_does_not_fit_and_says_what_to_do(hub: Hub, sit: Sit, address: str) -> None:
    hub.refer()
    page = sit("tara").look(address)

    assert listed(page) == []
    assert "Clear the filters" in page.text or "Show all open referrals" in page.text


def test_each_filter_that_is_set_can_be_taken_off_alone(hub: Hub, sit: Sit) -> None:
    hub.refer()
    page = sit("tara").look("/cases?tab=new&grade=red&source=hillside&late=1")
    chips = re.findall(r'class="mash-chip" href="([^"]*)"', page.page)

    assert chips == [
        "/cases?tab=new&amp;source=hillside&amp;late=1",
        "/cases?tab=new&amp;grade=red&amp;late=1",
        "/cases?tab=new&amp;grade=red&amp;source=hillside",
    ]
    assert "Referred by: hillside" in page.text


def test_tabs_count_what_is_behind_them(hub: Hub, sit: Sit) -> None:
    hub.refer()
    hub.act(hub.refer(child="Other Child", born=date(2020, 2, 2)), "begin-triage", "tara")

    found = counts(sit("tara").look("/cases"))

    assert found["All open"] == 2
    assert found["New"] == 2
    assert found["Plans"] == 0


def test_more_than_a_page_is_paged_and_every_referral_is_on_one(hub: Hub, sit: Sit) -> None:
    all_of_them = {hub.refer(child=f"Child Number{at}", born=date(2019, 1, at + 1)) for at in range(27)}
    tara = sit("tara")

    first, second = tara.look("/cases"), tara.look("/cases?page=2")

    assert "1 to 25 of 27" in first.text
    assert "26 to 27 of 27" in second.text
    assert {*listed(first), *listed(second)} == all_of_them
    assert 'aria-label="Page 2" aria-current="page"' in second.page


@pytest.mark.parametrize("number", ["0", "-1", "99999", "999999999", "two", "²", ""])
def test_a_page_that_is_not_there_is_the_nearest_that_is(hub: Hub, sit: Sit, number: str) -> None:
    reference = hub.refer()

    page = sit("tara").look(f"/cases?page={quote(number)}")

    assert page.status == 200
    assert listed(page) == [reference]


def test_my_cases_are_mine(hub: Hub, sit: Sit) -> None:
    hub.refer()

    assert len(listed(sit("tara").look("/cases?mine=1"))) == 1
    none = sit("sam").look("/cases?mine=1")
    assert listed(none) == []
    assert "You hold no open referral" in none.text


def test_a_look_for_news_is_answered_only_when_there_is_some(hub: Hub, sit: Sit) -> None:
    hub.refer()
    tara = sit("tara")
    mark = re.search(r'data-mark="(\w+)"', tara.look("/cases").page)
    assert mark is not None

    assert tara.look("/cases/fresh", {"X-Mash-Has": mark[1]}).status == 204
    new = hub.refer(child="Other Child", born=date(2020, 2, 2))
    fresh = tara.look("/cases/fresh", {"X-Mash-Has": mark[1]})

    assert fresh.status == 200
    assert new in listed(fresh)
    assert "<html" not in fresh.page


def test_a_deadline_that_passes_is_news(hub: Hub, sit: Sit) -> None:
    hub.refer()
    tara = sit("tara")
    mark = re.search(r'data-mark="(\w+)"', tara.look("/cases").page)
    assert mark is not None
    hub.wait(days=1)

    assert "Overdue" in sit("tara").look("/cases/fresh", {"X-Mash-Has": mark[1]}).text


def test_it_asks_the_database_as_often_for_many_as_for_one(hub: Hub, sit: Sit) -> None:
    hub.refer()
    tara = sit("tara")
    with asked(hub.engine.database) as for_one:
        tara.look("/cases")
    for at in range(12):
        hub.refer(child=f"Child Number{at}", born=date(2019, 1, at + 1))
    with asked(hub.engine.database) as for_many:
        tara.look("/cases")

    assert len(for_many) == len(for_one) <= MOST_QUESTIONS
