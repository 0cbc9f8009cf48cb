"""One contact about a whole family: a referral for each child or none, one family, one set of files."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.commands.referral import ReferFamily
from models.tables.evidence import AttachmentRow
from models.tables.people import FamilyRow, PersonRow
from models.tables.referral import RecordRow, ReferralRow
from models.tables.work import TaskRow
from tests.support import paths
from tests.support.hub import Hub
from tests.support.pictures import JPEG, PDF, PROGRAM
from workflow import access, evidence
from workflow.carers import carers, needs_interpreter, residents
from workflow.engine import Done
from workflow.errors import BadCommandError, MashError, NotPermittedError
from workflow.evidence_files import Sent
from workflow.household_read import household
from workflow.referral_form import refer_family
from workflow.sealing import Seal

ONE_KIND = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
KEZIA: dict[str, Any] = {"child": "Kezia Okafor", "born": "2021-01-02"}
OBI: dict[str, Any] = {"child": "Obi Okafor", "born": "2019-03-04"}
ADA: dict[str, Any] = {"child": "Ada Okafor", "born": "2017-05-06"}
UNBORN: dict[str, Any] = {"child": "Unborn Okafor", "due": "2026-06-01"}
MOTHER: dict[str, Any] = {"name": "Grace Okafor", "relations": ["mother"] * 4}
TOLD: dict[str, Any] = {
    "children": [KEZIA, OBI, ADA, UNBORN],
    "adults": [MOTHER],
    "concerns": ["neglect"],
    "words": "They come hungry.",
}


def tell(hub: Hub, by: str = "dsl", **more: Any) -> tuple[Done, ...]:
    return refer_family(hub.engine, hub.actor(by), hub.now, {**TOLD, **more})


def case(hub: Hub, reference: str) -> Any:
    return access.open_file(hub.engine, reference, hub.actor("tara"), hub.now, "test").case


def person(hub: Hub, name: str) -> dict[str, Any]:
    (found,) = hub.rows(PersonRow, name=name)
    return found


@pytest.fixture
def seal(tmp_path: Path) -> Seal:
    return Seal(tmp_path / "home" / "key")


def test_three_siblings_and_one_unborn_are_one_family_with_a_referral_each(hub: Hub) -> None:
    done = tell(hub)

    assert [one.reference for one in done] == ["M000001", "M000002", "M000003", "M000004"]
    rows = hub.rows(ReferralRow)
    assert len({row["family_id"] for row in rows}) == 1
    assert len(hub.rows(FamilyRow)) == 1
    names = {row["id"]: row["name"] for row in hub.rows(PersonRow)}
    assert [names[row["child_id"]] for row in rows] == [one["child"] for one in TOLD["children"]]
    assert len(hub.rows(PersonRow, child=False)) == 1
    for row in rows:
        members = household(case(hub, f"M{row['id']:06d}"), hub.now).members
        assert sorted(one.relation for one in members) == ["brother or sister"] * 3 + ["mother", "the child"]


def test_each_child_has_the_contact_on_its_own_record(hub: Hub) -> None:
    tell(hub)

    contacts = hub.rows(RecordRow, kind="contact")
    assert [row["referral_id"] for row in contacts] == [1, 2, 3, 4]
    assert {row["data"]["words"] for row in contacts} == {"They come hungry."}


def test_nobody_is_asked_whether_children_of_one_contact_are_one_child(hub: Hub) -> None:
    tell(hub, children=[KEZIA, {**KEZIA, "child": "Kezie Okafor"}], adults=[{**MOTHER, "relations": ["mother"] * 2}])

    assert hub.rows(TaskRow) == []


def test_what_goes_wrong_at_the_last_leaves_nothing_of_the_first(hub: Hub, seal: Seal) -> None:
    told = ReferFamily.model_validate(TOLD)

    with pytest.raises(BadCommandError, match="neither a photograph nor a PDF"):
        evidence.tell_of_family(
            hub.engine, hub.actor("dsl"), hub.now, told, [Sent("a.jpg", JPEG), Sent("b", PROGRAM)], seal
        )

    for table in (ReferralRow, PersonRow, FamilyRow, RecordRow, AttachmentRow, TaskRow):
        assert hub.rows(table) == []


def test_what_came_for_all_is_kept_once_and_opened_for_each(hub: Hub, seal: Seal) -> None:
    told = ReferFamily.model_validate({**TOLD, "attachments": 2})
    files: Sequence[Sent] = [Sent("arm.jpg", JPEG), Sent("note.pdf", PDF)]
    evidence.tell_of_family(hub.engine, hub.actor("dsl"), hub.now, told, files, seal)

    kept = hub.rows(AttachmentRow)
    assert [row["referral_id"] for row in kept] == [1, 1, 2, 2, 3, 3, 4, 4]
    assert [row["sealed"] is not None for row in kept] == [True] * 2 + [False] * 6
    last = evidence.open_one(hub.engine, "M000004", kept[-1]["id"], hub.actor("tara"), hub.now, seal)
    assert (last.type, last.content) == ("application/pdf", PDF)


def test_whoever_opened_it_for_one_child_has_opened_it_for_its_sister(hub: Hub, seal: Seal) -> None:
    told = ReferFamily.model_validate({**TOLD, "attachments": 1})
    evidence.tell_of_family(hub.engine, hub.actor("dsl"), hub.now, told, [Sent("arm.jpg", JPEG)], seal)
    evidence.open_one(hub.engine, "M000002", 2, hub.actor("tara"), hub.now, seal)

    with hub.engine.database.reading() as connection:
        looked = [evidence.attached(connection, f"M00000{at}")[0].looks for at in (1, 2, 3)]

    assert [[look.account for look in looks] for looks in looked] == [["tara"]] * 3


def test_a_child_on_record_brings_its_family_with_it(hub: Hub) -> None:
    known = hub.refer(by="pc", child=OBI["child"], born=date(2019, 3, 4))

    done = tell(hub)

    assert [one.reference for one in done] == ["M000002", known, "M000003", "M000004"]
    assert len({row["family_id"] for row in hub.rows(ReferralRow)}) == 1


def test_two_families_on_record_are_not_made_one_but_somebody_looks(hub: Hub) -> None:
    hub.refer(by="pc", child=OBI["child"], born=date(2019, 3, 4))
    hub.refer(by="pc", child=ADA["child"], born=date(2017, 5, 6))

    tell(hub)

    assert len({row["family_id"] for row in hub.rows(ReferralRow)}) == 2
    assert any("of the same family: one contact told of both" in task["says"] for task in hub.rows(TaskRow))


def test_what_is_told_beside_the_worry_stands_under_its_question(hub: Hub) -> None:
    tell(
        hub,
        children=[KEZIA],
        adults=[],
        seen="On Monday at nine.",
        known_to="The health visitor.",
        consent="refused",
        consent_reason="Her partner reads her letters.",
        by_role="Designated safeguarding lead",
        ring_back="024 7600 0000",
    )

    (contact,) = hub.rows(RecordRow, kind="contact")
    assert contact["data"]["words"] == (
        "They come hungry.\n\nWhat was seen or heard, and when: On Monday at nine.\n\n"
        "Who else knows: The health visitor.\n\n"
        "Why the family does not know, or does not agree: Her partner reads her letters.\n\n"
        "Told by: Designated safeguarding lead\n\nTo ring back: 024 7600 0000"
    )
    assert (contact["data"]["consent"], contact["data"]["consent_reason"]) == ("refused", True)


def test_what_is_told_of_a_child_is_kept_with_it_and_what_is_on_record_stands(hub: Hub) -> None:
    told = {
        **KEZIA,
        "sex": "female",
        "ethnicity": "black_african",
        "language": "Igbo",
        "interpreter": True,
        "disability": ["hearing"],
        "school": "Hillside Nursery",
        "nhs_number": "943 476 5919",
    }
    tell(hub, children=[told], adults=[], address="1 Elm Road")
    tell(hub, by="hv", children=[{**KEZIA, "sex": "male", "school": "Another", "gp": "Park"}], adults=[])

    kept = person(hub, "Kezia Okafor")
    wanted = ("sex", "ethnicity", "language", "disability", "school", "factors", "address", "nhs_number")
    assert {name: kept[name] for name in wanted} == {
        "sex": "female",
        "ethnicity": "black_african",
        "language": "Igbo",
        "disability": ["hearing"],
        "school": "Hillside Nursery",
        "factors": ["interpreter_needed"],
        "address": "1 Elm Road",
        "nhs_number": "9434765919",
    }


def test_who_needs_an_interpreter_is_heard_only_through_one(hub: Hub) -> None:
    adults = [{**MOTHER, "language": "Igbo", "interpreter": True}, {"name": "Ben Cole", "relations": ["other"] * 4}]
    tell(hub, adults=adults)

    found = case(hub, "M000001")
    assert needs_interpreter(found, person(hub, "Grace Okafor")["id"])
    assert not needs_interpreter(found, person(hub, "Ben Cole")["id"])


def test_who_lives_with_the_children_is_on_the_record_of_each(hub: Hub) -> None:
    adults = [
        {**MOTHER, "lives_here": True},
        {"name": "Joe Okafor", "relations": ["father"] * 4, "lives_here": False},
        {"name": "Ben Cole", "relations": ["partner"] * 4},
        {"name": "Lou Odd", "relations": ["lodger", "lodger", "lodger", "not_related"], "lives_here": True},
    ]
    tell(hub, adults=adults)

    of = {name: person(hub, name)["id"] for name in ("Grace Okafor", "Joe Okafor", "Ben Cole", "Lou Odd")}
    for at, here in ((1, {"Grace Okafor", "Ben Cole", "Lou Odd"}), (4, {"Grace Okafor", "Ben Cole"})):
        found = case(hub, f"M00000{at}")
        assert residents(found) == {of[name] for name in here}
        assert set(carers(found)) == {of["Grace Okafor"], of["Ben Cole"]}


def test_an_address_that_is_not_safe_stays_out_of_every_text(hub: Hub) -> None:
    tell(hub, children=[KEZIA, UNBORN], adults=[], address="1 Elm Road", safe_address=False)

    assert [row["safe_address"] for row in hub.rows(PersonRow)] == [False, False]
    assert {row["data"]["status"] for row in hub.rows(RecordRow, kind="note")} == {"protected"}


def test_a_known_child_whose_address_is_told_to_be_unsafe_is_protected_from_then_on(hub: Hub) -> None:
    hub.refer(by="pc", child=KEZIA["child"], born=date(2021, 1, 2), address="1 Elm Road")

    tell(hub, children=[KEZIA], adults=[], safe_address=False)

    assert person(hub, "Kezia Okafor")["safe_address"] is False


@ONE_KIND
@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"children": []}, "children"),
        ({"children": [{"child": "12345", "born": "2021-01-02"}]}, "children"),
        ({"children": [{"child": "Kezia Okafor"}]}, "When was the child born"),
        ({"children": [{**KEZIA, "due": "2026-06-01"}]}, "born or unborn"),
        ({"children": [{"child": "Kezia Okafor", "born": "2030-01-01"}]}, "still to come"),
        ({"children": [KEZIA, {**KEZIA, "child": "kezia  okafor"}]}, "told of twice"),
        ({"adults": [{"name": "Grace Okafor", "relations": ["mother"]}]}, "to each child is not said"),
        ({"adults": [{**MOTHER, "name": "77"}]}, "adults"),
        ({"words": "x" * 3000, "seen": "y" * 2000}, "longer than 4000 letters together"),
        ({"sibling": "M000999"}, "There is no referral"),
        ({"on_behalf_of": "pc"}, "Only the hub"),
    ],
    ids=lambda given: "" if isinstance(given, str) else next(iter(given)),
)
def test_what_cannot_be_is_refused_and_leaves_nothing_behind(hub: Hub, more: dict[str, Any], says: str) -> None:
    with pytest.raises(MashError) as refused:
        tell(hub, **more)

    assert says in refused.value.says
    assert hub.rows(ReferralRow) == []
    assert hub.rows(PersonRow) == []


def test_an_auditor_tells_of_nobody(hub: Hub) -> None:
    with pytest.raises(NotPermittedError):
        tell(hub, by="aud")


def test_the_hub_writes_down_what_a_caller_said_of_each_child(hub: Hub) -> None:
    tell(hub, by="tara", channel="phone", caller="Mrs Neighbour", caller_reach="024 7600 0001", name_withheld=True)

    assert {row["referrer_id"] for row in hub.rows(ReferralRow)} == {None}
    assert len({row["by"] for row in hub.rows(RecordRow, kind="contact")}) == 4


def test_a_new_contact_wakes_what_stands_still_for_each_child_it_is_about(hub: Hub) -> None:
    reference = paths.to_decision(hub, child=KEZIA["child"], born=date(2021, 1, 2))
    hub.act(reference, "decide", "mona", outcome="deferred", until="2026-06-01", reason="wait for the scan")
    was = hub.row(reference)["state"]

    tell(hub)

    assert was == "deferred"
    assert hub.row(reference)["state"] != "deferred"


def test_two_agencies_who_tell_of_the_same_children_at_once_tell_of_them_once(hub: Hub) -> None:
    turned = list(reversed(TOLD["children"]))
    with ThreadPoolExecutor(2) as pool:
        came = [pool.submit(tell, hub, "dsl"), pool.submit(tell, hub, "hv", children=turned)]
        one, other = (sorted(done.reference for done in each.result()) for each in came)

    assert one == other
    assert len(hub.rows(ReferralRow)) == 4
