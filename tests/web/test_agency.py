"""What somebody of an agency begins with, over HTTP: what is asked, what became of what they referred, who holds it."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from models.tables.people import AccountRow
from tests.support import paths
from tests.support.hub import Hub, open_hub
from tests.web.desk import Answer, Sit
from tests.web.queries import asked

MOST_QUESTIONS = 16
HUB_PHONE = "01632 960000"
PACK = f"""policy: 1
authority: coventry
values:
  help_line.hub:
    is: [The hub, "{HUB_PHONE}", "You are worried about a child."]
    from: 2015-03-26
    source: "what this test sets"
"""


@pytest.fixture
def hub(sqlite_template: Path, tmp_path: Path) -> Iterator[Hub]:
    """A hub of its own."""
    path = tmp_path / "mash.db"
    shutil.copy(sqlite_template, path)
    (tmp_path / "coventry.yaml").write_text(PACK)
    opened = open_hub(f"sqlite:///{path}", packs=tmp_path)
    yield opened
    opened.engine.database.dispose()


def listed(page: Answer) -> list[str]:
    """Return the references of the list, in its order."""
    return re.findall(r'<h3[^>]*><a[^>]*href="/referrals/(M\d+)"', page.page)


def test_an_agency_begins_with_its_own_referrals_without_names_grades_or_anybody_elses(hub: Hub, sit: Sit) -> None:
    mine = hub.refer(by="dsl", child="Kezia Okafor")
    theirs = hub.refer(by="pc", child="Other Child", born=date(2020, 2, 2))
    for one in (mine, theirs):
        hub.act(one, "begin-triage", "tara")
        hub.act(one, "grade", "tara", grade="red", reason="a young child")

    page = sit("dsl").look("/")

    assert page.path == "/agency"
    assert listed(page) == [mine]
    assert "K. O." in page.text
    assert "Contact: not decided yet" in page.text
    for hidden in ("Okafor", "Red", "police", theirs, "O. C."):
        assert hidden not in page.text, hidden


@pytest.mark.parametrize("place", ["/cases", "/cases?grade=green", "/cases?source=police"])
def test_the_hubs_list_leads_an_agency_to_its_own(hub: Hub, sit: Sit, place: str) -> None:
    mine = hub.refer(by="dsl")

    page = sit("dsl").look(place)

    assert (page.path, listed(page)) == ("/agency", [mine])


@pytest.mark.parametrize("account", ["tara", "tess", "aud", "ella"])
def test_for_the_councils_own_and_early_help_there_is_no_such_page(sit: Sit, account: str) -> None:
    assert sit(account).look("/agency").status == 404


def test_without_a_referral_one_is_told_how_to_make_one(sit: Sit) -> None:
    page = sit("kit").look("/agency")

    assert "You are part of no open referral" in page.text
    assert 'href="/refer"' in page.page
    assert "Nothing waits for an answer from you" in page.text


def test_what_is_asked_comes_first_and_leads_to_its_form(hub: Hub, sit: Sit) -> None:
    reference = hub.refer()
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "ask", "tara", of="pc")
    hub.look(reference)

    page = sit("pc").look("/agency")

    assert f'href="/referrals/{reference}/do/reply"' in page.page
    assert page.page.index("Asked of you") < page.page.index('class="mash-own"')


def test_a_worker_is_reached_by_their_own_number_and_otherwise_by_the_hubs(hub: Hub, sit: Sit) -> None:
    paths.to_assessment(hub)
    dsl = sit("dsl")
    assert f"{HUB_PHONE} (the hub)" in dsl.look("/agency").text

    with hub.engine.database.unit_of_work() as connection:
        connection.execute(update(AccountRow).where(AccountRow.id == "sam").values(phone="01632 960111"))

    page = dsl.look("/agency")
    assert "01632 960111" in page.text
    assert HUB_PHONE not in page.text
    assert 'href="tel:01632960111"' in page.page


def test_one_referral_says_where_it_stands_what_was_decided_and_why_and_what_comes_next(hub: Hub, sit: Sit) -> None:
    reference = paths.to_assessment(hub)
    hub.look(reference)

    page = sit("dsl").look(f"/referrals/{reference}")

    stands = page.section("Where it stands")
    assert "A social worker is assessing what the family needs." in stands
    assert "Social care works with the family now" in stands
    assert "The assessment is complete: Due on" in stands
    decided = page.section("What was decided, and why")
    assert "What happens next was decided: assessment" in decided
    assert "Why: needs a fuller look" in decided
    assert "came hungry again" in page.section("Your own part of the record")
    assert "we have your referral" in page.section("What we wrote to you")


def test_what_has_ended_is_under_its_own_tab_and_still_opens(hub: Hub, sit: Sit) -> None:
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "sign-off", "tess")
    dsl = sit("dsl")

    assert listed(dsl.look("/agency")) == []
    ended = dsl.look("/agency?closed=1")
    assert listed(ended) == [reference]
    assert "The end of the work was signed" in ended.text
    assert "It ended on" in dsl.look(f"/referrals/{reference}").text


def test_the_list_asks_the_database_the_same_few_questions_however_long_it_is(hub: Hub, sit: Sit) -> None:
    dsl = sit("dsl")
    counts = []
    for many in (1, 12):
        for number in range(many):
            hub.refer(child=f"Child {many} Number {number}")
        with asked(hub.engine.database) as said:
            dsl.look("/agency")
        counts.append(len(said))

    assert counts[0] == counts[1] <= MOST_QUESTIONS


def test_an_agency_is_told_one_next_date(hub: Hub, sit: Sit) -> None:
    page = sit("dsl").look(f"/referrals/{hub.refer(by='dsl')}")

    assert page.page.count("<dt>Next</dt>") == 1
    assert "What happens next is decided" in page.text
