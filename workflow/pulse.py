"""Signs of life: every part of the product writes when it last ran, and somebody notices when it does not.

What stands still is made a person's task, referral by referral: a child must not wait because a process has died.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, insert, select, update

from models.tables.post import MessageRow
from models.tables.work import ClockRow, HeartbeatRow, OutboxRow, TaskRow
from workflow import recipients, store
from workflow.messages import add_task

SWEEP: Final = "sweep "
"""What the names of the schedule's turns begin with; they say when, and not that anything still runs."""
PATIENCE: Final = timedelta(minutes=10)
"""How long something may lie there before a person is asked to see to it."""
MOST_TASKS: Final = 50
"""So many referrals are named at once; with more the head of service has other things to do than read tasks."""


@dataclass(frozen=True, slots=True)
class Stalled:
    """How many referrals wait for something that should have happened by itself, and how many people were asked."""

    waiting: int = 0
    asked: int = 0


def beat(connection: Connection, name: str, now: datetime, says: str = "") -> None:
    """Write that a part of the product runs."""
    values = {"at": now, "says": says}
    if connection.execute(update(HeartbeatRow).where(HeartbeatRow.name == name).values(values)).rowcount == 0:
        connection.execute(insert(HeartbeatRow).values(name=name, **values))


def last_beat(connection: Connection, name: str) -> datetime | None:
    """Return when a part of the product last ran."""
    return connection.execute(select(HeartbeatRow.at).where(HeartbeatRow.name == name)).scalar()


def take_turn(connection: Connection, name: str, now: datetime, every: timedelta) -> bool:
    """Take the turn at something that one worker does for all, once in a while. False if another was quicker."""
    last = connection.execute(select(HeartbeatRow.at).where(HeartbeatRow.name == name).with_for_update()).scalar()
    if last is not None and now - last < every:
        return False
    beat(connection, name, now)
    return True


def watch(connection: Connection, now: datetime) -> Stalled:
    """Find what should have happened by itself and has not, and ask a person to see to it, once a day each."""
    late = now - PATIENCE
    unseen = select(OutboxRow.referral_id).where(OutboxRow.done_at.is_(None), OutboxRow.at < late)
    unsounded = select(ClockRow.referral_id).where(ClockRow.next_at < late)
    unsent = select(MessageRow.referral_id).where(
        MessageRow.status.in_(("pending", "sending")), MessageRow.attempts == 0, MessageRow.next_at < late
    )
    waiting: set[int] = set()
    for query in (unseen, unsounded, unsent):
        waiting.update(connection.execute(query).scalars())
    asked = 0
    for number in sorted(waiting)[:MOST_TASKS]:
        asked += _ask(connection, number, now)
    return Stalled(len(waiting), asked)


def _ask(connection: Connection, number: int, now: datetime) -> int:
    key = f"{number}:stalled:{now.date().isoformat()}"
    if connection.execute(select(TaskRow.id).where(TaskRow.key == key)).first():
        return 0
    row = store.referral(connection, number)
    who = recipients.manager_of(connection, row["authority"], row["owner_id"])
    says = (
        f"{store.reference(number)} has waited {int(PATIENCE.total_seconds() // 60)} minutes for what should happen by "
        "itself: see what is due, and tell whoever runs mash."
    )
    add_task(connection, row, key, "owner-act", says, who, now, None)
    return 1
