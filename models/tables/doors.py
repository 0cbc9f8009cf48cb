"""What the pages need of their own: who may sign in, who is signed in, what was typed and not sent, who stands in."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, BigId


class CredentialRow(Base):
    """How somebody proves who they are: the hash of a password, and how often it was given wrongly of late."""

    __tablename__ = "credential"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    hash: Mapped[str] = mapped_column(String(200))
    changed_at: Mapped[datetime]
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]


class SessionRow(Base):
    """Somebody who is signed in. The token itself is with the browser only; here is its hash."""

    __tablename__ = "session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)


class DraftRow(Base):
    """What somebody typed into a form and has not sent. `place` is the form's address."""

    __tablename__ = "draft"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(200), primary_key=True)
    typed: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]


class CoverRow(Base):
    """While somebody is away, a deputy of the same role is told and asked as well. Both days count."""

    __tablename__ = "cover"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    deputy_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    from_day: Mapped[date]
    until_day: Mapped[date]
    said_by: Mapped[str] = mapped_column(String(40))
    said_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_cover_account", "account_id", "until_day"),)


class SearchWordRow(Base):
    """One word of a person's name or address, as it is written and as it sounds, so that a misspelt one is found."""

    __tablename__ = "search_word"

    word: Mapped[str] = mapped_column(String(60), primary_key=True)
    sound: Mapped[str] = mapped_column(String(12), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)

    __table_args__ = (Index("ix_search_word_sound", "sound"), Index("ix_search_word_person", "person_id"))
