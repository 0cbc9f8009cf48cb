"""A call from somebody without an account: by name, to be rung back; or without one, and heard all the same."""

from typing import Any

import pytest

from models.events import Event
from models.facts import Case
from models.tables.people import CallerRow, FamilyRow
from models.tables.post import MessageRow
from models.tables.work import TaskRow
from tests.support import paths
from tests.support.hub import Hub
from workflow import access, audit, fulfil, store
from workflow.chronology_wanted import Asked
from workflow.errors import BadCommandError, NotFoundError, RefusedError
from workflow.gates.front_door_voices import referrer_heard

NEXT_DOOR = {"caller": "Nora Nextdoor", "caller_reach": "024 7600 0000", "channel": "phone"}
RING = "public-reporting-route"
ONE_KIND = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def case_of(hub: Hub, reference: str) -> Case:
    with hub.engine.database.reading() as connection:
        return hub.engine.load(connection, store.number(reference), hub.now).case


def to_ring(hub: Hub) -> list[dict[str, Any]]:
    """Return the tasks to ring somebody back that are still to be done."""
    return [row for row in hub.rows(TaskRow, rule=RING) if row["done_at"] is None]


def everything_sent(hub: Hub) -> str:
    """Return all that went to anybody's post or list, as one text."""
    return repr((hub.rows(MessageRow), hub.rows(TaskRow)))


def test_a_neighbour_who_rings_is_on_record_and_somebody_rings_back(hub: Hub) -> None:
    reference = hub.refer(by="tara", **NEXT_DOOR)
    hub.look(reference)

    (caller,) = hub.rows(CallerRow)
    (task,) = to_ring(hub)
    assert (caller["name"], caller["reach"], caller["kind"]) == ("Nora Nextdoor", "024 7600 0000", "member_of_public")
    assert (case_of(hub, reference).record[0].by, task["account_id"]) == (caller["id"], "tara")
    assert task["due_at"] is not None
    assert not [row for row in hub.rows(MessageRow) if row["template"] == "acknowledged"]

    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "spoke-to", "tara", person=caller["id"], reason="told what will be done")
    hub.look(reference)
    assert to_ring(hub) == []


def test_two_tries_to_ring_back_are_enough_and_one_is_not(hub: Hub) -> None:
    reference = hub.refer(by="tara", **NEXT_DOOR)
    caller = hub.rows(CallerRow)[0]["id"]

    hub.act(reference, "record-attempt", "tara", person=caller)
    hub.look(reference)
    assert len(to_ring(hub)) == 1

    hub.act(reference, "record-attempt", "tara", person=caller)
    hub.look(reference)
    assert to_ring(hub) == []


def test_who_gives_no_name_is_heard_and_nobody_is_asked_to_ring(hub: Hub) -> None:
    reference = hub.refer(by="tara", anonymous=True, channel="form")
    hub.look(reference)

    case = case_of(hub, reference)
    assert to_ring(hub) == []
    assert [(row["name"], row["reach"]) for row in hub.rows(CallerRow)] == [(None, None)]
    assert case.record[0].get("anonymous") is True
    assert referrer_heard(case, case.record[0], Event(hub.now, case.record[0].kind))


def test_a_letter_from_somebody_with_a_name_is_no_hearing_until_they_are_rung(hub: Hub) -> None:
    reference = hub.refer(by="tara", **{**NEXT_DOOR, "channel": "form"})
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "grade", "tara", grade="amber", reason="a young child")
    hub.act(reference, "put-for-decision", "tara")

    no = {"outcome": "no_further_action", "reason": "below", "answers": "neglect:not_found"}
    with pytest.raises(RefusedError) as caught:
        hub.act(reference, "decide", "mona", **no)

    missing = next(one for one in caught.value.refusals if one.rule == "referrer-heard-before-decision")
    assert hub.rows(CallerRow)[0]["id"] in missing.missing
    assert "Nora" not in repr(caught.value.refusals)


def test_neither_name_nor_number_goes_into_post_tasks_or_audit(hub: Hub) -> None:
    reference = paths.to_strategy(hub)
    hub.act(reference, "add-concern", "tara", concerns="injury", words="a bruise", name_withheld=True, **NEXT_DOOR)
    hub.look(reference)
    hub.wait(days=3)
    hub.look(reference)

    assert "Nextdoor" not in everything_sent(hub)
    assert "7600" not in everything_sent(hub)
    with hub.engine.database.reading() as connection:
        assert audit.verify(connection)[1] == []


