"""The threshold guide and the form on paper: open to everybody, and saying what the policy pack and the refer form say."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.policy import PolicyBook
from tests.support.hub import START, Hub
from tests.web.desk import Answer, Desk
from tests.web.passer_by import PasserBy, pass_by
from web.help_lines import KEYS, help_lines, hub_line
from web.refer_form import worries

OWN = """
policy: 1
authority: anytown
values:
  help_line.hub:
    is: [Anytown's front door, "01234 567 890", "You are worried."]
    from: 2020-01-01
    source: "its own pages"
"""


@pytest.fixture
def passer_by(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PasserBy]:
    with pass_by(hub, tmp_path, monkeypatch) as found:
        yield found


@pytest.mark.parametrize("place", ["/guide", "/paper-form"])
def test_it_is_read_without_signing_in_and_offers_no_way_further_in(passer_by: PasserBy, place: str) -> None:
    page = passer_by.look(place)

    assert page.status == 200
    assert "Sign out" not in page.page
    assert "/cases" not in page.page


@pytest.mark.parametrize("place", ["/cases", "/search", "/messages", "/referrals/M000001", "/refer"])
def test_whoever_reads_it_reads_nothing_else(hub: Hub, passer_by: PasserBy, place: str) -> None:
    hub.refer(child="Kezia Okafor")

    page = passer_by.look(place)

    assert page.path.startswith("/sign-in")
    assert "Okafor" not in page.page


def levels(page: Answer) -> list[str]:
    return re.findall(r'id="level-\d">\d\. (\w[\w ]*)', page.page)


def test_the_guide_has_four_levels_with_examples_and_what_to_do(passer_by: PasserBy) -> None:
    page = passer_by.look("/guide")

    assert levels(page) == ["Universal", "Early help", "Child in need", "Child protection"]
    for part in page.page.split('class="mash-level"')[1:]:
        assert part.partition("</section>")[0].count("<li>") >= 3
        assert "What to do:" in part


def test_the_numbers_come_from_the_policy_and_say_whether_the_authority_has_checked_them(passer_by: PasserBy) -> None:
    page = passer_by.look("/guide")

    for line in help_lines(PolicyBook.load("coventry").on(START.date())):
        assert line.name in page.text
    assert 'href="tel:08088005000"' in page.page
    assert "0808 800 5000 (not yet checked by this authority)" in page.text
    assert "999 (not yet" not in page.text


def test_an_authority_sets_its_own_number(tmp_path: Path) -> None:
    (tmp_path / "anytown.yaml").write_text(OWN, encoding="utf-8")

    line = hub_line(PolicyBook.load("anytown", tmp_path).on(START.date()))

    assert (line.number, line.dialled, line.checked) == ("01234 567 890", "01234567890", True)


@pytest.mark.parametrize("authority", ["england", "coventry"])
def test_every_line_of_a_pack_has_a_name_a_number_and_a_when(authority: str) -> None:
    policy = PolicyBook.load(authority).on(START.date())

    assert {value.key for value in policy.entries() if value.key.startswith("help_line.")} == set(KEYS)
    assert all(len(policy.words(key)) == 3 for key in KEYS)
    assert hub_line(policy).dialled == ""


def test_a_referrer_who_is_signed_in_goes_on_to_the_form_and_an_auditor_has_none(
    sit: Callable[[str], Desk],
) -> None:
    assert 'href="/refer"' in sit("dsl").look("/guide").page.partition("<main")[2]
    assert 'href="/refer"' not in sit("aud").look("/guide").page.partition("<main")[2]


def test_the_form_on_paper_is_blank_and_has_every_worry_of_the_form_on_the_pages(hub: Hub, passer_by: PasserBy) -> None:
    hub.refer(child="Kezia Okafor")

    page = passer_by.look("/paper-form")

    for choices in worries().values():
        for one in choices:
            assert one.label in page.text
    assert "Reached the hub: day and time" in page.text
    assert "<input" not in page.page
    assert "Okafor" not in page.page


def test_the_page_to_sign_in_leads_to_what_is_open(passer_by: PasserBy) -> None:
    page = passer_by.look("/sign-in")

    for place in ("/guide", "/paper-form"):
        assert f'href="{place}"' in page.page
