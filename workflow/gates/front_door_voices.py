"""Gates of the front door, fourth part: the referrer and those who care for the child are heard before a decision."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.carers import carers, heard_by
from workflow.checks import answered, before, left_to_assess, looks, opens_little
from workflow.questions import after, as_day, contacts_for, day_of, listed, professional
from workflow.rule import Finding, Gate, Terms

_DECISION: Final = frozenset({Kind.DECISION})
# Somebody spoke with the hub then and there; or the police send what an officer has written of every such call-out.
_HEARD_AT_ONCE: Final = frozenset({"phone", "in_person", "police_notification"})


def referrer_heard(case: Case, contact: Event, decision: Event) -> bool:
    """Tell whether whoever brought a contact was heard on it, and not only read."""
    who = professional(case, contact.by)
    if contact.by is None or contact.get("anonymous") or (who is not None and who.in_social_care):
        return True
    if contact.get("channel") in _HEARD_AT_ONCE or contact.by in decision.codes("discussed_with"):
        return True
    later = [one for one in after(case, contact) if one.kind is not Kind.CONTACT]
    if who is not None and who.agency is not None and who.agency.kind in answered(case, tuple(later)):
        return True
    return contact.by in heard_by(case, later)


def referrers_heard(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Two attempts will do; what the referrer still has to send is waited for."""
    if not looks(case, event):
        return
    contacts = contacts_for(case, event)
    unheard = dict.fromkeys(one.by for one in contacts if one.by and not referrer_heard(case, one, event))
    if unheard and not left_to_assess(case, event):
        says = f"Nobody has spoken to who referred: {listed(unheard)}."
        yield Finding(says, tuple(unheard), silent=True, loose=event.loose)
    for contact in contacts:
        arrives = as_day(contact.get("arrived"))
        if arrives is not None and arrives > day_of(event.at):
            yield Finding("What the referrer offered to send has not arrived.", loose=event.loose)


REFERRER: Final = Gate(
    id="referrer-heard-before-decision",
    stage=Stage.FRONT_DOOR,
    says="Whoever refers is spoken to, and what they offer is received, before a decision that is not protection.",
    source=(
        "National review into the murders of Arthur Labinjo-Hughes and Star Hobson (2022); "
        "Local child safeguarding practice review: Sara (2025)"
    ),
    mend="the triage worker, with `spoke-to`, or `record-attempt` twice",
    on=_DECISION,
    judge=referrers_heard,
)


def refused_a_hearing(events: tuple[Event, ...], heard: set[str]) -> list[str]:
    """Return those of whom the record says that they were not spoken to, without a reason."""
    missed = dict.fromkeys(
        event.get("person") for event in events if event.kind is Kind.SPOKE_TO and event.get("done") is False
    )
    return [who for who in missed if who not in heard]


def in_conflict(events: tuple[Event, ...]) -> bool:
    """Tell whether accounts that contradict each other were left standing."""
    accounts = [event.get("account") for event in events if event.kind is Kind.SPOKE_TO and event.get("account")]
    return bool(accounts) and accounts[-1] == "conflicting"


def carers_heard(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Each of them, or a reason.

    An assessment will hear them, so that a warning is enough, and where one was heard, the other can be left to it.
    Where the matter ends at the door, one voice of two is warned of in a story; the live engine waits for both.
    """
    if not looks(case, event):
        return
    events = before(case, event)
    heard = heard_by(case, events) | set(event.codes("discussed_with"))
    caring = carers(case)
    missing = tuple(who for who in caring if who not in heard)
    assessed = not opens_little(event)
    some = len(missing) < len(caring)
    denied = [who for who in refused_a_hearing(events, heard) if who in caring]
    waits = assessed and (some or case.family.silence_unknown)
    if missing and (denied or not waits):
        says = f"Nobody has heard those who care for the child: {listed(missing)}."
        light = not denied and (assessed or (some and not case.family.live))
        yield Finding(says, missing, silent=not denied, loose=event.loose, light=light)
    if opens_little(event) and in_conflict(events):
        yield Finding("The accounts of those who were heard contradict each other.", loose=event.loose)


CARERS: Final = Gate(
    id="all-carers-heard",
    stage=Stage.FRONT_DOOR,
    says="Everybody who cares for the child is heard, or there is a reason why not, and what they say is weighed.",
    source="SCR Matt 6.1.3",
    mend="the triage worker, with `spoke-to`, or done=false and a reason",
    on=_DECISION,
    judge=carers_heard,
)

GATES: Final[tuple[Gate, ...]] = (REFERRER, CARERS)