def test_what_is_owed_to_a_caller_is_the_owners_and_nothing_is_sent_where_nobody_lives(hub: Hub) -> None:
    reference = hub.refer(by="tara", **NEXT_DOOR)
    caller = hub.rows(CallerRow)[0]["id"]

    for _ in range(4):
        hub.wait(days=1)
        with hub.engine.database.unit_of_work() as connection:
            fulfil.look(hub.engine, connection, store.number(reference), hub.now)
    with pytest.raises(BadCommandError, match="no account"):
        hub.act(reference, "involve", "tara", who=caller)

    assert caller not in {row["account_id"] for row in (*hub.rows(MessageRow), *hub.rows(TaskRow))}


@pytest.mark.parametrize(("withheld", "called"), [(True, "A member of the public"), (False, "Nora Nextdoor")])
def test_a_chronology_names_a_caller_only_if_they_did_not_ask_to_be_kept_out(
    hub: Hub, withheld: bool, called: str
) -> None:
    reference = hub.refer(by="tara", name_withheld=withheld, **NEXT_DOOR)

    told = access.chronology(hub.engine, reference, hub.actor("tara"), hub.now, Asked())
    file = access.open_file(hub.engine, reference, hub.actor("tara"), hub.now, "show")

    assert called.casefold() in told.names.person(file.callers[0].id).casefold()
    assert ("Nora" in repr(told)) is not withheld
    assert (file.callers[0].name, file.callers[0].reach) == ("Nora Nextdoor", "024 7600 0000")


def test_no_agency_learns_who_called(hub: Hub) -> None:
    reference = hub.refer()
    hub.act(reference, "add-concern", "tara", concerns="hygiene", words="seen outside", **NEXT_DOOR)

    file = access.open_file(hub.engine, reference, hub.actor("dsl"), hub.now, "show")

    assert file.callers == ()
    assert "Nora" not in repr(file.seen)
    with pytest.raises(NotFoundError):
        access.open_file(hub.engine, reference, hub.actor("kit"), hub.now, "show")


def test_a_second_call_joins_the_open_referral_with_a_caller_of_its_own(hub: Hub) -> None:
    reference = hub.refer(by="tara", **NEXT_DOOR)
    uncle = {"caller": "Uncle Demo", "caller_reach": "by letter", "caller_is": "relative"}

    assert hub.refer(by="tara", concerns=["hygiene"], **uncle) == reference

    assert [(row["kind"], row["name"]) for row in hub.rows(CallerRow)] == [
        ("member_of_public", "Nora Nextdoor"),
        ("relative", "Uncle Demo"),
    ]
    assert len({event.by for event in case_of(hub, reference).record}) == 2


WRONG = [
    ("a name and no number", "tara", {"caller": "Nora Nextdoor"}, "How can the caller be reached"),
    ("a number and no name", "tara", {"caller_reach": "024 7600 0000"}, "Whose telephone number"),
    ("no name to keep", "tara", {"name_withheld": True}, "Whose telephone number"),
    ("a name and none", "tara", {**NEXT_DOOR, "anonymous": True}, "One person called"),
    ("two callers", "tara", {**NEXT_DOOR, "on_behalf_of": "dsl"}, "One person called"),
    ("an agency's hearsay", "kit", NEXT_DOOR, "Only the hub and social care"),
    ("an agency that hides", "kit", {"anonymous": True}, "Only the hub and social care"),
    ("another kind", "tara", {**NEXT_DOOR, "caller_is": "spy"}, "caller_is"),
]


@ONE_KIND
@pytest.mark.parametrize(("by", "given", "says"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_caller_who_makes_no_sense_is_refused_in_a_sentence(
    hub: Hub, by: str, given: dict[str, Any], says: str
) -> None:
    with pytest.raises(BadCommandError, match=says) as error:
        hub.refer(by=by, **given)

    assert error.value.advice
    assert "Nora" not in f"{error.value.says} {error.value.advice}"
    assert hub.rows(FamilyRow) == hub.rows(CallerRow) == []
