"""The referrals of a child's family: what is open and what was closed, for each of its children."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from models.tables.people import AccountRow
from models.tables.referral import ReferralRow
from models.vocabulary import State
from workflow import store

_family = select(ReferralRow.family_id).where(ReferralRow.id == bindparam("number")).scalar_subquery()
_referrals = (
    select(ReferralRow.__table__, AccountRow.name.label("owner"))
    .join(AccountRow, AccountRow.id == ReferralRow.owner_id)
    .where(ReferralRow.family_id == _family, ReferralRow.authority == bindparam("authority"))
    .order_by(ReferralRow.opened_at.desc(), ReferralRow.id.desc())
)


@dataclass(frozen=True, slots=True)
class Episode:
    """One referral of a child of the family."""

    reference: str
    child: str
    label: str
    grade: str | None
    opened: datetime
    closed: datetime | None
    owner: str


def referrals(connection: Connection, reference: str, authority: str) -> tuple[Episode, ...]:
    """Return every referral of the family that a referral belongs to, the newest first."""
    found = connection.execute(_referrals, {"number": store.number(reference), "authority": authority})
    return tuple(
        Episode(
            store.reference(row.id),
            row.child_id,
            State(row.state).label,
            row.grade,
            row.opened_at,
            row.closed_at,
            row.owner,
        )
        for row in found
    )
