"""Which referrals somebody may know of, as a condition for the lists. `engine.may_see` says the same of one referral."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, select

from models.tables.people import InWhichRow
from models.tables.referral import ReferralRow
from models.vocabulary import Role
from workflow import store
from workflow.actions.act import Actor
from workflow.engine import SEES_EVERYTHING


def open_to(
    actor: Actor, *, mine: bool = False, also: Collection[str] = (), among: Collection[str] = ()
) -> ColumnElement[bool]:
    """Return which open referrals somebody may know of: the council its authority's, an agency those it is in.

    `also` are those for whom somebody stands in: while they are away, what is theirs is `mine` as well.
    `among` are the colleagues of a small agency that works as one, who know what the others do.
    """
    found = [ReferralRow.closed_at.is_(None), ReferralRow.authority == actor.authority]
    if mine:
        found.append(ReferralRow.owner_id.in_(sorted({actor.id, *also})))
    elif actor.role not in SEES_EVERYTHING:
        whom = {actor.id, *among} | ({store.EARLY_HELP} if actor.role is Role.EARLY_HELP_COORDINATOR else set())
        found.append(ReferralRow.child_id.in_(select(InWhichRow.child_id).where(InWhichRow.account_id.in_(whom))))
    return and_(*found)
