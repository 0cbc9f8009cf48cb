"""Messages with where they go: each joined with its account, and with the way by which it is told."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, select

from models.tables.people import AccountRow
from models.tables.post import MessageRow
from workflow.messages import ALSO
from workflow.told_how import told_how

Claimed = dict[str, Any]
"""A message's row, with `channel` and `address` as its way has them, `active`, and `second`: whether it has another way."""
COLUMNS: Final = MessageRow.__table__.c


def addressed(connection: Connection, which: ColumnElement[bool]) -> list[Claimed]:
    """Return messages in order, each with where it goes now."""
    query = (
        select(*COLUMNS, AccountRow.active)
        .join(AccountRow, AccountRow.id == MessageRow.account_id)
        .where(which)
        .order_by(MessageRow.id)
    )
    rows = [dict(row) for row in connection.execute(query).mappings()]
    known = told_how(connection, (row["account_id"] for row in rows))
    twice = _sent_both_ways(connection, [row["key"] for row in rows if known[row["account_id"]].second is not None])
    for row in rows:
        how = known[row["account_id"]]
        way = how.way(row["way"])
        row.update(channel=way.channel, address=way.address, second=how.second is not None and row["key"] not in twice)
    return rows


def _sent_both_ways(connection: Connection, keys: list[str]) -> set[str]:
    """Return those messages of which a second goes the other way already."""
    if not keys:
        return set()
    copies = {f"{key}{ALSO}": key for key in keys}
    found = connection.execute(select(MessageRow.key).where(MessageRow.key.in_(copies))).scalars()
    return {copies[one] for one in found}
