"""Telling the hub about a child, from the form to the receipt, over HTTP."""

import html
import re
from datetime import date

import pytest

from models.tables.people import LinkRow, PersonRow
from models.tables.referral import ReferralRow
from models.vocabulary import Concern
from tests.support import paths
from tests.support.hub import Hub
from tests.web.desk import Answer, Sit
from web.refer_form import GROUPS

TOLD: dict[str, str | list[str]] = {
    "child": "Kezia Okafor",
    "born": "2023-01-01",
    "concerns": ["neglect", "feeding"],
    "words": "came hungry again",
    "carers.name": ["Ada Okafor", "", ""],
    "carers.what": ["mother", "", ""],
    "consent": "given",
}


def value(page: Answer, name: str) -> str:
    """Return what a field of a form holds."""
    found = re.search(rf'name="{re.escape(name)}"[^>]*? value="([^"]*)"', page.page)
    return html.unescape(found[1]) if found else ""


def test_what_was_told_is_on_record_and_the_receipt_says_what_comes_next(hub: Hub, sit: Sit) -> None:
    receipt = sit("dsl").send("/refer", **TOLD)

    assert receipt.path == "/refer/received/M000001"
    assert "M000001" in receipt.text
    assert re.search(r"writes to you, at the latest (today|tomorrow|on \w+) by", receipt.text)
    (referral,) = hub.rows(ReferralRow)
    assert referral["referrer_id"] == "dsl"
    assert {row["name"] for row in hub.rows(PersonRow)} == {"Kezia Okafor", "Ada Okafor"}
    assert [row["relation"] for row in hub.rows(LinkRow)] == ["mother"]


def test_nothing_private_is_in_the_address_of_any_page_on_the_way(sit: Sit) -> None:
    receipt = sit("dsl").send("/refer", **TOLD)

    assert not re.search("okafor|2023", receipt.path, re.IGNORECASE)


def test_a_child_who_is_not_born_yet_is_told_of_by_the_due_date(hub: Hub, sit: Sit) -> None:
    told = {**TOLD, "child": "Unborn Okafor", "born": "", "due": "2026-06-01", "concerns": "late_antenatal_care"}

    assert sit("wife").send("/refer", **told).status == 200
    assert hub.rows(PersonRow, child=True)[0]["due"] == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"child": ""}, "child", "The child's name: fill this in"),
        ({"born": ""}, "born", "write it, or the due date of a child who is not born yet"),
        ({"due": "2026-06-01"}, "born", "and not both"),
        ({"born": "yesterday"}, "born", "write a day, such as 31 March 2026"),
        ({"concerns": ""}, "concerns", "What are the worries: choose an answer"),
        ({"words": "x"}, "words", "write at least 3 letters"),
        ({"carers.what": ["", "", ""]}, "carers", "choose what Ada Okafor is to the child"),
        ({"sibling": "M000999"}, "sibling", "there is none that you may know of"),
    ],
    ids=["no name", "no day", "two days", "no such day", "no worry", "no words", "no relation", "no such sibling"],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(
    hub: Hub, sit: Sit, change: dict[str, str | list[str]], field: str, says: str
) -> None:
    refused = sit("dsl").send("/refer", **{**TOLD, **change})

    assert refused.status == 400
    assert says in refused.text
    assert f'href="#{field}"' in refused.page
    assert f'id="{field}"' in refused.page
    assert hub.rows(ReferralRow) == []
    kept = {**TOLD, **change}
    assert value(refused, "carers.name") == "Ada Okafor"
    assert value(refused, "child") == kept["child"]


@pytest.mark.parametrize(
    ("change", "says"),
    [({"born": "2030-01-01"}, "is still to come"), ({"born": "1990-01-01"}, "is an adult")],
    ids=["to come", "adult"],
)
def test_what_cannot_be_so_is_said_without_the_words_of_a_terminal(sit: Sit, change: dict[str, str], says: str) -> None:
    refused = sit("dsl").send("/refer", **{**TOLD, **change})

    assert refused.status == 400
    assert says in refused.text
    assert not re.search(r"\b(born|due)=", refused.text)


def test_what_was_saved_waits_for_its_writer_alone_and_goes_once_it_is_sent(hub: Hub, sit: Sit) -> None:
    dsl = sit("dsl")
    saved = dsl.send("/refer", **{**TOLD, "words": ""}, _save="1")

    assert saved.path == "/refer?saved=1"
    assert hub.rows(ReferralRow) == []
    assert value(dsl.look("/refer"), "child") == "Kezia Okafor"
    assert value(sit("pc").look("/refer"), "child") == ""
    dsl.send("/refer", **TOLD)
    assert value(dsl.look("/refer"), "child") == ""


def test_a_brother_or_sister_comes_next_with_the_family_filled_in(hub: Hub, sit: Sit) -> None:
    dsl = sit("dsl")
    page = dsl.send("/refer", **TOLD, next="sibling")

    assert page.path == "/refer?received=M000001"
    assert "The hub has it: M000001 . Now the brother or sister." in page.text
    assert value(page, "sibling") == "M000001"
    assert value(page, "carers.name") == "Ada Okafor"
    assert value(page, "child") == ""
    dsl.send("/refer", page, **{**TOLD, "child": "Obi Okafor", "born": "2021-02-02", "sibling": "M000001"})

    first, second = hub.rows(ReferralRow)
    assert first["family_id"] == second["family_id"]
    assert len(hub.rows(PersonRow, child=False)) == 1


