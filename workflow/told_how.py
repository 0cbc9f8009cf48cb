"""How somebody is told: by which channel, where, by which other one where that fails, and whether each word at once.

What a person chose counts; without it what their agency chose for its people; without that what was set up.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, and_, func, select

from models.tables.people import AccountRow
from models.tables.told_how import PreferenceRow

FIRST: Final = 1
SECOND: Final = 2


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody: a channel by its name, and the address there. Never printed as a whole."""

    channel: str
    address: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ToldHow:
    """How one person is told. `chosen_by`: who chose the first way, `person`, `agency` or `set-up`."""

    first: Way
    second: Way | None = None
    at_once: bool = False
    chosen_by: str = "set-up"

    def way(self, number: int) -> Way:
        """Return the way of a message's number; where there is no second any more, the first."""
        return self.second if number == SECOND and self.second is not None else self.first


def told_how(connection: Connection, accounts: Iterable[str]) -> dict[str, ToldHow]:
    """Return how each of these people is told. Two reads, however many they are."""
    wanted = sorted(set(accounts))
    if not wanted:
        return {}
    columns = (AccountRow.id, AccountRow.agency_id, AccountRow.authority, AccountRow.channel, AccountRow.address)
    people = connection.execute(select(*columns).where(AccountRow.id.in_(wanted))).all()
    chosen = _newest(connection, wanted, {row.agency_id for row in people})
    return {
        row.id: _put_together(
            Way(row.channel, row.address),
            chosen.get(("account", row.id)),
            chosen.get(("agency", row.agency_id, row.authority)),
        )
        for row in people
    }


def how(connection: Connection, account: str) -> ToldHow:
    """Return how one person is told; an account that is not there is told in no way that exists."""
    return told_how(connection, [account]).get(account, ToldHow(Way("")))


def agency_choice(connection: Connection, agency: str, authority: str) -> Any | None:
    """Return what an agency last chose for its people in one authority, if it ever did."""
    return _newest(connection, [], {agency}).get(("agency", agency, authority))


def own_choice(connection: Connection, account: str) -> Any | None:
    """Return what a person last chose, if they ever did."""
    return _newest(connection, [account], set()).get(("account", account))


def _newest(connection: Connection, accounts: Collection[str], agencies: Collection[str]) -> dict[tuple[str, ...], Any]:
    table = PreferenceRow
    mine = select(func.max(table.id)).where(table.account_id.in_(accounts)).group_by(table.account_id)
    theirs = (
        select(func.max(table.id))
        .where(and_(table.account_id.is_(None), table.agency_id.in_(sorted(agencies))))
        .group_by(table.agency_id, table.authority)
    )
    rows = connection.execute(select(table.__table__).where(table.id.in_(mine.union_all(theirs))))
    return {
        ("account", row.account_id) if row.account_id else ("agency", row.agency_id, row.authority): row for row in rows
    }


def _put_together(set_up: Way, own: Any | None, agency: Any | None) -> ToldHow:
    alone = own is not None and bool(own.channel)
    chosen = own if alone else agency
    first = Way(chosen.channel, chosen.address or set_up.address) if chosen is not None and chosen.channel else set_up
    second = _second(own, set_up) or (None if alone else _second(agency, set_up))
    rhythm = next((row.at_once for row in (own, agency) if row is not None and row.at_once is not None), False)
    by = "set-up" if first is set_up else "person" if alone else "agency"
    return ToldHow(first, None if second == first else second, rhythm, by)


def _second(row: Any | None, set_up: Way) -> Way | None:
    """Return the other way that was chosen. A person may keep the first as it was set up, and add a second."""
    if row is None or not row.second_channel:
        return None
    return Way(row.second_channel, row.second_address or set_up.address)
