"""What came with a contact: photographs and papers, sealed. What is in them is nowhere else."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, BigId


class AttachmentRow(Base):
    """One file. `record_id` is the contact it came with; `digest` is of what was sent, before it was sealed."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"))
    name: Mapped[str] = mapped_column(String(200))
    """What its sender called it: on the pages of the record, and nowhere else."""
    type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    same_as: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), index=True)
    """The file of a brother's or sister's referral that holds the bytes: what came for several children is kept once."""
    added_by: Mapped[str] = mapped_column(String(40))
    added_at: Mapped[datetime]

    __table_args__ = (Index("ix_attachment_referral", "referral_id", "record_id"),)
