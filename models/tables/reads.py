"""Who looked at whose record: written before anything is shown, and never changed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, BigId


class ReadRow(Base):
    """One look at one child's record. `shown` is false where somebody asked who may not know of it."""

    __tablename__ = "read_log"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    account_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(40))
    shown: Mapped[bool]

    __table_args__ = (
        Index("ix_read_log_referral", "referral_id", "at"),
        Index("ix_read_log_account", "account_id", "at"),
    )
