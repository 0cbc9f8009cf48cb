"""How the product fares: what is open and late, what waits for the flows and the post, and who was last seen running."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from models.tables.post import MessageRow
from models.tables.referral import ReferralRow
from models.tables.work import HeartbeatRow, OutboxRow, TaskRow
from workflow import pulse


@dataclass(frozen=True, slots=True)
class Beat:
    """When one part of the product last showed that it runs."""

    name: str
    at: datetime
    says: str


@dataclass(frozen=True, slots=True)
class Health:
    """Numbers for one authority's open referrals, and for everything that waits."""

    open: int
    late: int
    outbox: int
    letters: int
    held: int
    dead: int
    tasks: int
    heartbeats: tuple[Beat, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the numbers as plain data."""
        return asdict(self)


def health(connection: Connection, authority: str, now: datetime) -> Health:
    """Count what is open, late and waiting."""

    def count(query: Select[Any]) -> int:
        return int(connection.execute(query).scalar_one())

    open_ = (
        select(func.count())
        .select_from(ReferralRow)
        .where(ReferralRow.closed_at.is_(None), ReferralRow.authority == authority)
    )
    letters = select(func.count()).select_from(MessageRow)
    waiting = MessageRow.status.in_(("pending", "sending"))
    beats = connection.execute(
        select(HeartbeatRow.name, HeartbeatRow.at, HeartbeatRow.says)
        .where(~HeartbeatRow.name.startswith(pulse.SWEEP))
        .order_by(HeartbeatRow.name)
    )
    return Health(
        open=count(open_),
        late=count(open_.where(ReferralRow.due_at < now)),
        outbox=count(select(func.count()).select_from(OutboxRow).where(OutboxRow.done_at.is_(None))),
        letters=count(letters.where(waiting, MessageRow.next_at <= now)),
        held=count(letters.where(waiting, MessageRow.next_at > now)),
        dead=count(letters.where(MessageRow.status == "dead")),
        tasks=count(select(func.count()).select_from(TaskRow).where(TaskRow.done_at.is_(None))),
        heartbeats=tuple(Beat(row.name, row.at, row.says) for row in beats),
    )
