"""The referral, the family's record, and what was decided: the decision and its link in the audit chain."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, BigId
from models.vocabulary import State

_STATES = ", ".join(f"'{state.value}'" for state in State)


class ReferralRow(Base):
    """One episode of one child. `version` counts the actions on it; `audit_head` is the hash of the last.

    An open referral always has an owner, and an alarm: the moment at which its next clock warns or breaches.
    """

    __tablename__ = "referral"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    family_id: Mapped[int] = mapped_column(ForeignKey("family.id"))
    child_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    authority: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(24))
    came_from: Mapped[str | None] = mapped_column(String(24))
    grade: Mapped[str | None] = mapped_column(String(8))
    owner_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    alarm_at: Mapped[datetime | None]
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"))
    audit_head: Mapped[str] = mapped_column(String(64))
    referrer_id: Mapped[str | None] = mapped_column(String(40))
    """Who brought the contact that opened it, for the lists; the record itself has every contact."""

    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="known_state"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_a_moment"),
        CheckConstraint("state = 'closed' OR alarm_at IS NOT NULL", name="open_has_a_clock"),
        Index("ix_referral_family", "family_id", "opened_at"),
        Index(
            "ix_referral_worklist",
            "authority",
            "due_at",
            postgresql_where=text("closed_at IS NULL"),
            sqlite_where=text("closed_at IS NULL"),
        ),
        Index(
            "ix_referral_alarm",
            "alarm_at",
            postgresql_where=text("alarm_at IS NOT NULL"),
            sqlite_where=text("alarm_at IS NOT NULL"),
        ),
        Index(
            "uq_referral_one_open_per_child",
            "child_id",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
            sqlite_where=text("closed_at IS NULL"),
        ),
    )


class RecordRow(Base):
    """One event of a family's record. Written once, never changed."""

    __tablename__ = "record"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    family_id: Mapped[int] = mapped_column(ForeignKey("family.id"))
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(24))
    about: Mapped[list[str]]
    by: Mapped[str | None] = mapped_column(String(40))
    data: Mapped[dict[str, Any]]

    __table_args__ = (Index("ix_record_family", "family_id", "id"),)


class DecisionRow(Base):
    """What a person, or the system, did to a referral: from where, to where, why, and under which policy."""

    __tablename__ = "decision"

    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(40))
    verb: Mapped[str] = mapped_column(String(40))
    from_state: Mapped[str] = mapped_column(String(24))
    to_state: Mapped[str] = mapped_column(String(24))
    reason: Mapped[str] = mapped_column(Text, default="")
    warned: Mapped[list[str]] = mapped_column(default=list)
    policy: Mapped[str] = mapped_column(String(80))


class AuditRow(Base):
    """One link of a referral's audit chain: the hash of what was done and of the link before it."""

    __tablename__ = "audit"

    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
