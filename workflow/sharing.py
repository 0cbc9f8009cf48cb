"""Who of an agency knows what their colleagues know: a small agency's safeguarding leads, and nobody else. Pure.

Somebody on leave must not mean silence. A large agency does not share: what one police officer was asked is not every
officer's to read. Nor does a school with all its staff, since a worry may be about one of them.
"""

from collections.abc import Collection
from typing import Final

from config.policy import Policy
from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Role
from workflow.actions.act import Actor

_EARLY_HELP_READS: Final = frozenset({Kind.EARLY_HELP, Kind.STEP_DOWN})


def shares(policy: Policy, actor: Actor, work: str) -> bool:
    """Tell whether somebody who does this `work` knows of their agency's referrals, as the policy has it."""
    if actor.role is not Role.PARTNER:
        return False
    return actor.agency_kind in policy.words("agency.shares") and work in policy.words("agency.shares_among")


def ours(policy: Policy, actor: Actor, case: Case) -> frozenset[str]:
    """Return those of a family's practitioners for whom somebody reads: themselves, and the colleagues they share with."""
    known = case.family.practitioners
    me = known.get(actor.id)
    if me is None or not shares(policy, actor, me.kind):
        return frozenset({actor.id})
    agency = actor.agency
    return frozenset({actor.id, *(one.id for one in known.values() if one.agency and one.agency.id == agency)})


def own(event: Event, actor: Actor, whom: Collection[str]) -> bool:
    """Tell whether an agency may read an event: what `whom` of it said, what they were asked, what they were called to."""
    if event.by in whom:
        return True
    if actor.role is Role.EARLY_HELP_COORDINATOR and event.kind in _EARLY_HELP_READS:
        return True
    asked = event.kind is Kind.CHECK and event.get("of") in whom and event.get("status") == "asked"
    called = event.kind is Kind.INVITED and not set(whom).isdisjoint(event.codes("who"))
    return asked or called
