"""What one person was told: the messages to them, the newest first, and whether each has gone out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from models.tables.post import MessageRow


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
    query = select(MessageRow.__table__).where(MessageRow.account_id == account)
    rows = connection.execute(query.order_by(MessageRow.id.desc()).limit(most))
    return tuple(
        Told(row.args["reference"], row.template, row.args, row.created_at, row.sent_at, row.status) for row in rows
    )
