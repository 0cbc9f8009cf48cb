"""What is heard of a message after it was accepted: it arrived, or it came back. By asking, by a call, or by a bounced mail.

A message that comes back is as if it had never been sent: it is tried again, goes another way, or becomes somebody's
task; and where its arrival was put on record, the record says that it came back.
"""

import logging
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, insert, select, update

from config.settings import Settings
from models.database import Database
from models.tables.post import DeliveryRow, MessageRow
from notifications.addressed import COLUMNS, Claimed, addressed
from notifications.letter import Fate, Outcome, Receipt, Status
from notifications.post_terms import Hook, PostTerms, follows
from workflow.engine import Engine
from workflow.posted import Posted

LOG: Final = logging.getLogger("mash.post")
FIRST_ASK: Final = timedelta(minutes=1)
LAST_ASK: Final = timedelta(days=7)
"""GOV.UK Notify keeps what became of a message for seven days."""
LONGEST_REST: Final = timedelta(hours=6)


def ask_again(sent: datetime, now: datetime) -> datetime | None:
    """Return when to ask next what became of a message: ever more seldom, and at last no more."""
    age = now - sent
    return None if age >= LAST_ASK else now + min(max(age, FIRST_ASK), LONGEST_REST)


def receipts(engine: Engine, settings: Settings) -> "Receipts":
    """Return what takes in receipts for this engine, trying as often as the settings say."""
    posted = Posted(engine)
    return Receipts(engine.database, on_dead=posted.dead, on_returned=posted.returned, terms=PostTerms.of(settings))


class Receipts:
    """Takes in what is heard. The hooks are the engine's: one message given up, one that had arrived and has come back."""

    def __init__(self, database: Database, *, on_dead: Hook, on_returned: Hook, terms: PostTerms | None = None) -> None:
        """Keep what it works with."""
        self.database = database
        self.on_dead = on_dead
        self.on_returned = on_returned
        self.terms = terms or PostTerms()

    def take(self, receipt: Receipt, now: datetime) -> int:
        """Write what was heard under a handle. Returns how many messages it was news of: said twice, it is none."""
        with self.database.unit_of_work() as connection:
            known = select(DeliveryRow.message_id).where(DeliveryRow.handle == receipt.handle)
            ids = sorted(set(connection.execute(known).scalars()))
            # Held, so that two who hear the same take turns; and the second finds that it is known.
            connection.execute(
                select(MessageRow.id).where(MessageRow.id.in_(ids)).order_by(MessageRow.id).with_for_update()
            )
            rows = [row for row in addressed(connection, MessageRow.id.in_(ids)) if row["status"] == "sent"]
            return sum(self._take_one(connection, row, receipt, now) for row in rows)

    def _take_one(self, connection: Connection, row: Claimed, receipt: Receipt, now: datetime) -> int:
        last = connection.execute(
            select(DeliveryRow.__table__)
            .where(DeliveryRow.message_id == row["id"])
            .order_by(DeliveryRow.id.desc())
            .limit(1)
        ).one()
        if last.handle != receipt.handle or last.status not in {Status.SENT, Fate.ARRIVED}:
            return 0  # It speaks of an attempt that another has followed.
        if receipt.fate is Fate.ARRIVED and last.status == Fate.ARRIVED:
            return 0
        connection.execute(update(DeliveryRow).where(DeliveryRow.handle == receipt.handle).values(ask_at=None))
        heard = {"message_id": row["id"], "at": now, "channel": last.channel, "handle": receipt.handle}
        connection.execute(insert(DeliveryRow).values(**heard, status=receipt.fate, detail=receipt.detail))
        LOG.info("message %s by %s: %s, %s", row["id"], last.channel, receipt.fate, receipt.detail)
        if receipt.fate is not Fate.ARRIVED:
            self._came_back(connection, row, receipt, now)
        return 1

    def _came_back(self, connection: Connection, row: Claimed, receipt: Receipt, now: datetime) -> None:
        status = Status.BOUNCED if receipt.fate is Fate.BOUNCED else Status.FAILED
        values = follows(Outcome(status), row, self.terms, now)
        connection.execute(update(MessageRow).where(MessageRow.id == row["id"]).values(sent_at=None, **values))
        message = {name: row[name] for name in COLUMNS.keys()} | values  # noqa: SIM118 (columns, not a dict)
        self.on_returned(connection, message, now)
        if values["status"] == "dead":
            self.on_dead(connection, message, now)
