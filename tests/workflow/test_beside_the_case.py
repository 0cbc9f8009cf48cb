"""What a referral's pages ask the tables beside the case: the family's referrals, who looked, one audit chain."""

from datetime import date

import pytest
from sqlalchemy import text

from models.tables.referral import RecordRow
from tests.support import paths
from tests.support.hub import Hub
from workflow import access, audit, looks, siblings, store
from workflow.errors import NotFoundError


def test_the_referrals_of_a_family_are_those_of_every_child_in_it(hub: Hub) -> None:
    first = hub.refer(child="Demo One", carers="Demo Mother:mother")
    sister = hub.refer(child="Demo Two", born=date(2019, 1, 1), carers="Demo Mother:mother", sibling=first)
    other = hub.refer(child="Demo Three", born=date(2018, 1, 1))

    with hub.engine.database.reading() as connection:
        found = siblings.referrals(connection, first, "coventry")
        elsewhere = siblings.referrals(connection, first, "warwickshire")
    assert [one.reference for one in found] == [sister, first]
    assert other not in [one.reference for one in found]
    assert elsewhere == ()


LISTENS = {"tess": True, "mona": True, "hugo": True, "aud": True, "sam": False, "tara": False, "dsl": False}


@pytest.mark.parametrize("account", LISTENS)
def test_who_looked_is_told_to_those_who_answer_for_it(hub: Hub, account: str) -> None:
    reference = hub.refer()
    access.view(hub.engine, reference, hub.actor("tara"), hub.now)
    with pytest.raises(NotFoundError):
        access.view(hub.engine, reference, hub.actor("kit"), hub.now)

    with hub.engine.database.reading() as connection:
        found = looks.looks(connection, reference, hub.actor(account))
    told = [(look.who, look.shown) for look in found.newest] if found else None
    assert told == ([("kit example", False), ("tara example", True)] if LISTENS[account] else None)


def test_more_looks_than_are_listed_are_counted(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    reference = hub.refer()
    monkeypatch.setattr(looks, "_looks", looks._looks.limit(2))
    for _ in range(3):
        access.view(hub.engine, reference, hub.actor("tara"), hub.now)

    with hub.engine.database.reading() as connection:
        found = looks.looks(connection, reference, hub.actor("aud"))
    assert found is not None
    assert (len(found.newest), found.total) == (2, 3)


def test_one_chain_is_walked_by_itself_and_says_where_it_breaks(hub: Hub) -> None:
    reference, other = paths.to_decision(hub), hub.refer(child="Demo Other", born=date(2018, 1, 1))
    number = store.number(reference)

    with hub.engine.database.reading() as connection:
        links, fault = audit.verify_one(connection, number)
    assert (links, fault) == (hub.row(reference)["version"], None)

    record = hub.rows(RecordRow, referral_id=number)[0]["id"]
    with hub.engine.database.unit_of_work() as connection:
        connection.execute(text("UPDATE record SET at = '2020-01-01 00:00:00+00:00' WHERE id = :id"), {"id": record})
    with hub.engine.database.reading() as connection:
        assert (
            audit.verify_one(connection, number)[1]
            == f"{reference}: the record is not what the audit chain says was written."
        )
        assert audit.verify_one(connection, store.number(other))[1] is None


def test_a_decision_says_under_which_policy_it_was_made(hub: Hub) -> None:
    reference = hub.refer()
    seen = access.view(hub.engine, reference, hub.actor("tara"), hub.now)

    assert [made.policy.split()[0] for made in seen.decisions] == ["coventry"]
