"""The tabs of a referral: what each says of a case that was lived, who may look, and how often the database is asked."""

import re

import pytest

from models.tables.reads import ReadRow
from models.tables.referral import RecordRow
from tests.support import long_family, paths
from tests.support.hub import Hub
from tests.web.desk import Answer, Desk, Sit
from tests.web.queries import asked
from web.referral import TABS
from web.tabs import PLACES

NAMES = [tab.name for tab in TABS if tab.name]
MOST_QUERIES = 36
"""No tab asks more often than this, however much is on record."""


def tab(desk: Desk, reference: str, name: str) -> Answer:
    """Open a tab, and see that it is there."""
    answer = desk.look(f"/referrals/{reference}/{name}")
    assert answer.status == 200, answer.text
    return answer


def test_every_tab_that_is_offered_is_there(hub: Hub, sit: Sit) -> None:
    reference = hub.refer()
    desk = sit("tara")

    assert len(PLACES) == len(NAMES)
    for name in NAMES:
        answer = tab(desk, reference, name)
        assert answer.page.count("<h1") == 1
        assert re.search(rf'href="/referrals/{reference}/{name}" aria-current="page"', answer.page)


@pytest.mark.parametrize("account", ["dsl", "kit"])
def test_to_an_agency_there_is_no_such_page(hub: Hub, sit: Sit, account: str) -> None:
    reference = hub.refer()
    desk = sit(account)
    for name in NAMES:
        refused, nowhere = (desk.look(f"/referrals/{one}/{name}") for one in (reference, "M000999"))

        assert (refused.status, nowhere.status) == (404, 404), name
        assert refused.text == nowhere.text, name


def test_an_agency_takes_along_its_own_part_of_the_chronology_and_no_more(hub: Hub, sit: Sit) -> None:
    reference = paths.to_decision(hub)
    address = f"/referrals/{reference}/chronology.html"

    assert "nothing known" in sit("tara").look(address).text
    own = sit("dsl").look(address)
    assert "came hungry again" in own.text
    assert "nothing known" not in own.text
    assert sit("kit").look(address).status == 404


def test_each_look_at_a_tab_is_logged_by_its_name(hub: Hub, sit: Sit) -> None:
    reference = hub.refer()
    for name in NAMES:
        tab(sit("tara"), reference, name)

    assert set(NAMES) <= {row["what"] for row in hub.rows(ReadRow)}


def test_people_are_drawn_and_told(hub: Hub, sit: Sit) -> None:
    reference = hub.refer(carers="Demo Mother:mother,Demo Father:father", factors="domestic_abuse")
    hub.refer(child="Demo Sister", born="2019-01-01", carers="Demo Mother:mother", sibling=reference)
    hub.act(reference, "spoke-to", "tara", person="dsl", account="conflicting")

    answer = tab(sit("tara"), reference, "people")
    family = answer.section("The family")
    assert "Demo Mother Mother, lives with the child" in family
    assert "domestic abuse" in family
    assert "Brother or sister, where they live is not recorded" in family
    assert "M000002 , open since 10 March 2026" in family
    assert "Their account conflicts with others" in answer.section("Who was spoken to")
    assert "dsl example" in answer.section("At work with the child")
    assert answer.page.count('<g class="mash-box') == 4


def test_concerns_stand_in_the_words_they_came_in_until_somebody_answers(hub: Hub, sit: Sit) -> None:
    reference = paths.to_decision(hub, words="no coat <b>in</b> the snow", attachments=2)
    desk = sit("mona")

    said = tab(desk, reference, "concerns")
    assert "dsl example, 10 March 2026 at 9:30am" in said.text
    assert "no coat <b>in</b> the snow" in said.text
    assert "Not answered yet" in said.section("The worries")
    assert "2 files came with it: not opened yet" in said.text
    hub.act(reference, "review-evidence", "tara")
    hub.act(reference, "decide", "mona", outcome="assessment", reason="to look closer", answers="neglect:confirmed")
    said = tab(desk, reference, "concerns")
    assert "Confirmed" in said.section("The worries")
    assert "opened by tara example" in said.text


def test_checks_say_who_answered_and_who_is_late(hub: Hub, sit: Sit) -> None:
    reference = hub.refer()
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "grade", "tara", grade="red", reason="today")
    hub.act(reference, "ask", "tara", of="pc,hv")
    hub.act(reference, "reply", "pc", words="known for assault")
    hub.wait(days=1)

    answer = tab(sit("tara"), reference, "checks")
    text = answer.section("What the agencies know")
    assert "2 asked, 1 answered, 1 still out" in text
    assert "“known for assault”" in text or "known for assault" in text
    assert re.search(r"health hv example was asked by tara example, .* No answer yet\. Overdue by", text)
    assert "Household: not looked for yet" in answer.section("Where history")
    assert f'href="/referrals/{reference}/do/ask"' in answer.page


