"""What a manager is shown: everything that waits for them and nobody else's, who carries what, and where cases wait."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from models.tables.people import AccountRow
from models.vocabulary import Role
from tests.support import further_paths, paths
from tests.support.hub import ACCOUNTS, Hub
from tests.support.stories import table
from tests.web.desk import Sit
from tests.web.queries import asked
from web.decisions import OTHERS, SORTS, grouped
from workflow.caseload import ToDecide
from workflow.cover import MANAGES

MOST_QUESTIONS = 12


def lowered(hub: Hub) -> str:
    """Go as far as a lower grade that waits for a second person."""
    reference = paths.to_decision(hub)
    hub.act(reference, "grade", "tara", grade="green", reason="the school has fed him since")
    return reference


def disputed(hub: Hub) -> str:
    """Go as far as a challenge that climbed to the line managers."""
    reference = paths.to_assessment(hub)
    hub.act(reference, "challenge", "dsl", reason="it cannot wait")
    hub.act(reference, "climb-challenge", "dsl")
    return reference


def without_worker(hub: Hub) -> str:
    """Go as far as an assessment for which nobody has been found."""
    reference = paths.to_decision(hub)
    hub.act(reference, "decide", "mona", outcome="assessment", reason="needs a look", answers="neglect:unknown")
    return reference


@pytest.mark.parametrize(
    ("arrange", "who", "heading", "verb"),
    table(
        ("a decision", paths.to_decision, "mona", "Outcomes to decide", "decide"),
        ("a closure", paths.to_closure_proposed, "tess", "Closures to sign or return", "sign-off"),
        ("a challenge", disputed, "tess", "Challenges to answer", "settle-challenge"),
        ("a case without a worker", without_worker, "mona", "Cases to give to a worker", "allocate"),
    ),
)
def test_what_waits_leads_straight_to_where_it_is_decided(
    hub: Hub, sit: Sit, arrange: Callable[[Hub], str], who: str, heading: str, verb: str
) -> None:
    reference = arrange(hub)
    hub.look(reference)
    manager = sit(who)
    page = manager.look("/decisions")

    assert reference in page.section(heading)
    place = f"/referrals/{reference}/do/{verb}"
    assert f'href="{place}"' in page.page
    assert manager.look(place).status == 200


def test_whoever_put_a_closure_forward_is_told_that_another_signs(hub: Hub, sit: Sit) -> None:
    reference = paths.to_decision(hub)
    given = {"outcome": "no_further_action", "reason": "the school was mistaken", "answers": "neglect:not_found"}
    hub.act(reference, "decide", "mona", **given, discussed_with="dsl")

    assert "another manager signs it" in sit("mona").look("/decisions").section("Closures to sign")
    assert "another manager signs it" not in sit("hugo").look("/decisions").section("Closures to sign")


def test_nothing_to_decide_says_where_to_look_instead(sit: Sit) -> None:
    page = sit("theo").look("/decisions")

    assert "Nothing waits for your decision." in page.text
    assert 'href="/team"' in page.page


def test_what_is_late_comes_first_with_its_group(hub: Hub) -> None:
    def waits(kind: str, reference: str, hours: int | None) -> ToDecide:
        due = None if hours is None else hub.wait(hours=hours).now
        return ToDecide(kind, reference, "It waits.", due, None, "")

    waiting = [
        waits("grade", "M000001", None),
        waits("decision", "M000002", 1),
        waits("closure", "M000003", 2),
        waits("decision", "M000004", 3),
        waits("something nobody has named", "M000005", 4),
    ]
    groups = grouped(reversed(waiting))

    assert [group.sort for group in groups] == [SORTS["decision"], SORTS["closure"], OTHERS, SORTS["grade"]]
    assert [one.reference for one in groups[0].waiting] == ["M000002", "M000004"]


@pytest.mark.parametrize("path", ["/decisions", "/team"])
@pytest.mark.parametrize("who", sorted(ACCOUNTS))
def test_only_those_who_manage_are_let_in(sit: Sit, who: str, path: str) -> None:
    role = Role(ACCOUNTS[who][0])
    allowed = role in MANAGES or (path == "/team" and role is Role.AUDITOR)

    assert sit(who).look(path).status == (200 if allowed else 403)


def test_a_case_is_given_to_a_worker_with_their_load_in_sight(hub: Hub, sit: Sit) -> None:
    paths.to_assessment(hub, child="Demo Other")
    reference = without_worker(hub)
    hub.look(reference)
    mona = sit("mona")

    assert f"Allocate {reference}" in mona.look("/team").section("To give to a worker")
    place = f"/referrals/{reference}/do/allocate"
    page = mona.look(place)
    assert "sam example, social worker, csc Holds 1" in page.text
    done = mona.send(place, page, to="sam")

    assert done.path == f"/referrals/{reference}?done=allocate"
    assert hub.row(reference)["owner_id"] == "sam"
    hub.look(reference)
    assert "Every case that needs a worker has one." in mona.look("/team").text


def test_a_case_is_given_to_nobody_unless_somebody_is_chosen(hub: Hub, sit: Sit) -> None:
    reference = without_worker(hub)
    owner = hub.row(reference)["owner_id"]

    refused = sit("tess").send(f"/referrals/{reference}/do/allocate")

    assert refused.status == 400
    assert "choose an answer" in refused.text
    assert hub.row(reference)["owner_id"] == owner


def test_whoever_is_newly_qualified_is_marked_so(hub: Hub, sit: Sit) -> None:
    reference = without_worker(hub)
    hub.hire("nina", "social_worker", team="north")
    with hub.engine.database.unit_of_work() as connection:
        connection.execute(update(AccountRow).where(AccountRow.id == "nina").values(newly_qualified=True))

    page = sit("tess").look(f"/referrals/{reference}/do/allocate")

    assert "nina example, social worker, csc (newly qualified) Holds nothing" in page.text
    assert "sam example, social worker, csc (newly qualified)" not in page.text


def test_a_managers_own_team_comes_first_and_others_with_their_load_as_well(hub: Hub, sit: Sit) -> None:
    paths.to_assessment(hub, child="Demo Other")
    reference = without_worker(hub)
    hub.hire("nina", "social_worker", team="south")

    page = sit("theo").look(f"/referrals/{reference}/do/allocate").text

    assert "sam example, social worker, csc Holds 1" in page
    assert page.index("nina example, social worker") < page.index("sam example, social worker")
    assert page.index("sam example, social worker") < page.index("theo example, team manager")


def test_a_manager_sees_their_own_team_and_the_head_of_service_every_one(hub: Hub, sit: Sit) -> None:
    further_paths.to_section_47(hub)
    own, other, every = sit("tess").look("/team"), sit("theo").look("/team"), sit("hugo").look("/team")

    assert "sam example" in own.section("Who carries what")
    assert "sam example" not in other.text
    assert "sam example" in every.section("Who carries what")
    assert "tara example" in every.section("Who carries what")
    assert ("My team" in own.text, "All teams" in every.text) == (True, True)


def test_an_auditor_looks_at_the_teams_and_is_asked_to_give_nothing(hub: Hub, sit: Sit) -> None:
    hub.look(without_worker(hub))
    page = sit("aud").look("/team")

    assert "Who carries what" in page.text
    assert "To give to a worker" not in page.text


@pytest.mark.parametrize("path", ["/decisions", "/team"])
def test_a_page_asks_as_often_for_one_case_as_for_many(hub: Hub, sit: Sit, path: str) -> None:
    asks = []
    for child in ("Demo One", "Demo Two", "Demo Three"):
        hub.look(paths.to_decision(hub, child=child))
        mona = sit("mona")
        with asked(hub.engine.database) as said:
            mona.look(path)
        asks.append(len(said))

    assert asks[0] == asks[2] <= MOST_QUESTIONS
