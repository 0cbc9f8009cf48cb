"""A worried call becomes a referral: one open referral per child, whoever brings it and however the name is written."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models.tables.people import FamilyRow, LinkRow, PersonRow
from models.tables.post import MessageRow
from models.tables.referral import RecordRow, ReferralRow
from models.tables.work import TaskRow
from tests.support import paths
from tests.support.hub import START, Hub
from workflow import access
from workflow.errors import BadCommandError, NotFoundError, NotPermittedError

ONE_KIND = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def open_referrals(hub: Hub) -> list[int]:
    return [row["id"] for row in hub.rows(ReferralRow) if row["closed_at"] is None]


def test_a_referral_has_an_owner_a_clock_and_a_receipt_on_its_way(hub: Hub) -> None:
    reference = hub.refer()

    row = hub.row(reference)
    assert (row["state"], row["version"], row["owner_id"], row["authority"]) == ("received", 1, "tara", "coventry")
    assert row["alarm_at"] is not None
    assert hub.look(reference).messages > 0
    assert access.view(hub.engine, reference, hub.actor("dsl"), hub.now).reference == reference


SPELLINGS = ["demo child", "  DEMO  CHILD", "Child, Demo", "Démo-Child"]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_same_child_under_another_spelling_has_one_referral(hub: Hub, spelling: str) -> None:
    first = hub.refer()

    assert hub.refer(by="hv", child=spelling, concerns=["hygiene"]) == first
    assert open_referrals(hub) == [1]
    assert [row["by"] for row in hub.rows(RecordRow, kind="contact")] == ["dsl", "hv"]


def test_a_name_outside_the_latin_alphabet_is_found_again(hub: Hub) -> None:
    assert hub.refer(child="Ünal Çelik") == hub.refer(by="hv", child="ÜNAL ÇELIK")


def test_an_agency_that_knew_nothing_of_the_referral_is_in_it_once_it_has_brought_a_concern(hub: Hub) -> None:
    reference = hub.refer()
    with pytest.raises(NotFoundError):
        access.view(hub.engine, reference, hub.actor("kit"), hub.now)

    hub.refer(by="kit", concerns=["home_conditions"], words="no heating since January")

    seen = access.view(hub.engine, reference, hub.actor("kit"), hub.now)
    assert [told.by for told in seen.record] == ["kit"]
    assert {"ack"} <= {message["key"].split(":")[1] for message in messages(hub, reference, "kit")}


def messages(hub: Hub, reference: str, account: str) -> list[dict[str, Any]]:
    hub.look(reference)
    return hub.rows(MessageRow, account_id=account)


def test_what_comes_with_a_second_referral_is_kept(hub: Hub) -> None:
    reference = hub.refer(born=None, due=date(2026, 6, 1), carers="Demo Jenny:mother")

    again = hub.refer(
        by="wife", born=None, due=date(2026, 6, 1), consent="given", pregnancy_weeks=28, attachments=3,
        carers="demo jenny:mother,Demo Joe:partner", factors="violence",
    )  # fmt: skip

    assert again == reference
    contact = hub.rows(RecordRow, kind="contact")[-1]["data"]
    assert contact["consent"] == "given"
    assert contact["pregnancy"]["weeks"] == 28
    assert contact["attachments"] == 3
    adults = {row["name"]: row["factors"] for row in hub.rows(PersonRow, child=False)}
    assert adults == {"Demo Jenny": ["violence"], "Demo Joe": ["violence"]}
    assert sorted(row["relation"] for row in hub.rows(LinkRow)) == ["mother", "partner"]


def test_a_second_referral_wakes_what_was_put_off_and_takes_back_a_closure(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    until = (hub.now + timedelta(days=20)).date().isoformat()
    hub.act(reference, "decide", "mona", outcome="deferred", reason="the scan comes first", until=until)

    assert hub.refer(by="hv", concerns=["injury"]) == reference
    assert hub.row(reference)["state"] == "awaiting_decision"


def test_a_closed_child_referred_again_opens_a_new_referral_linked_to_the_old_one(hub: Hub) -> None:
    first = paths.ready_to_sign(hub)
    hub.act(first, "sign-off", "tess")
    hub.wait(days=60)

    second = hub.refer(by="hv")

    assert second != first
    assert hub.row(second)["previous_id"] == hub.row(first)["id"]
    assert len(hub.rows(FamilyRow)) == 1
    assert open_referrals(hub) == [hub.row(second)["id"]]


@ONE_KIND
def test_brothers_and_sisters_share_a_family_and_have_a_referral_each(hub: Hub) -> None:
    first = hub.refer()
    second = hub.refer(child="Demo Sister", born=date(2023, 2, 1), sibling=first)

    assert second != first
    assert hub.row(second)["family_id"] == hub.row(first)["family_id"]


@ONE_KIND
@pytest.mark.parametrize(("by", "authority"), [("kit", "coventry"), ("stranger", "elsewhere")])
def test_a_siblings_reference_tells_nobody_that_there_is_such_a_referral(hub: Hub, by: str, authority: str) -> None:
    hub.hire("stranger", "triage_worker", authority="elsewhere")
    says = []
    for sibling in (hub.refer(), "M999999"):
        with pytest.raises(NotFoundError) as error:
            hub.refer(by=by, child="Demo Sister", born=date(2023, 2, 1), sibling=sibling)
        says.append(error.value.says.replace(sibling, "REF"))

    assert says[0] == says[1]
    assert len(hub.rows(PersonRow)) == 1


def test_two_authorities_keep_a_child_apart(hub: Hub) -> None:
    hub.hire("stranger", "triage_worker", authority="elsewhere")
    here = hub.refer()

    there = hub.refer(by="stranger")

    assert there != here
    assert hub.row(there)["family_id"] != hub.row(here)["family_id"]
    assert hub.row(there)["owner_id"] == "stranger"


LIKENESSES = [
    ("nearly the same name on the same day", {"child": "Demo Childe"}, 1),
    ("the same name, another day of birth", {"born": date(2021, 1, 5)}, 1),
    ("the same mother", {"child": "Robin Somebody", "born": date(2019, 1, 1), "carers": "demo jenny:mother"}, 1),
    ("nothing in common", {"child": "Robin Somebody", "born": date(2019, 1, 1)}, 0),
    ("only the day of birth", {"child": "Robin Somebody"}, 0),
]


@ONE_KIND
@pytest.mark.parametrize(("more", "asked"), [row[1:] for row in LIKENESSES], ids=[row[0] for row in LIKENESSES])
def test_a_person_is_asked_to_look_where_a_child_may_be_known_already(
    hub: Hub, more: dict[str, Any], asked: int
) -> None:
    first = hub.refer(carers="Demo Jenny:mother")

    second = hub.refer(**more)

    tasks = hub.rows(TaskRow, rule="one-referral-per-child")
    assert second != first
    assert [(task["referral_id"], task["account_id"]) for task in tasks] == [(2, "tara")] * asked
    assert all(first in task["says"] and "Demo" not in task["says"] for task in tasks)


@ONE_KIND
def test_a_namesake_of_another_authority_is_nobodys_business(hub: Hub) -> None:
    hub.hire("stranger", "triage_worker", authority="elsewhere")
    hub.refer()

    hub.refer(by="stranger", child="Demo Childe")

    assert hub.rows(TaskRow, rule="one-referral-per-child") == []


@ONE_KIND
def test_the_owner_is_the_triage_worker_who_holds_least(hub: Hub) -> None:
    hub.hire("tim", "triage_worker", agency="hub", team="hub")

    owners = [hub.row(hub.refer(child=f"Child {name}"))["owner_id"] for name in ("Ash", "Birch", "Cedar", "Dogwood")]

    assert sorted(owners) == ["tara", "tara", "tim", "tim"]


@ONE_KIND
@pytest.mark.parametrize(
    ("gone", "owner"),
    [(("tara",), "mona"), (("tara", "mona"), "tess"), (("tara", "mona", "tess", "theo"), "hugo")],
)
def test_somebody_owns_a_referral_whoever_has_left(hub: Hub, gone: tuple[str, ...], owner: str) -> None:
    for account in gone:
        hub.leaves(account)

    assert hub.row(hub.refer())["owner_id"] == owner


@ONE_KIND
def test_where_nobody_could_own_it_nothing_is_taken_in(hub: Hub) -> None:
    for account in ("tara", "mona", "tess", "theo", "hugo"):
        hub.leaves(account)

    with pytest.raises(BadCommandError, match="nobody who could own a referral"):
        hub.refer()
    assert hub.rows(PersonRow) == []


@ONE_KIND
def test_the_hub_writes_down_what_somebody_rang_to_say(hub: Hub) -> None:
    reference = hub.refer(by="tara", on_behalf_of="dsl", channel="phone")

    assert hub.rows(RecordRow)[0]["by"] == "dsl"
    assert hub.rows(RecordRow)[0]["referral_id"] == hub.row(reference)["id"]


@ONE_KIND
@pytest.mark.parametrize("by", ["kit", "ella"])
def test_an_agency_cannot_speak_in_anothers_name(hub: Hub, by: str) -> None:
    with pytest.raises(BadCommandError, match="Only the hub and social care"):
        hub.refer(by=by, on_behalf_of="dsl")
    reference = hub.refer()
    hub.refer(by=by)
    with pytest.raises(BadCommandError, match="Only the hub and social care"):
        hub.act(reference, "add-concern", by, concerns="neglect", words="again", on_behalf_of="dsl")


@ONE_KIND
def test_an_auditor_refers_nobody(hub: Hub) -> None:
    with pytest.raises(NotPermittedError, match="As auditor"):
        hub.refer(by="aud")


IMPOSSIBLE = [
    ("no date at all", {"born": None}, "When was the child born"),
    ("born and unborn", {"due": date(2026, 6, 1)}, "born or unborn"),
    ("born tomorrow", {"born": date(2026, 3, 11)}, "still to come"),
    ("eighteen today", {"born": date(2008, 3, 10)}, "is an adult"),
    ("due long ago", {"born": None, "due": date(2026, 2, 7)}, "cannot be a due date"),
    ("due in a year", {"born": None, "due": date(2027, 3, 10)}, "cannot be a due date"),
    ("a carer who is nothing to the child", {"carers": "Jo:neighbour"}, "neighbour is not how"),
    ("a caller nobody knows", {"by": "tara", "on_behalf_of": "nobody"}, "no account called 'nobody'"),
    ("no concern", {"concerns": []}, "concerns"),
    ("a name that no form holds", {"child": "x" * 201}, "child is longer than 200 letters"),
    ("a carer's name that no form holds", {"carers": {"x" * 201: "mother"}}, "name is too long"),
    ("a character that is no text", {"words": "hungry\0again"}, "words holds a character that is no text"),
    ("half a character in a name", {"carers": {"Jo\udcff": "mother"}}, "carers holds a character that is no text"),
    ("half a character in a list", {"concerns": ["neglect", "\ud800"]}, "concerns holds a character"),
]


@pytest.mark.parametrize(("given", "says"), [row[1:] for row in IMPOSSIBLE], ids=[row[0] for row in IMPOSSIBLE])
def test_what_cannot_be_is_refused_in_a_sentence_and_leaves_nothing_behind(
    hub: Hub, given: dict[str, Any], says: str
) -> None:
    with pytest.raises(BadCommandError, match=says) as error:
        hub.refer(**given)

    assert error.value.advice
    assert hub.rows(FamilyRow) == []


POSSIBLE = [
    ("born today", {"born": date(2026, 3, 10)}),
    ("eighteen tomorrow", {"born": date(2008, 3, 11)}),
    ("due four weeks ago", {"born": None, "due": date(2026, 2, 8)}),
    ("due in nine months", {"born": None, "due": date(2026, 12, 25)}),
]


@ONE_KIND
@pytest.mark.parametrize("given", [row[1] for row in POSSIBLE], ids=[row[0] for row in POSSIBLE])
def test_what_only_just_can_be_is_taken_in(hub: Hub, given: dict[str, Any]) -> None:
    assert hub.refer(**given)


@ONE_KIND
def test_a_day_begins_at_midnight_in_london(hub: Hub) -> None:
    hub.now = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight on the second

    assert hub.refer(born=date(2026, 7, 2))
    assert hub.now > START
