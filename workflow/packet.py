"""The evidence on which a case is closed or stepped down, gathered from the record on one page. Pure.

Nothing here is typed for the packet: it fills by itself while the work is done. The rules are asked about the very
step that the person would take, so that what the packet says is met is what the engine lets pass.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from models.commands.base import Nothing
from models.commands.step_down import OfferStepDown
from models.events import Event
from models.facts import Case
from models.vocabulary import Role, State
from workflow import packet_parts as parts
from workflow.actions.act import Act, Actor, Standing
from workflow.actions.closure import sign_off
from workflow.actions.enquiry import propose
from workflow.actions.step_down import offer_step_down
from workflow.disputes import Dispute, disputes
from workflow.factors import unsettled_factors
from workflow.held_to import Held, held_to
from workflow.loose_ends import not_brought, open_questions
from workflow.proposal import proposal
from workflow.rule import Terms

ANOTHER: Final = "another_manager"
"""Stands for whoever will sign, while the worker who puts the case forward looks at what is still missing."""
SIGNS: Final = frozenset({"sign-off", "return-closure"})


@dataclass(frozen=True, slots=True)
class PutForward:
    """A closure that is put forward: by whom, who held the case then, and why."""

    by: str
    holder: str
    at: datetime
    reason_code: str
    summary: str


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything that whoever signs looks at."""

    put_forward: PutForward | None
    rules: tuple[Held, ...]
    voices: tuple[parts.Voice, ...]
    family: tuple[parts.Heard, ...]
    outcomes: tuple[parts.Reached, ...]
    visits: parts.Visits
    unresolved: tuple[str, ...]
    unmet: tuple[str, ...]
    not_brought: tuple[Event, ...]
    disputes: tuple[Dispute, ...]
    closures: tuple[parts.Ended, ...]
    returned: tuple[parts.SentBack, ...]
    reading: parts.Reading
    holder: str
    may_not_sign: bool
    """True where this person wrote it or holds the case, so that another manager signs."""

    @property
    def missing(self) -> tuple[Held, ...]:
        """The rules that refuse as it stands."""
        return tuple(one for one in self.rules if one.missing and one.refuses)

    @property
    def warned(self) -> tuple[Held, ...]:
        """The rules that only warn, and can be passed with a reason."""
        return tuple(one for one in self.rules if one.missing and not one.refuses)

    @property
    def met(self) -> tuple[Held, ...]:
        """The rules for which everything is there."""
        return tuple(one for one in self.rules if not one.missing)


def packet(case: Case, verb: str, actor: Actor, owner: str, now: datetime, terms: Terms) -> Packet:
    """Gather the packet of one case for what somebody means to do: sign or return, put forward, or offer."""
    standing = Standing(0, "", State.CLOSURE_PROPOSED, None, owner, 0)
    rules = held_to(case, _step(Act(case, standing, actor, now, terms), verb), terms)
    proposed = proposal(case)
    return Packet(
        put_forward=_put_forward(proposed),
        rules=rules,
        voices=tuple(
            parts.voices(case, case.plan, terms) if verb == "offer-step-down" else parts.voices(case, proposed, terms)
        ),
        family=tuple(parts.heard(case)),
        outcomes=tuple(parts.outcomes(case)),
        visits=parts.visits(case),
        unresolved=tuple(dict.fromkeys((*open_questions(case), *unsettled_factors(case, now, terms)))),
        unmet=tuple(parts.unmet_conditions(case)),
        not_brought=tuple(not_brought(case)),
        disputes=disputes(case, terms),
        closures=tuple(parts.closures(case)),
        returned=tuple(parts.sent_back(case)),
        reading=parts.reading(case, actor.id, now),
        holder=owner,
        may_not_sign=verb in SIGNS and any(one.rule == "sign-off-independent" and one.missing for one in rules),
    )


def _step(act: Act, verb: str) -> tuple[Event, ...]:
    """Return what would go on the record: what this person signs or offers, or what another signs after them."""
    if verb == "offer-step-down":
        return offer_step_down(act, OfferStepDown(reason="...")).events
    case = act.case
    if proposal(case) is None:
        put = propose(act, "...", "needs_met")
        case = case.family.after([put]).case(case.child_id)
    signer = act.actor if verb in SIGNS else Actor(ANOTHER, Role.TEAM_MANAGER, "", "", act.actor.authority)
    return sign_off(Act(case, act.standing, signer, act.now, act.terms), Nothing()).events


def _put_forward(proposed: Event | None) -> PutForward | None:
    if proposed is None:
        return None
    words = str(proposed.get("words") or "")
    return PutForward(
        proposed.by or "", proposed.get("holder") or "", proposed.at, str(proposed.get("reason_code")), words
    )
