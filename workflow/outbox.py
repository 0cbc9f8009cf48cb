"""The outbox: word that something happened to a referral, claimed by one worker at a time and settled by a look.

A claim is a lease: whoever dies with it loses it, and another takes it up. A look settles every row that it has seen,
in its own transaction, so that a row is settled exactly when what it asked for is written.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, or_, select, text, update

from models.database import Database
from models.tables.referral import ReferralRow
from models.tables.work import OutboxRow
from models.vocabulary import Stage, State
from workflow import recipients, store
from workflow.fulfil import postpone
from workflow.messages import add_task

MOST_ATTEMPTS: Final = 8
"""After so many failed looks a row is given up, and a person is told."""
_LONGEST_WAIT: Final = timedelta(minutes=10)

# Spelt out as in the index on waiting rows.
_WAITING: Final = text("outbox.done_at IS NULL")
_free = or_(OutboxRow.claimed_until.is_(None), OutboxRow.claimed_until <= bindparam("now"))
_ready: Select[Any] = (
    select(OutboxRow.id, OutboxRow.referral_id, OutboxRow.stage)
    .where(_WAITING, _free)
    .order_by(OutboxRow.id)
    .limit(bindparam("most"))
)
_seen = select(OutboxRow.id).where(_WAITING, OutboxRow.referral_id == bindparam("which"))
_lock = select(ReferralRow.id).where(ReferralRow.id == bindparam("which")).with_for_update()


@dataclass(frozen=True, slots=True)
class Claimed:
    """The referrals that one worker has claimed, by the stage at which something happened last."""

    by_stage: dict[Stage, list[int]]

    def __len__(self) -> int:
        """Count the referrals."""
        return sum(map(len, self.by_stage.values()))


def claim(database: Database, worker: str, now: datetime, most: int, lease: timedelta) -> Claimed:
    """Take up to `most` waiting rows, so that no other worker takes them while the lease runs."""
    with database.reading() as connection:
        if connection.execute(_ready, {"now": now, "most": 1}).first() is None:
            return Claimed({})  # An idle worker never asks for the right to write.
    stages: dict[int, Stage] = {}
    with database.unit_of_work() as connection:
        rows = connection.execute(_ready.with_for_update(skip_locked=True), {"now": now, "most": most}).all()
        if rows:
            taken = update(OutboxRow).where(OutboxRow.id.in_([row.id for row in rows]))
            connection.execute(taken.values(claimed_by=worker, claimed_until=now + lease))
        for row in rows:
            stages[row.referral_id] = Stage(row.stage)
    by_stage: dict[Stage, list[int]] = {}
    for number, stage in stages.items():
        by_stage.setdefault(stage, []).append(number)
    return Claimed(by_stage)


def waiting_on(connection: Connection, number: int) -> list[int]:
    """Lock a referral and return the rows that wait for a look at it. No action on it is under way now.

    Every action writes the referral and its outbox row in one transaction, so with the referral locked there is no
    row whose facts could still be unseen.
    """
    connection.execute(_lock, {"which": number})
    return list(connection.execute(_seen, {"which": number}).scalars())


def settle(connection: Connection, rows: list[int], now: datetime) -> None:
    """Mark the rows that a look has seen, inside the transaction of the look."""
    if rows:
        done = update(OutboxRow).where(OutboxRow.id.in_(rows))
        connection.execute(done.values(done_at=now, claimed_by=None, claimed_until=None, error=None))


def put_off(database: Database, number: int, now: datetime, error: str) -> None:
    """Note that a look failed: its rows come back later, or after many attempts become a person's task."""
    with database.unit_of_work() as connection:
        postpone(connection, number, now + _LONGEST_WAIT / 10)
        rows = connection.execute(
            select(OutboxRow.id, OutboxRow.attempts).where(_WAITING, OutboxRow.referral_id == number)
        ).all()
        attempts = max((row.attempts for row in rows), default=0) + 1
        if not rows:
            return
        values: dict[str, Any] = {"attempts": attempts, "error": error, "claimed_by": None}
        if attempts < MOST_ATTEMPTS:
            values["claimed_until"] = now + min(timedelta(seconds=2**attempts), _LONGEST_WAIT)
        else:
            values |= {"done_at": now, "claimed_until": None}
            _ask_a_person(connection, number, rows[-1].id, now)
        connection.execute(update(OutboxRow).where(OutboxRow.id.in_([row.id for row in rows])).values(values))


def _ask_a_person(connection: Connection, number: int, row_id: int, now: datetime) -> None:
    row = store.referral(connection, number)
    who = recipients.manager_of(connection, row["authority"], row["owner_id"])
    says = f"The engine could not look after {store.reference(number)} by itself: go through it by hand today."
    add_task(connection, row, f"{number}:outbox:{row_id}", "owner-act", says, who, now, None)


def release(connection: Connection, worker: str) -> int:
    """Give back what a worker that is gone had claimed. Returns how many rows."""
    given = update(OutboxRow).where(_WAITING, OutboxRow.claimed_by == worker)
    return connection.execute(given.values(claimed_by=None, claimed_until=None)).rowcount


def claimants(connection: Connection) -> set[str]:
    """Return the workers that hold a claim."""
    held = select(OutboxRow.claimed_by).where(_WAITING, OutboxRow.claimed_by.is_not(None)).distinct()
    return {worker for worker in connection.execute(held).scalars() if worker}


def referrals_waiting(connection: Connection, most: int) -> list[int]:
    """Return referrals, open or closed, about which there is word that nobody has looked at."""
    waiting = select(OutboxRow.referral_id).where(_WAITING).distinct().order_by(OutboxRow.referral_id).limit(most)
    return list(connection.execute(waiting).scalars())


def standing_in(connection: Connection, states: frozenset[State], after: int, most: int) -> list[int]:
    """Return open referrals that stand in these states, in order, beginning after a number."""
    query = (
        select(ReferralRow.id)
        .where(
            ReferralRow.closed_at.is_(None),
            ReferralRow.state.in_(sorted(state.value for state in states)),
            ReferralRow.id > after,
        )
        .order_by(ReferralRow.id)
        .limit(most)
    )
    return list(connection.execute(query).scalars())
