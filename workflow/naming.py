"""What the people and agencies of a record are called, and in which referral each event was written. For the one door."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select

from models.events import Event
from models.facts import Family
from models.tables.people import AccountRow, AgencyRow, PersonRow
from models.tables.referral import RecordRow
from workflow import store
from workflow.chronology import Beside
from workflow.chronology_known import known_to
from workflow.chronology_shown import Child
from workflow.chronology_words import Names, legible

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
    names = {row.id: row.name for row in connection.execute(_agencies, {"ids": sorted(agencies)})}
    places = {event.index for event in kept}
    written = connection.execute(_written, {"family": number})
    return Beside(
        Names(people, names), {row.id: store.reference(row.referral_id) for row in written if row.id in places}
    )
