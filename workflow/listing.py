"""Reading clocks and tasks for the lists that people work from: one referral's agenda, and a worklist's first lines."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from models.tables.work import ClockRow, TaskRow
from models.vocabulary import State
from workflow import rulebook, store
from workflow.agenda import Agenda, Deadline, agenda, lines
from workflow.engine import Loaded
from workflow.seen import Listed
from workflow.waiting import NEXT

PREPARED: Final = frozenset({State.RECEIVED, State.TRIAGE, State.INFORMATION_GATHERING})
"""Where the clocks are a manager's already, and somebody else has the next step."""
PAGE: Final = 500
"""So many referrals are asked about in one read: no database takes any number of values."""


def clocks(connection: Connection, number: int) -> tuple[Deadline, ...]:
    """Return the clocks that run on a referral, what is due first at the top."""
    query = select(ClockRow.__table__).where(ClockRow.referral_id == number).order_by(ClockRow.due_at, ClockRow.rule)
    return tuple(_deadline(row) for row in connection.execute(query))


def _deadline(row: Any) -> Deadline:
    says = rulebook.BY_ID[row.rule].says if row.rule in rulebook.BY_ID else row.rule
    return Deadline(row.rule, says, row.due_at, reference=store.reference(row.referral_id))


def tasks(connection: Connection, number: int | None, account: str | None) -> tuple[Deadline, ...]:
    """Return what is to be done on a referral, or by a person, what is due first at the top."""
    query = select(TaskRow.__table__).where(TaskRow.done_at.is_(None))
    if number is not None:
        query = query.where(TaskRow.referral_id == number)
    if account is not None:
        query = query.where(TaskRow.account_id == account)
    rows = connection.execute(query.order_by(TaskRow.due_at.is_(None), TaskRow.due_at, TaskRow.id))
    return tuple(_task(row) for row in rows)


def _task(row: Any) -> Deadline:
    return Deadline(row.rule, row.says, row.due_at, row.account_id, row.id, store.reference(row.referral_id))


def agenda_of(
    loaded: Loaded, whole: bool, running: tuple[Deadline, ...], asked: tuple[Deadline, ...], now: datetime
) -> Agenda:
    """Make one referral's list. Nothing is asked about a closed one, and an agency is shown what it is asked itself."""
    owner = loaded.row["owner_id"]
    if not whole or loaded.row["state"] == State.CLOSED.value:
        return Agenda(now=lines((), asked, owner))
    return agenda(loaded.case, owner, loaded.terms, now, running, asked)


def listed(connection: Connection, rows: Iterable[dict[str, Any]]) -> list[Listed]:
    """Return the lines of a worklist, each with what the referral waits for first."""
    kept = list(rows)
    wanted: dict[int, list[Deadline]] = {row["id"]: [] for row in kept}
    for start in range(0, len(kept), PAGE):
        page = [row["id"] for row in kept[start : start + PAGE]]
        for clock in connection.execute(select(ClockRow.__table__).where(ClockRow.referral_id.in_(page))):
            wanted[clock.referral_id].append(_deadline(clock))
    return [_listed(row, wanted[row["id"]]) for row in kept]


def _listed(row: dict[str, Any], wanted: list[Deadline]) -> Listed:
    acts = [line for line in lines(wanted, (), row["owner_id"]) if line.act]
    before = State(row["state"]) in PREPARED or not acts
    act = NEXT.get(State(row["state"]), "") if before else acts[0].act
    by = "" if before else acts[0].by
    return Listed(
        reference=store.reference(row["id"]),
        state=row["state"],
        grade=row["grade"],
        owner=row["owner_id"],
        due=row["due_at"],
        opened=row["opened_at"],
        waits_for=f"{by} to {act}" if by else act,
        act=act,
        by=by,
    )
