"""The work that waits: clocks that run, tasks for people, and the outbox that wakes the flows."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, BigId


class ClockRow(Base):
    """A clock that runs on a referral. `sounded` is the last level: '', 'warned', 'breached', 'climbed'.

    `next_at` is when it sounds next; it never stops sounding while it runs.
    """

    __tablename__ = "clock"

    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(String(60), primary_key=True)
    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    started_at: Mapped[datetime]
    warn_at: Mapped[datetime | None]
    due_at: Mapped[datetime]
    next_at: Mapped[datetime]
    sounded: Mapped[str] = mapped_column(String(10), default="")


class TaskRow(Base):
    """Something a person has to do. `key` is natural, so that a duty looked at twice opens one task."""

    __tablename__ = "task"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    key: Mapped[str] = mapped_column(String(160), unique=True)
    rule: Mapped[str] = mapped_column(String(60))
    says: Mapped[str] = mapped_column(Text)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_task_todo",
            "account_id",
            "due_at",
            postgresql_where=text("done_at IS NULL"),
            sqlite_where=text("done_at IS NULL"),
        ),
    )


class OutboxRow(Base):
    """One row per action, written in its transaction: it wakes the flow of the stage. Claimed by lease."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    version: Mapped[int]
    stage: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    claimed_by: Mapped[str | None] = mapped_column(String(60))
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "id",
            postgresql_where=text("done_at IS NULL"),
            sqlite_where=text("done_at IS NULL"),
        ),
    )


class HeartbeatRow(Base):
    """When a part of the product last showed that it runs."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    at: Mapped[datetime]
    says: Mapped[str] = mapped_column(Text, default="")
