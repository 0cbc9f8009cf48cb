"""The audit chain: whatever is changed, removed, swapped or added behind the engine's back is found, and said plainly."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from tests.support import paths
from tests.support.hub import Hub
from workflow import audit

FORGED = 'UPDATE audit SET entry = replace(entry, \'"actor":"tara"\', \'"actor":"mona"\')'
MADE_UP = (
    "INSERT INTO decision SELECT referral_id, 999, at, actor, verb, from_state, to_state, reason, warned, policy"
    " FROM decision WHERE version = 2"
)
ADDED = (
    "INSERT INTO record (family_id, referral_id, at, kind, about, by, data)"
    " SELECT family_id, referral_id, at, 'view', about, 'hv', '{\"view\": \"agree\"}'"
    " FROM record WHERE kind = 'contact'"
)
# What somebody with the run of the database might do, and what the audit then says of it.
TAMPERED = {
    "an entry reworded": ((f"{FORGED} WHERE version = 3",), "entry 3 of the audit chain was changed"),
    "a hash replaced": (
        ("UPDATE audit SET hash = '" + "a" * 64 + "' WHERE version = 3",),
        "entry 3 of the audit chain was changed",
    ),
    "an entry removed from the middle": (("DELETE FROM audit WHERE version = 4",), "entry 4 of the audit chain is"),
    "the first entry removed": (("DELETE FROM audit WHERE version = 1",), "entry 1 of the audit chain is missing"),
    "every entry removed": (("DELETE FROM audit",), "does not end where the referral does"),
    "two entries swapped": (
        (
            "UPDATE audit SET version = 100 WHERE version = 3",
            "UPDATE audit SET version = 3 WHERE version = 4",
            "UPDATE audit SET version = 4 WHERE version = 100",
        ),
        "entry 3 of the audit chain was changed",
    ),
    "the end cut off": (
        ("DELETE FROM audit WHERE version = (SELECT max(version) FROM audit)",),
        "does not end where the referral does",
    ),
    "the end cut off, and the count set back": (
        (
            "DELETE FROM audit WHERE version = (SELECT max(version) FROM audit)",
            "DELETE FROM decision WHERE version = (SELECT max(version) FROM decision)",
            "UPDATE referral SET version = version - 1",
        ),
        "does not end where the referral does",
    ),
    "a decision laid at another's door": (
        ("UPDATE decision SET actor = 'mona' WHERE version = 3",),
        "decision 3 is not what the audit chain says",
    ),
    "a decision moved to another day": (
        ("UPDATE decision SET at = '2026-03-01 09:00:00+00' WHERE version = 3",),
        "decision 3 is not what the audit chain says",
    ),
    "a reason reworded": (
        ("UPDATE decision SET reason = 'all is well' WHERE version = 3",),
        "decision 3 is not what the audit chain says",
    ),
    "a warning struck out": (
        ("UPDATE decision SET warned = '[\"rating-floor\"]' WHERE version = 3",),
        "decision 3 is not what the audit chain says",
    ),
    "another policy written in": (
        ("UPDATE decision SET policy = 'england 0' WHERE version = 3",),
        "decision 3 is not what the audit chain says",
    ),
    "a decision removed": (("DELETE FROM decision WHERE version = 5",), "decision 5 is not what the audit chain says"),
    "a decision made up": (
        (MADE_UP,),
        "decisions that the audit chain does not know",
    ),
    "an event reworded": (
        ("UPDATE record SET data = '{\"grade\": \"green\"}' WHERE kind = 'grade'",),
        "the record is not what the audit chain says",
    ),
    "an event laid in another's mouth": (
        ("UPDATE record SET by = 'kit' WHERE kind = 'contact'",),
        "the record is not what the audit chain says",
    ),
    "an event moved to another day": (
        ("UPDATE record SET at = '2026-03-01 09:00:00+00' WHERE kind = 'contact'",),
        "the record is not what the audit chain says",
    ),
    "an event of no known kind": (
        ("UPDATE record SET kind = 'rumour' WHERE kind = 'grade'",),
        "the record is not what the audit chain says",
    ),
    "an event hidden in another family": (
        (
            "INSERT INTO family (id, authority) VALUES (77, 'coventry')",
            "UPDATE record SET family_id = 77 WHERE kind = 'contact'",
        ),
        "the record is not what the audit chain says",
    ),
    "an event removed": (("DELETE FROM record WHERE kind = 'grade'",), "the record is not what the audit chain says"),
    "an event added": (
        (ADDED,),
        "the record is not what the audit chain says",
    ),
    "the state set by hand": (("UPDATE referral SET state = 'triage'",), "arrives at state awaiting_decision"),
    "the way back set by hand": (("UPDATE referral SET came_from = 'section_47'",), "arrives at came_from None"),
    "the grade set by hand": (("UPDATE referral SET grade = 'green'",), "arrives at grade amber"),
    "the owner set by hand": (("UPDATE referral SET owner_id = 'kit'",), "arrives at owner_id tara"),
    "the authority set by hand": (("UPDATE referral SET authority = 'elsewhere'",), "arrives at authority coventry"),
    "closed by hand": (
        ("UPDATE referral SET state = 'closed', closed_at = opened_at",),
        "arrives at state awaiting_decision",
    ),
}


def verified(hub: Hub) -> tuple[int, list[str]]:
    with hub.engine.database.reading() as connection:
        return audit.verify(connection)


def say(hub: Hub, *statements: str) -> None:
    with hub.engine.database.unit_of_work() as connection:
        for statement in statements:
            assert connection.execute(text(statement.replace(":", "\\:"))).rowcount > 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_done_behind_the_engines_back_is_found(hub: Hub, what: str) -> None:
    reference = paths.to_decision(hub)
    statements, says = TAMPERED[what]
    assert verified(hub) == (hub.row(reference)["version"], [])

    say(hub, *statements)

    _, faults = verified(hub)
    assert len(faults) == 1
    assert re.fullmatch(rf"{reference}: .*{re.escape(says)}.*\.", faults[0])


def test_a_forger_who_knows_the_hashes_is_found_by_the_machine(hub: Hub) -> None:
    """A whole chain written anew is sound in itself: it still has to be a way that the machine knows."""
    reference = hub.refer()
    hub.act(reference, "begin-triage", "tara")
    forged = [entry["entry"].replace('state":"triage"', 'state":"closed"') for entry in rows(hub)]
    previous = audit.FIRST
    for version, entry in enumerate(forged, 1):
        values = {"entry": entry, "previous": previous, "hash": audit.link(previous, entry), "version": version}
        with hub.engine.database.unit_of_work() as connection:
            connection.execute(
                text("UPDATE audit SET entry = :entry, previous = :previous, hash = :hash WHERE version = :version"),
                values,
            )
        previous = values["hash"]
    say(
        hub,
        f"UPDATE referral SET audit_head = '{previous}'",
        "UPDATE referral SET state = 'closed', closed_at = opened_at",
        "UPDATE decision SET to_state = 'closed' WHERE version = 2",
    )

    assert verified(hub)[1] == [f"{reference}: decision 2 moved from received in a way the machine does not know."]


def rows(hub: Hub) -> list[dict[str, Any]]:
    with hub.engine.database.reading() as connection:
        return [dict(row) for row in connection.execute(text("SELECT entry FROM audit ORDER BY version")).mappings()]


def test_a_whole_life_replays_to_what_is_stored(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "sign-off", "tess")
    hub.look(reference)
    again = paths.to_strategy(hub.wait(days=40))
    attended = "desk_sw,pc,hv,dsl"
    hub.act(again, "hold-strategy", "tess", attended=attended, decision="no_further_action", rationale="a fall")
    hub.act(again, "challenge", "dsl", reason="nobody has asked the child")

    assert verified(hub) == (hub.row(reference)["version"] + hub.row(again)["version"], [])


def test_one_bad_chain_does_not_hide_another(hub: Hub) -> None:
    first, second = hub.refer(), hub.refer(child="Another Child")
    say(hub, "UPDATE referral SET grade = 'green'")

    assert [fault.partition(":")[0] for fault in verified(hub)[1]] == [first, second]


JSON = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text(), max_size=3)


@given(st.dictionaries(st.text(), JSON, max_size=4), st.dictionaries(st.text(), JSON, max_size=4))
def test_two_different_facts_never_make_the_same_link(one: dict[str, Any], other: dict[str, Any]) -> None:
    same = audit.link(audit.FIRST, audit.entry(one)) == audit.link(audit.FIRST, audit.entry(other))

    assert same == (audit.entry(one) == audit.entry(other))
    assert audit.link(audit.entry(one), "x") != audit.link(audit.entry(one) + "x", "")
