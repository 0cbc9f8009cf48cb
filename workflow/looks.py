"""Who looked at a referral, for those who answer for it: managers, and whoever audits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from models.tables.people import AccountRow
from models.tables.reads import ReadRow
from models.vocabulary import Role
from workflow import store
from workflow.actions.act import Actor

MAY_ASK: Final = frozenset({Role.MASH_MANAGER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE, Role.AUDITOR})
MOST: Final = 200
"""So many looks are listed, the newest first; the rest are counted."""

_looks = (
    select(ReadRow.at, ReadRow.account_id, ReadRow.what, ReadRow.shown, AccountRow.name)
    .join(AccountRow, AccountRow.id == ReadRow.account_id, isouter=True)
    .where(ReadRow.referral_id == bindparam("number"))
    .order_by(ReadRow.at.desc(), ReadRow.id.desc())
    .limit(MOST)
)
_count = select(func.count()).select_from(ReadRow).where(ReadRow.referral_id == bindparam("number"))


@dataclass(frozen=True, slots=True)
class Look:
    """One look: when, who, at what, and whether they were let."""

    at: datetime
    who: str
    what: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Looks:
    """The newest looks at a referral, and how many there were in all."""

    newest: tuple[Look, ...]
    total: int


def looks(connection: Connection, reference: str, actor: Actor) -> Looks | None:
    """Return who looked at a referral; None for those who may not ask."""
    if actor.role not in MAY_ASK:
        return None
    number = {"number": store.number(reference)}
    total = connection.execute(_count, number).scalar_one()
    rows = connection.execute(_looks, number)
    return Looks(tuple(Look(row.at, row.name or row.account_id, row.what, row.shown) for row in rows), total)
