"""Families, the people in them, and those who work with them. Names live here and nowhere else."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, BigId


class FamilyRow(Base):
    """A family: the children and adults whose record is read as one."""

    __tablename__ = "family"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    authority: Mapped[str] = mapped_column(String(40))


class PersonRow(Base):
    """A child, born or unborn, or an adult of the family."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    family_id: Mapped[int] = mapped_column(ForeignKey("family.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    child: Mapped[bool]
    born: Mapped[date | None]
    due: Mapped[date | None]
    gestation_at_birth: Mapped[str | None] = mapped_column(String(8))
    gp: Mapped[str | None] = mapped_column(String(100))
    factors: Mapped[list[str]] = mapped_column(default=list)
    nhs_number: Mapped[str | None] = mapped_column(String(10), index=True)
    address: Mapped[str | None] = mapped_column(String(300))
    safe_address: Mapped[bool] = mapped_column(default=True)
    """False where the address must stay out of every text that leaves the hub."""
    sex: Mapped[str | None] = mapped_column(String(10))
    ethnicity: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str | None] = mapped_column(String(60))
    """The first language, where it is not English."""
    disability: Mapped[list[str]] = mapped_column(default=list)
    """Codes; with `none` somebody has said that there is none, and empty nobody has said anything."""
    school: Mapped[str | None] = mapped_column(String(200))

    __table_args__ = (Index("ix_person_born_name", "born", "name"), Index("ix_person_due", "due"))


class CallerRow(Base):
    """Somebody who is no professional and told the hub. Who called without a name has none here either."""

    __tablename__ = "caller"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    family_id: Mapped[int] = mapped_column(ForeignKey("family.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    name: Mapped[str | None] = mapped_column(String(200))
    reach: Mapped[str | None] = mapped_column(String(200))
    withheld: Mapped[bool] = mapped_column(default=False)


class LinkRow(Base):
    """One relationship in a family."""

    __tablename__ = "link"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    family_id: Mapped[int] = mapped_column(ForeignKey("family.id"), index=True)
    one: Mapped[str] = mapped_column(String(40))
    relation: Mapped[str] = mapped_column(String(20))
    other: Mapped[str] = mapped_column(String(40))


class AgencyRow(Base):
    """An organisation that works with families."""

    __tablename__ = "agency"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(30))


class AccountRow(Base):
    """Somebody who works with families and can act here. `channel` names a way to be told, `address` where."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(30), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agency.id"))
    authority: Mapped[str] = mapped_column(String(40))
    team: Mapped[str] = mapped_column(String(60), default="")
    newly_qualified: Mapped[bool] = mapped_column(default=False)
    channel: Mapped[str] = mapped_column(String(30), default="email")
    address: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(40))
    """Where somebody is rung at work, told to whoever is at work with the same child."""
    active: Mapped[bool] = mapped_column(default=True)


class InWhichRow(Base):
    """Somebody who is named in a child's record, and so may know of its referrals. Written with the record itself.

    `early help`, which is nobody's account, stands for every coordinator of it.
    """

    __tablename__ = "in_which"

    account_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    child_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)

    __table_args__ = (Index("ix_in_which_child", "child_id"),)
