"""Who may read what somebody wrote: its class, whose it is, and whether its owner has agreed. Pure.

Whatever text is built for readers outside the hub asks here first. What is judged is the free words of an event; that
it happened at all is told by `access.own` and by the chronology. The hub decides on everything that was told, so nothing
is kept from it. An agency's words go no further than the agency said when it wrote them, and to a family only when the
agency has agreed. Silence is no agreement, and "never to the family" is not asked about again.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Role
from workflow.actions.act import Actor
from workflow.questions import mark


class Audience(StrEnum):
    """For whom a text is built."""

    HUB = "hub"
    POLICE = "police"
    PARTNERS = "partners"
    FAMILY = "family"


class GoesTo(StrEnum):
    """How far what somebody wrote may go, as they said when they wrote it."""

    PARTNERS = "partners"
    HUB = "hub"
    POLICE = "police"


AGENCIES_WRITE: Final = frozenset(
    {
        Kind.CONTACT, Kind.CONCERN, Kind.CHECK, Kind.ACCOUNT, Kind.VIEW, Kind.DISAGREEMENT, Kind.INCIDENT, Kind.TOOL,
        Kind.AGENCY_DECISION, Kind.POLICE_CHECK, Kind.MEDICAL, Kind.VISIT, Kind.APPOINTMENT, Kind.ATTEMPT,
        Kind.COMMITMENT, Kind.EARLY_HELP, Kind.SPOKE_TO,
    }
)  # fmt: skip
"""What outside agencies write, or what is written down of what they said. A family reads it by agreement alone."""
FOR_THE_FAMILY: Final = frozenset(
    {
        Kind.DECISION, Kind.ASSESSMENT, Kind.CONFERENCE, Kind.PLAN, Kind.OUTCOME, Kind.CONDITION, Kind.MEETING,
        Kind.AGREEMENT, Kind.SAFETY_PLAN, Kind.CONTINGENCY_USED, Kind.ORDER, Kind.STEP_DOWN, Kind.CLOSURE,
        Kind.ALLOCATED,
    }
)  # fmt: skip
"""What the council itself decides and plans with a family."""
INTERNAL: Final = frozenset(
    {
        Kind.NOTE, Kind.LEGAL_ADVICE, Kind.COMPLAINT, Kind.REVIEWED_EVIDENCE, Kind.HISTORY_CHECKED,
        Kind.CHRONOLOGY_SEEN, Kind.GRADE_PROPOSED, Kind.CLOSURE_RETURNED, Kind.ALARM_ANSWERED, Kind.SECOND_SIGNATURE,
        Kind.TRIAGE_BEGUN, Kind.READY, Kind.WOKEN, Kind.SHARING,
    }
)  # fmt: skip
"""The hub's own working, and advice under legal privilege: it goes into no text for others."""


def goes(written: Mapping[str, Any], audience: Audience, *, agreed: bool = False) -> bool:
    """Tell whether something that an agency wrote may go to an audience, by the class it was given.

    `written` has the keys `goes_to` and `never_to_family`, as an event or one part of a meeting has them.
    """
    if audience is Audience.HUB:
        return True
    if audience is Audience.FAMILY:
        return agreed and not written.get("never_to_family")
    reach = GoesTo(written.get("goes_to") or GoesTo.PARTNERS)
    return agreed or reach is GoesTo.PARTNERS or (reach is GoesTo.POLICE and audience is Audience.POLICE)


def may_read(event: Event, audience: Audience, *, agreed: bool = False) -> bool:
    """Tell whether the words of an event may stand in a text for an audience. `agreed` is its owner's agreement to that.

    Where the case is at hand, ask `reads`, which knows the owner and what they have agreed to.
    """
    if audience is Audience.HUB:
        return True
    if event.kind in INTERNAL or (event.kind is Kind.CHECK and event.get("status") == "asked"):
        return False  # What the hub asks of one agency is for that agency.
    if audience is Audience.FAMILY and event.kind in FOR_THE_FAMILY:
        return not event.get("never_to_family") and (agreed or event.get("goes_to", "partners") == GoesTo.PARTNERS)
    if audience is Audience.FAMILY and event.kind not in AGENCIES_WRITE:
        return False
    return goes(event.data, audience, agreed=agreed)


def owner(case: Case, event: Event) -> str | None:
    """Return the outside agency whose words an event holds, by its id. None: they are the council's own."""
    if event.kind is Kind.CHECK and event.get("status") != "asked":
        return str(event.get("agency"))
    who = case.family.practitioners.get(event.by or "")
    return None if who is None or who.agency is None or who.in_social_care else who.agency.id


def reads(case: Case, event: Event, audience: Audience) -> bool:
    """Tell whether the words of an event of this case may stand in a text for an audience, with all that was agreed."""
    if owner(case, event) is not None and audience is Audience.FAMILY and event.kind in FOR_THE_FAMILY:
        return goes(event.data, audience, agreed=agreed_to(case, event, audience))
    return may_read(event, audience, agreed=agreed_to(case, event, audience))


def agreed_to(case: Case, event: Event, audience: Audience) -> bool:
    """Tell whether the owner's newest answer about an event agrees to an audience. What partners may read, police may."""
    wanted = {audience, Audience.PARTNERS} if audience is Audience.POLICE else {audience}
    newest: dict[str, str] = {}
    for said in case.of(Kind.SHARING):
        if said.get("which") == mark(event) and said.get("status") != "asked":
            newest[str(said.get("audience"))] = str(said.get("status"))
    return any(newest.get(one) == "agreed" for one in wanted)


def audience_of(actor: Actor) -> Audience:
    """Return as what audience somebody reads: the council's own have the whole."""
    if actor.role not in {Role.PARTNER, Role.EARLY_HELP_COORDINATOR}:
        return Audience.HUB
    return Audience.POLICE if actor.agency_kind == "police" else Audience.PARTNERS
