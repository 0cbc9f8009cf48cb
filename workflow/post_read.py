"""What one person was told: the messages to them, the newest first, and whether each has gone out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from models.tables.post import MessageRow
from workflow import store
from workflow.messages import ALSO


@dataclass(frozen=True, slots=True)
class Told:
    """One message: what its template needs to say it again. `status` as the post has it."""

    reference: str
    template: str
    args: dict[str, Any]
    at: datetime
    sent: datetime | None
    status: str


def messages_of(connection: Connection, account: str, most: int = 50) -> tuple[Told, ...]:
    """Return the newest messages to one person. They hold references only, as the letters do."""
    return _told(connection, select(MessageRow.__table__).where(MessageRow.account_id == account), most)


def messages_about(connection: Connection, account: str, reference: str, most: int = 50) -> tuple[Told, ...]:
    """Return the newest messages to one person about one referral."""
    query = select(MessageRow.__table__).where(
        MessageRow.account_id == account, MessageRow.referral_id == store.number(reference)
    )
    return _told(connection, query, most)


def _told(connection: Connection, query: Select[Any], most: int) -> tuple[Told, ...]:
    query = query.where(MessageRow.key.not_like(f"%{ALSO}"))  # What went both ways is one message to whoever reads it.
    rows = connection.execute(query.order_by(MessageRow.id.desc()).limit(most))
    return tuple(
        Told(row.args["reference"], row.template, row.args, row.created_at, row.sent_at, row.status) for row in rows
    )
