"""`mash audit verify` is the auditor's proof: it holds for an honest record and finds every tampered one."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from tests.support import paths
from tests.support.hub import Hub
from tests.support.terminal import Ran

TAMPERED = {
    "a reason rewritten": "UPDATE decision SET reason = 'nothing to see' WHERE version = 3",
    "a decision under another name": "UPDATE decision SET actor = 'mona' WHERE version = 3",
    "a decision removed": "DELETE FROM decision WHERE version = 3",
    "a link removed": "DELETE FROM audit WHERE version = 3",
    "the last link removed": "DELETE FROM audit WHERE version = (SELECT max(version) FROM audit)",
    "a link rewritten": "UPDATE audit SET entry = replace(entry, 'amber', 'green') WHERE version = 3",
    "a link that is no entry": "UPDATE audit SET entry = 'x' WHERE version = 3",
    "a state set by hand": "UPDATE referral SET state = 'closed', closed_at = opened_at, due_at = NULL, alarm_at = NULL",
    "an event removed": "DELETE FROM record WHERE id = (SELECT max(id) FROM record)",
    "an event of an unknown kind": "UPDATE record SET kind = 'banana' WHERE id = (SELECT max(id) FROM record)",
    "an event under another name": """UPDATE record SET "by" = 'mona' WHERE id = (SELECT max(id) FROM record)""",
    "an event put in": (
        'INSERT INTO record (family_id, referral_id, at, kind, about, "by", data) '
        'SELECT family_id, referral_id, at, kind, about, "by", data FROM record WHERE id = 1'
    ),
}


def test_an_honest_record_holds(desk: Hub, mash: Callable[..., Ran]) -> None:
    paths.to_strategy(desk)
    desk.refer(child="Demo Two")

    ran, data = mash("audit", "verify"), mash("audit", "verify", "--json").data

    checked = len(desk.made)
    assert ran == Ran(0, f"{checked} entries checked: every chain holds, and the record is as it was written.\n", "")
    assert data == {"checked": checked, "sound": True, "faults": []}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_tampered_record_is_found_and_named_and_nothing_else_is_suspected(
    how: str, desk: Hub, mash: Callable[..., Ran]
) -> None:
    reference = paths.to_decision(desk)
    with desk.engine.database.unit_of_work() as connection:
        connection.execute(text(TAMPERED[how]))
    honest = desk.refer(child="Demo Two")

    ran, data = mash("audit", "verify"), mash("audit", "verify", "--json")

    assert (ran.code, ran.err, data.code) == (1, "", 1)
    assert ran.out.startswith(f"{reference}: ")
    assert honest not in ran.out
    assert "1 chain does not hold. Keep the database as it is" in ran.out
    assert (data.data["sound"], len(data.data["faults"])) == (False, 1)
