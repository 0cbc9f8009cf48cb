"""Asking what became of messages: a service that accepted one says only later whether it arrived."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, select, text, update

from models.database import Database
from models.tables.post import DeliveryRow
from notifications.govuk_notify import Followed
from notifications.letter import Channel
from notifications.receipts import Receipts, ask_again

# Spelt out as in the index: with bound values no planner would know that the index fits.
ASKED: Final = text("delivery.ask_at IS NOT NULL")


class Following:
    """Asks the channels that can be asked. Holds no state: when to ask next stands with each delivery."""

    def __init__(self, database: Database, channels: Mapping[str, Channel], receipts: Receipts) -> None:
        """Keep whom to ask, and who takes in the answers."""
        self.database = database
        self.channels = channels
        self.receipts = receipts

    def waiting(self, now: datetime) -> bool:
        """Tell whether there is anything to ask."""
        with self.database.reading() as connection:
            return connection.execute(select(DeliveryRow.id).where(*_due(now)).limit(1)).first() is not None

    def ask(self, now: datetime, limit: int = 50) -> int:
        """Ask about the deliveries whose time has come, at most `limit`. Returns how many were asked about."""
        if not self.waiting(now):
            return 0  # Nobody asks for the right to write.
        with self.database.unit_of_work() as connection:
            query = select(DeliveryRow.id, DeliveryRow.handle, DeliveryRow.channel, DeliveryRow.at).where(*_due(now))
            rows = connection.execute(
                query.order_by(DeliveryRow.ask_at).limit(limit).with_for_update(skip_locked=True)
            ).all()
            for row in rows:  # Before anybody is asked: a worker that dies meanwhile leaves it to the next time.
                later = ask_again(row.at, now)
                connection.execute(update(DeliveryRow).where(DeliveryRow.id == row.id).values(ask_at=later))
        for row in rows:
            channel = self.channels.get(row.channel)
            receipt = channel.fate(row.handle) if isinstance(channel, Followed) else None
            if receipt is not None:
                self.receipts.take(receipt, now)
        return len(rows)


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (ASKED, DeliveryRow.ask_at <= now)  # type: ignore[return-value]  # the text is a condition as well
