"""Taking tasks off people's lists when the facts have answered them: nobody should have to say twice that it is done."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select, update

from models.tables.work import ClockRow, TaskRow
from models.vocabulary import Kind
from workflow import daily_letter, rulebook
from workflow.engine import Loaded
from workflow.messages import original
from workflow.telling import reached

_DUTIES: Final = frozenset(duty.id for duty in rulebook.DUTIES)
_BY_HAND: Final = (":stalled:", ":outbox:")
"""What only a person can say is done: the engine itself had failed."""
UNDELIVERED: Final = ":undelivered:task"


def close(connection: Connection, loaded: Loaded, wanted: set[str], now: datetime) -> None:
    """Close the tasks that no duty wants any longer, whose clock has stopped, or whose message has been passed on.

    A message that is still held for the day's letter, and asks for what has been done, is not sent.
    """
    number = loaded.row["id"]
    clocks = connection.execute(select(ClockRow.rule, ClockRow.subject).where(ClockRow.referral_id == number)).all()
    run = tuple(f"{number}:clock:{clock.rule}:{clock.subject}:" for clock in clocks)

    def over(key: str, rule: str) -> bool:
        task_key = original(key)
        if task_key.startswith(f"{number}:clock:"):
            return not task_key.startswith(run) if run else True
        return rule in _DUTIES and task_key not in wanted

    daily_letter.tidy(connection, loaded, lambda key, rule: over(f"{original(key)}:task", rule), now)
    open_ = connection.execute(
        select(TaskRow.id, TaskRow.key, TaskRow.rule).where(TaskRow.referral_id == number, TaskRow.done_at.is_(None))
    ).all()
    told = tuple(f":outcome:{of}:{who}{UNDELIVERED}" for of, who in reached(loaded.case.of(Kind.TOLD)))
    done = []
    for task in open_:
        if any(mark in task.key for mark in _BY_HAND):
            continue
        if original(task.key).endswith(UNDELIVERED):
            answered = original(task.key).endswith(told) if told else False
        else:
            answered = over(task.key, task.rule)
        if answered:
            done.append(task.id)
    if done:
        connection.execute(update(TaskRow).where(TaskRow.id.in_(done)).values(done_at=now))
