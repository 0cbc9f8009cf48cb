"""Saying that a task is done: only by the person who has it."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from models.tables.work import TaskRow
from workflow import store
from workflow.actions.act import Actor
from workflow.errors import BadCommandError, NotFoundError


def finish(connection: Connection, number: int, actor: Actor, now: datetime) -> str:
    """Mark a task as done and return the referral's reference. Somebody else's task looks like none."""
    row = connection.execute(
        select(TaskRow.referral_id, TaskRow.done_at).where(TaskRow.id == number, TaskRow.account_id == actor.id)
    ).first()
    if row is None:
        raise NotFoundError(f"You have no task {number}.", "`mash tasks` lists yours.")
    if row.done_at is not None:
        raise BadCommandError(f"Task {number} is done already.", "`mash tasks` lists what is left.")
    connection.execute(update(TaskRow).where(TaskRow.id == number, TaskRow.done_at.is_(None)).values(done_at=now))
    return store.reference(row.referral_id)