def test_meetings_say_who_takes_part_how_and_whether_it_would_be_quorate(hub: Hub, sit: Sit) -> None:
    reference = paths.to_strategy(hub)
    hub.look(reference)
    hub.act(reference, "send-account", "dsl", words="thin, tired, frightened")

    text = tab(sit("tara"), reference, "meetings").section("Strategy discussions")
    assert "Sent a written account dsl example (referred) thin, tired, frightened" in text
    assert "Invited pc example" in text
    assert "Quorate if everybody comes or writes" in text


def test_a_plan_shows_what_it_leaves_out_and_each_visit(hub: Hub, sit: Sit) -> None:
    reference = paths.to_assessment(hub)
    hub.act(reference, "record-visit", "sam", access="no_reply")
    hub.act(reference, "record-visit", "sam", access="granted", child_seen=True, child_seen_alone=True)

    answer = tab(sit("sam"), reference, "plan")
    visits = answer.section("Visits")
    assert "Seen, and alone with the visitor" in visits
    assert "No access" in visits
    assert answer.page.count('class="mash-mark ') == 2
    assert "No plan is on record in this referral." in answer.section("The plan")


def test_a_challenge_says_on_which_rung_it_stands_until_it_is_settled(hub: Hub, sit: Sit) -> None:
    reference = paths.to_assessment(hub)
    desk = sit("tess")
    assert "Nobody challenges" in tab(desk, reference, "challenge").text
    hub.act(reference, "challenge", "dsl", reason="this is a strategy discussion")

    text = tab(desk, reference, "challenge").section("Open")
    assert "Raised by dsl example" in text
    assert "Rung 1 of 4: to be settled by the practitioners" in text
    hub.act(reference, "settle-challenge", "tess", outcome="upheld", statement="we meet tomorrow")
    answer = tab(desk, reference, "challenge")
    assert "Nobody challenges" in answer.section("Open")
    assert "Upheld" in answer.section("Settled")
    assert "we meet tomorrow" in answer.section("Settled")


def test_history_tells_every_decision_and_that_the_chain_holds(hub: Hub, sit: Sit) -> None:
    reference = paths.to_assessment(hub)

    answer = tab(sit("tess"), reference, "history")
    assert "from awaiting decision to assessment , by mona example (Decide the outcome)" in answer.section(
        "The way so far"
    )
    assert "needs a fuller look" in answer.section("What was decided")
    assert "Coventry, version " in answer.section("What was decided")
    assert "The audit chain holds" in answer.text
    assert "Who looked" in answer.text
    assert "Who looked" not in tab(sit("sam"), reference, "history").text


def test_a_broken_chain_is_said_aloud(hub: Hub, sit: Sit) -> None:
    reference = hub.refer()
    with hub.engine.database.unit_of_work() as connection:
        connection.execute(RecordRow.__table__.update().values(by="sam"))

    assert "The audit chain does not hold" in tab(sit("aud"), reference, "history").text


@pytest.fixture
def long(hub: Hub) -> str:
    """A family with four children and ten years of history."""
    return long_family.settle(hub.engine, "coventry", hub.now)


def test_no_tab_asks_more_often_for_ten_years_than_for_a_day(hub: Hub, long: str, sit: Sit) -> None:
    fresh = hub.refer()
    desk = sit("mona")
    for name in NAMES:
        counts = []
        for reference in (fresh, long):
            with asked(hub.engine.database) as said:
                tab(desk, reference, name)
            counts.append(len(said))

        assert counts[1] <= counts[0] <= MOST_QUERIES, (name, counts)


def test_ten_years_are_shown_a_year_at_a_time_and_counted_whole(hub: Hub, long: str, sit: Sit) -> None:
    desk = sit("mona")
    newest = tab(desk, long, "chronology")
    every = tab(desk, long, "chronology?year=all")
    older = tab(desk, long, "chronology?year=2019")

    total = re.search(r"(\d+) entries\. Nothing is left out", newest.text)
    assert total is not None
    headings = re.findall(r'<h2[^>]* id="y(\d+)"', newest.page)
    assert headings == ["2026"]
    assert re.findall(r'<h2[^>]* id="y(\d+)"', older.page) == ["2019"]
    assert every.page.count('class="mash-events__when"') == int(total[1])


def test_brothers_and_sisters_are_shown_with_their_closed_referrals(long: str, sit: Sit) -> None:
    answer = tab(sit("mona"), long, "people")

    assert "8 closed referrals" in answer.text
    for name in ("Demo Ada Long", "Demo Cleo Long", "Unborn Demo Long", "Demo Gran Long"):
        assert name in answer.section("The family")
