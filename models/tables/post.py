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
    for the day's letter, and from the first attempt on the letter that carries it. `way` is 1 for the first channel of
    whoever it is for, 2 for the second. `acknowledge_by` is until when somebody has to have seen it; NULL where nobody
    must, and once nobody else is left to be asked.
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
    way: Mapped[int] = mapped_column(default=1)
    acknowledge_by: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_message_unheard",
            "referral_id",
            "acknowledge_by",
            postgresql_where=text("acknowledge_by IS NOT NULL AND acknowledged_at IS NULL"),
            sqlite_where=text("acknowledge_by IS NOT NULL AND acknowledged_at IS NULL"),
        ),
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
    """One attempt to deliver one message, or news of one: when, by which channel, and what came of it.

    `handle` is by what the other side knows the message; `ask_at`, when it is next asked what became of it.
    """

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    at: Mapped[datetime]
    channel: Mapped[str] = mapped_column(String(30))
    status: Mapped[str] = mapped_column(String(10))
    detail: Mapped[str] = mapped_column(Text, default="")
    handle: Mapped[str | None] = mapped_column(String(80), index=True)
    ask_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_delivery_ask",
            "ask_at",
            postgresql_where=text("ask_at IS NOT NULL"),
            sqlite_where=text("ask_at IS NOT NULL"),
        ),
    )
