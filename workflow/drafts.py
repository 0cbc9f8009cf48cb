"""What somebody typed and has not sent: kept by the form's place, for its writer alone. Nothing of it is on the record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from models.database import Database
from models.tables.doors import DraftRow

OF_THE_FORM: Final = frozenset({"csrf", "version"})
"""What a form carries for itself. Kept, it would be stale when the form is opened again."""
LONGEST_PLACE: Final = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """One form that waits to be sent."""

    place: str
    values: dict[str, list[str]]
    saved: datetime


def keep(database: Database, account: str, place: str, values: dict[str, list[str]], now: datetime) -> None:
    """Keep what was typed, in place of what was kept there before."""
    typed = {name: said for name, said in values.items() if name not in OF_THE_FORM and not name.startswith("_")}
    place = place[:LONGEST_PLACE]
    with database.unit_of_work() as connection:
        _forget(connection, account, place)
        connection.execute(insert(DraftRow).values(account_id=account, place=place, typed=typed, saved_at=now))


def kept(connection: Connection, account: str, place: str) -> Draft | None:
    """Return what this person once typed there, if they have not sent it."""
    query = select(DraftRow.__table__).where(DraftRow.account_id == account, DraftRow.place == place[:LONGEST_PLACE])
    row = connection.execute(query).first()
    return Draft(row.place, row.typed, row.saved_at) if row else None


def all_of(connection: Connection, account: str) -> tuple[Draft, ...]:
    """Return everything that this person typed and did not send, the newest first."""
    query = select(DraftRow.__table__).where(DraftRow.account_id == account).order_by(DraftRow.saved_at.desc())
    return tuple(Draft(row.place, row.typed, row.saved_at) for row in connection.execute(query))


def drop(database: Database, account: str, place: str) -> None:
    """Throw away what was kept there."""
    with database.unit_of_work() as connection:
        _forget(connection, account, place[:LONGEST_PLACE])


def _forget(connection: Connection, account: str, place: str) -> None:
    connection.execute(delete(DraftRow).where(DraftRow.account_id == account, DraftRow.place == place))
