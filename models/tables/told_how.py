"""How people and agencies are told: what they chose, every earlier choice, and new addresses that wait for their code."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, BigId


class PreferenceRow(Base):
    """One choice of how to be told, never changed: the newest counts, and the others say who chose what before.

    It is a person's own (`account_id`), or an agency's for everybody of it in one authority who has not chosen. An empty
    `channel` is no choice of one: then the agency's counts, or what was set up. So with `at_once`, where it is NULL.
    """

    __tablename__ = "preference"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    authority: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    agency_id: Mapped[str | None] = mapped_column(ForeignKey("agency.id"))
    channel: Mapped[str] = mapped_column(String(30), default="")
    address: Mapped[str | None] = mapped_column(String(300))
    second_channel: Mapped[str] = mapped_column(String(30), default="")
    second_address: Mapped[str | None] = mapped_column(String(300))
    at_once: Mapped[bool | None]
    said_by: Mapped[str] = mapped_column(String(40))
    said_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_preference_account", "account_id", "id"),
        Index("ix_preference_agency", "agency_id", "authority", "id"),
    )


class AddressCodeRow(Base):
    """A new address that counts once the code sent to it has been typed back. `way` is 1 or 2.

    `status`: pending, sending (leased), sent, dead (it could not be sent), used, dropped (another was asked for).
    """

    __tablename__ = "address_code"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    authority: Mapped[str] = mapped_column(String(40))
    asked_by: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    agency_id: Mapped[str | None] = mapped_column(ForeignKey("agency.id"))
    way: Mapped[int]
    channel: Mapped[str] = mapped_column(String(30))
    address: Mapped[str] = mapped_column(String(300))
    code: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(10), default="pending")
    tries: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    next_at: Mapped[datetime]

    __table_args__ = (
        Index(
            "ix_address_code_waiting",
            "next_at",
            postgresql_where=text("status IN ('pending', 'sending')"),
            sqlite_where=text("status IN ('pending', 'sending')"),
        ),
    )
