"""The post: messages that must arrive, and a log of every attempt to deliver them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, BigId


class MessageRow(Base):
    """One message to one person, about one referral. It holds a reference and a link, never a name or a detail.

    `status`: pending, sending (leased), sent, dead; answered, where the facts did what it asked before it went. A dead
    message has a task that says so to a person. `letter`: NULL where the message goes by itself, empty while it is held
    for the day's letter, and from the first attempt on the letter that carries it.
    """

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    key: Mapped[str] = mapped_column(String(160), unique=True)
    rule: Mapped[str] = mapped_column(String(60))
    template: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    args: Mapped[dict[str, Any]] = mapped_column(default=dict)
    status: Mapped[str] = mapped_column(String(10), default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    next_at: Mapped[datetime]
    claimed_by: Mapped[str | None] = mapped_column(String(60))
    sent_at: Mapped[datetime | None]
    letter: Mapped[str | None] = mapped_column(String(80))

    __table_args__ = (
        Index(
            "ix_message_letter",
            "letter",
            postgresql_where=text("letter IS NOT NULL"),
            sqlite_where=text("letter IS NOT NULL"),
        ),
        Index(
            "ix_message_waiting",
            "next_at",
            postgresql_where=text("status IN ('pending', 'sending')"),
            sqlite_where=text("status IN ('pending', 'sending')"),
        ),
    )


class DeliveryRow(Base):
    """One attempt to deliver one message: when, by which channel, and what came of it."""

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    at: Mapped[datetime]
    channel: Mapped[str] = mapped_column(String(30))
    status: Mapped[str] = mapped_column(String(10))
    detail: Mapped[str] = mapped_column(Text, default="")