def test_the_hub_finds_the_family_of_a_brother_or_sister_filled_in_from_the_record(hub: Hub, sit: Sit) -> None:
    hub.refer(child="Kezia Okafor", carers="Ada Okafor:mother", gp="Park Surgery")

    page = sit("tara").look("/refer?sibling=M000001")

    assert value(page, "sibling") == "M000001"
    assert value(page, "carers.name") == "Ada Okafor"
    assert value(page, "gp") == "Park Surgery"


def test_an_agency_is_filled_in_nothing_that_others_told(hub: Hub, sit: Sit) -> None:
    hub.refer(by="pc", child="Kezia Okafor", born=date(2023, 1, 1), carers="Ada Okafor:mother", gp="Park Surgery")
    dsl = sit("dsl")

    assert dsl.look("/refer?sibling=M000001").status == 404
    dsl.send("/refer", **{**TOLD, "carers.name": ["", "", ""], "carers.what": ["", "", ""]})
    page = dsl.look("/refer?sibling=M000001")

    assert page.status == 200
    assert "Ada Okafor" not in page.page
    assert "Park Surgery" not in page.page


def test_a_receipt_reads_the_same_whether_or_not_the_hub_knew_of_the_child(hub: Hub, sit: Sit) -> None:
    known = paths.to_decision(hub, by="pc", child="Kezia Okafor", born=date(2023, 1, 1))
    dsl = sit("dsl")

    joined = dsl.send("/refer", **TOLD)
    new = dsl.send("/refer", **{**TOLD, "child": "Obi Mensah", "born": "2021-02-02", "carers.name": ["", "", ""]})

    assert joined.path == f"/refer/received/{known}"
    blank = [
        re.sub(r"M\d{6}|Kezia Okafor|Obi Mensah", "", one.text.partition("Its reference is")[2])
        for one in (joined, new)
    ]
    assert blank[0] == blank[1]


def test_nobody_reads_a_receipt_of_what_they_may_not_know_of(hub: Hub, sit: Sit) -> None:
    hub.refer(by="pc")

    refused = sit("dsl").look("/refer/received/M000001")

    assert refused.status == 404
    assert "Demo Child" not in refused.page


def test_the_hub_writes_down_who_called_and_an_agency_is_not_asked(hub: Hub, sit: Sit) -> None:
    assert "Who told you" not in sit("dsl").look("/refer").text
    tara = sit("tara")
    assert "Who told you" in tara.look("/refer").text

    tara.send("/refer", **TOLD, channel="phone", on_behalf_of="dsl")

    assert hub.rows(ReferralRow)[0]["referrer_id"] == "dsl"


def test_what_was_typed_in_a_part_that_is_folded_is_in_sight_after_a_mistake(sit: Sit) -> None:
    injury = r'<details class="govuk-details"( open)?><summary[^>]*><span[^>]*>If there is an injury'
    dsl = sit("dsl")

    untouched = re.search(injury, dsl.look("/refer").page)
    refused = re.search(injury, dsl.send("/refer", **{**TOLD, "words": "", "attachments": "3"}).page)

    assert untouched is not None
    assert untouched[1] is None
    assert refused is not None
    assert refused[1] == " open"


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ({"caller": "Ada Mensah"}, "How can the caller be reached?"),
        ({"caller": "Ada Mensah", "caller_reach": "0000 000", "anonymous": "yes"}, "One person called."),
    ],
    ids=["not to be reached", "two of them"],
)
def test_who_called_cannot_be_two_people_or_out_of_reach(hub: Hub, sit: Sit, who: dict[str, str], says: str) -> None:
    refused = sit("tara").send("/refer", **{**TOLD, **who})

    assert refused.status == 400
    assert says in refused.text
    assert "caller_reach=" not in refused.text
    assert hub.rows(ReferralRow) == []


def test_an_auditor_has_no_such_form(hub: Hub, sit: Sit) -> None:
    aud = sit("aud")

    assert aud.look("/refer").status == 403
    assert aud.send("/refer", aud.look("/rules"), **TOLD).status == 403
    assert hub.rows(ReferralRow) == []


def test_every_worry_is_in_one_group() -> None:
    grouped = [one for group in GROUPS.values() for one in group]

    assert sorted(grouped) == sorted(Concern)


def test_the_hub_keys_in_when_it_really_came_and_nobody_else_is_asked(hub: Hub, sit: Sit) -> None:
    assert 'name="told_at"' not in sit("dsl").look("/refer").page
    assert 'name="told_at"' not in sit("sam").look("/refer").page
    tara = sit("tara")
    assert 'name="told_at"' in tara.look("/refer").page

    refused = tara.send("/refer", **TOLD, channel="phone", on_behalf_of="dsl", told_at="2026-03-10T09:31")
    tara.send("/refer", **TOLD, channel="phone", on_behalf_of="dsl", told_at="2026-03-09T14:00")

    assert "cannot have reached the hub in the future" in refused.text
    assert hub.rows(ReferralRow)[0]["opened_at"].isoformat() == "2026-03-09T14:00:00+00:00"
