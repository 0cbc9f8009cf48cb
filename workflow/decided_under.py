"""Under which policy a referral was last decided on: the pack, and the version that names exactly its values."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from models.tables.referral import DecisionRow
from workflow import store
from workflow.access import TELLS_AN_OUTCOME


@dataclass(frozen=True, slots=True)
class Under:
    """A pack by the authority it is of, its version, and when it was decided so."""

    authority: str
    version: str
    at: datetime
    verb: str


def decided_under(connection: Connection, reference: str) -> Under | None:
    """Return what the last decision was taken under, or None before the first. For whoever may see the whole referral."""
    number = store.number(reference)
    query = (
        select(DecisionRow.policy, DecisionRow.at, DecisionRow.verb)
        .where(DecisionRow.referral_id == number, DecisionRow.verb.in_(sorted(TELLS_AN_OUTCOME)))
        .order_by(DecisionRow.version.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    authority, _, version = row.policy.rpartition(" ")
    return Under(authority, version, row.at, row.verb)
