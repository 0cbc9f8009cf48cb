"""Saying that a task is done: only by a person who has it. What a deputy was asked as well is done for both."""

from datetime import datetime

from sqlalchemy import Connection, or_, select, update

from models.tables.work import TaskRow
from workflow import store
from workflow.actions.act import Actor
from workflow.errors import BadCommandError, NotFoundError
from workflow.messages import original


def finish(connection: Connection, number: int, actor: Actor, now: datetime) -> str:
    """Mark a task as done and return the referral's reference. Somebody else's task looks like none."""
    row = connection.execute(
        select(TaskRow.referral_id, TaskRow.key, TaskRow.done_at).where(
            TaskRow.id == number, TaskRow.account_id == actor.id
        )
    ).first()
    if row is None:
        raise NotFoundError(f"You have no task {number}.", "`mash tasks` lists yours.")
    if row.done_at is not None:
        raise BadCommandError(f"Task {number} is done already.", "`mash tasks` lists what is left.")
    key = original(row.key)
    both = or_(TaskRow.key == key, TaskRow.key.startswith(f"{key}:cover:", autoescape=True))
    mine = (TaskRow.referral_id == row.referral_id) & TaskRow.done_at.is_(None) & both
    connection.execute(update(TaskRow).where(mine).values(done_at=now))
    return store.reference(row.referral_id)
