"""A family with four children and ten years of history, for pages: told by the published review again and again.

The years that are over are written as they would have been; what is open now is told through the live engine.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, insert

from models.events import Event
from models.tables.people import AccountRow, AgencyRow, FamilyRow, LinkRow, PersonRow
from models.tables.referral import RecordRow, ReferralRow
from workflow import store
from workflow.engine import Engine
from workflow.intake import refer
from workflow.replay.casebook import Casebook
from workflow.replay.shelf import open_casebook

TURNS: Final = 8
SPAN: Final = timedelta(days=17 * 30)
YEAR: Final = 365
CHILDREN: Final = {"c1": ("Demo Ada Long", 14), "c2": ("Demo Ben Long", 12), "c3": ("Demo Cleo Long", 7)}
"""Each with the age in years; the youngest of the four is not born yet."""
UNBORN: Final = "c4"
ADULTS: Final = {
    "m1": ("Demo Mary Long", ["care_leaver", "substance_misuse", "domestic_abuse"]),
    "f1": ("Demo Frank Gone", ["violence"]),
    "f2": ("Demo Paul Stay", ["alcohol_misuse", "mental_health"]),
    "g1": ("Demo Gran Long", []),
}
LINKS: Final = (
    *((one, "mother", child) for one in ("m1",) for child in ("c1", "c2", "c3", "c4")),
    ("f1", "father", "c1"),
    ("f1", "father", "c2"),
    ("f2", "father", "c3"),
    ("f2", "father", "c4"),
    ("f2", "partner", "m1"),
    ("g1", "grandparent", "c1"),
    ("g1", "mother", "m1"),
)
_OF_THE_FAMILY: Final = {"kate": "m1", "jake": "f2"}
_COUNCIL: Final = {"social_worker", "team_manager", "triage_worker", "mash_manager", "head_of_service"}


def settle(engine: Engine, authority: str, now: datetime) -> str:
    """Write a family's ten years into a database, and refer its second child anew. Returns the open reference."""
    book = open_casebook("luke-and-matt")
    with engine.database.unit_of_work() as connection:
        workers = _workers(connection, book, authority)
        family = connection.execute(insert(FamilyRow).values(authority=authority)).inserted_primary_key
        assert family is not None
        _people(connection, family[0], now)
        first = now - TURNS * SPAN - timedelta(days=60)
        for turn in range(TURNS):
            _turn(connection, book, family[0], authority, turn, first + turn * SPAN, workers)
    name, age = CHILDREN["c2"]
    with engine.database.reading() as connection:
        actor = store.actor(connection, workers["hv1"])
    given = {
        "child": name,
        "born": _born(now, age),
        "concerns": ["neglect", "domestic_abuse"],
        "words": "came to the clinic alone and hungry; a neighbour hears shouting at night",
        "attachments": 2,
    }
    return refer(engine, actor, now - timedelta(days=30), given).reference


def _born(now: datetime, years: int) -> date:
    return now.date() - timedelta(days=years * YEAR + 40)


def _workers(connection: Connection, book: Casebook, authority: str) -> dict[str, str]:
    """Write everybody of the story who works for an agency, and return what their accounts are called."""
    agencies: dict[str, str] = {}
    accounts: dict[str, str] = {}
    for who in book.family.practitioners.values():
        if who.agency is None:
            continue
        if who.agency.id not in agencies:
            agencies[who.agency.id] = f"lf_{who.agency.id}"
            name = f"Demo {who.agency.kind.value.replace('_', ' ').title()}"
            connection.execute(
                insert(AgencyRow).values(id=agencies[who.agency.id], name=name, kind=who.agency.kind.value)
            )
        accounts[who.id] = f"lf_{who.id}"
        role = who.kind.value if who.kind.value in _COUNCIL else "partner"
        connection.execute(
            insert(AccountRow).values(
                id=accounts[who.id],
                name=f"Demo {who.id.replace('_', ' ').title()}",
                role=role,
                kind=who.kind.value,
                agency_id=agencies[who.agency.id],
                authority=authority,
                team="",
                newly_qualified=False,
                channel="mailbox",
                address=f"{accounts[who.id]}@example.test",
                active=True,
            )
        )
    accounts["hv1"] = next(iter(one for one in accounts.values() if "nurse" in one or "hv" in one))
    return accounts


def _people(connection: Connection, family: int, now: datetime) -> None:
    rows: list[dict[str, Any]] = [
        {"id": who, "name": name, "child": True, "born": _born(now, age), "due": None, "gp": "Demo Practice"}
        for who, (name, age) in CHILDREN.items()
    ]
    rows.append(
        {"id": UNBORN, "name": "Unborn Demo Long", "child": True, "born": None, "due": now.date() + timedelta(days=80)}
    )
    for row in rows:
        connection.execute(insert(PersonRow).values(**row, family_id=family, factors=[]))
    for who, (name, factors) in ADULTS.items():
        connection.execute(
            insert(PersonRow).values(id=who, name=name, child=False, born=None, factors=factors, family_id=family)
        )
    for one, relation, other in LINKS:
        connection.execute(insert(LinkRow).values(family_id=family, one=one, relation=relation, other=other))


def _turn(
    connection: Connection,
    book: Casebook,
    family: int,
    authority: str,
    turn: int,
    start: datetime,
    workers: Mapping[str, str],
) -> None:
    """Write one closed referral of two of the children, with everything that was recorded in it."""
    children = {"luke": "c2", "matt": "c1" if turn % 2 else "c3"}
    ids = {**_OF_THE_FAMILY, **children, **workers}
    worker = next(ids[one.id] for one in book.family.practitioners.values() if one.kind.value == "social_worker")
    shift = start - book.events[0].at
    closed = book.events[-1].at + shift
    number = connection.execute(
        insert(ReferralRow).values(
            family_id=family, child_id=children["luke"], authority=authority, state="closed", grade="amber",
            owner_id=worker, version=1, opened_at=start, closed_at=closed, audit_head="0" * 64,
        )
    ).inserted_primary_key  # fmt: skip
    assert number is not None
    connection.execute(
        insert(RecordRow),
        [_row(replace(event, at=event.at + shift), family, number[0], ids) for event in book.events],
    )
    signed = {"reason_code": "needs_met", "summary": True, "manager": worker, "words": "the plan has done its work"}
    about = list(children.values())
    connection.execute(
        insert(RecordRow).values(
            family_id=family, referral_id=number[0], at=closed, kind="closure", about=about, by=worker, data=signed
        )
    )


def _row(event: Event, family: int, number: int, ids: Mapping[str, str]) -> dict[str, Any]:
    def named(value: Any) -> Any:
        if isinstance(value, str):
            return ids.get(value, value)
        if isinstance(value, list | tuple):
            return [named(one) for one in value]
        if isinstance(value, Mapping):
            return {named(key): named(one) for key, one in value.items()}
        return value.isoformat() if isinstance(value, date | datetime) else value

    data = {key: value if key == "what" else named(value) for key, value in event.data.items()}
    about = [ids[child] for child in event.about]
    by = ids.get(event.by or "", event.by)
    values = {"at": event.at, "kind": event.kind.value, "about": about, "by": by, "data": data}
    return {"family_id": family, "referral_id": number, **values}
