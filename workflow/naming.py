"""What the people and agencies of a record are called, and in which referral each event was written. For the one door."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, bindparam, select

from models.events import Event
from models.facts import Family
from models.tables.people import AccountRow, AgencyRow, CallerRow, PersonRow
from models.tables.referral import RecordRow
from workflow import store
from workflow.chronology import Beside
from workflow.chronology_known import known_to
from workflow.chronology_shown import Child
from workflow.chronology_words import Names, legible
from workflow.seen import Caller, Folk, Person

_people = select(PersonRow.id, PersonRow.name).where(PersonRow.family_id == bindparam("family"))
_children = (
    select(PersonRow.id, PersonRow.name, PersonRow.born, PersonRow.due)
    .where(PersonRow.family_id == bindparam("family"), PersonRow.child.is_(True))
    .order_by(PersonRow.born.is_(None), PersonRow.born, PersonRow.due, PersonRow.id)
)
_accounts = select(AccountRow.id, AccountRow.name).where(AccountRow.id.in_(bindparam("ids", expanding=True)))
_agencies = select(AgencyRow.id, AgencyRow.name).where(AgencyRow.id.in_(bindparam("ids", expanding=True)))
_written = select(RecordRow.id, RecordRow.referral_id).where(RecordRow.family_id == bindparam("family"))


def children_of(connection: Connection, family: int) -> list[Child]:
    """Return the children of a family, the eldest first."""
    found = connection.execute(_children, {"family": family})
    return [Child(row.id, legible(row.name), row.born, row.due) for row in found]


def beside(connection: Connection, number: int, family: Family, record: Iterable[Event]) -> Beside:
    """Return the names that these events need, and no other, with the referral in which each was written."""
    kept = list(record)
    agencies = {agency for event in kept for agency in known_to(family, event, {})}
    told = {who for event in kept for who in store.named(event)} & set(family.practitioners)
    agencies |= {found.agency.id for who in told if (found := family.practitioners[who]).agency is not None}
    people = {row.id: row.name for row in connection.execute(_people, {"family": number})}
    people |= {row.id: row.name for row in connection.execute(_accounts, {"ids": sorted(family.practitioners)})}
    people |= {one.id: one.called for one in callers(connection, number)}
    names = {row.id: row.name for row in connection.execute(_agencies, {"ids": sorted(agencies)})}
    places = {event.index for event in kept}
    written = connection.execute(_written, {"family": number})
    return Beside(
        Names(people, names), {row.id: store.reference(row.referral_id) for row in written if row.id in places}
    )


def callers(connection: Connection, number: int) -> tuple[Caller, ...]:
    """Return who told the hub without an account, for those of the hub who ring them back."""
    rows = connection.execute(select(CallerRow.__table__).where(CallerRow.family_id == number).order_by(CallerRow.id))
    return tuple(Caller(row.id, row.kind, row.name, row.reach, row.withheld) for row in rows)


def folk(connection: Connection, number: int) -> tuple[Folk, ...]:
    """Return everybody of a family, the children first and the eldest of them first."""
    whole = select(PersonRow.__table__).where(PersonRow.family_id == number)
    rows = connection.execute(whole.order_by(PersonRow.child.desc(), PersonRow.born, PersonRow.due, PersonRow.name))
    return tuple(
        Folk(
            row["id"],
            legible(row["name"]),
            row["child"],
            row["born"],
            row["due"],
            row["gp"],
            tuple(row["factors"] or ()),
            row.get("address"),
            row.get("nhs_number"),
            row.get("safe_address", True),
            row.get("sex"),
            row.get("ethnicity"),
            row.get("language"),
            tuple(row.get("disability") or ()),
            row.get("school"),
        )
        for row in rows.mappings()
    )


def at_work(connection: Connection, family: Family) -> tuple[Person, ...]:
    """Return everybody who is named in a family's record and still here, and the hub's standing representatives."""
    query = (
        select(AccountRow.__table__, AgencyRow.name.label("agency"))
        .join(AgencyRow, AgencyRow.id == AccountRow.agency_id)
        .where(AccountRow.id.in_(sorted(family.practitioners)), AccountRow.active.is_(True))
        .order_by(AccountRow.name, AccountRow.id)
    )
    return tuple(
        Person(row.id, row.name, row.role, row.kind, row.agency, row.team) for row in connection.execute(query)
    )


def protected(connection: Connection, number: int) -> bool:
    """Tell whether an address of a family is to be kept out of every text."""
    unsafe = select(PersonRow.id).where(PersonRow.family_id == number, PersonRow.safe_address.is_(False)).limit(1)
    return connection.execute(unsafe).first() is not None


def without_addresses(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events without where anybody lives: a chronology is taken to rooms that the hub does not know."""
    return tuple(
        replace(event, data={**event.data, "address": KEPT_OUT}) if event.get("address") else event for event in events
    )


KEPT_OUT: Final = "kept out of this text"
