"""Duties of the front door, fifth part: the public has an answer too, and nothing that was sent is lost."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Role, Stage
from workflow.carers import heard_by
from workflow.questions import after, as_day, awaiting, day_of, known, mark, professional
from workflow.rule import Duty, Ought, Terms

_SENT: Final = frozenset({Kind.CONTACT, Kind.CONCERN, Kind.INCIDENT})
_IN_CONVERSATION: Final = frozenset({"phone", "in_person"})
_TELLS: Final = frozenset({Kind.DECISION, Kind.CLOSURE})


def answered(case: Case, contact: Event) -> bool:
    """Tell whether somebody of the family or the public was told what becomes of their worry.

    A story seldom says so of a talk. A live hub knows when it rang back, once there was something to tell.
    """
    if contact.get("channel") in _IN_CONVERSATION and not case.family.live:
        return True
    later = after(case, contact)
    told = (one for one in later if one.kind in _TELLS and one.get("told_referrer"))
    if any(not one.codes("for") or contact.id in one.codes("for") for one in told):
        return True
    return contact.by in heard_by(case, [one for one in later if one.kind is not Kind.CONTACT])


def public_answered(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Whoever gives a name and is no professional: a person rings them, for no letter goes there.

    Nobody can answer a caller without a name.
    """
    people = case.family.people
    for contact, due in awaiting(case, terms, "decision_and_ack", Kind.CONTACT):
        if contact.by is None or contact.get("anonymous") or professional(case, contact.by) is not None:
            continue
        own = contact.by in people and people[contact.by].child
        if not own and not answered(case, contact):
            yield Ought(
                key=f"public:{mark(contact)}",
                says="Tell whoever reported this that it has arrived, and what will be done.",
                template="task",
                task=True,
                due=due,
                act_by=due,
                loose=contact.loose,
            )


PUBLIC: Final = Duty(
    id="public-reporting-route",
    stage=Stage.FRONT_DOOR,
    says="A report from the family or the public has a receipt and an account of what will be done.",
    source="Local child safeguarding practice review: Sara (Surrey, 2025)",
    mend="the triage worker, with `spoke-to`",
    ordinary=True,
    judge=public_answered,
)


def on_no_case(case: Case, event: Event) -> bool:
    """Tell whether something was sent about nobody. What befalls an adult of the family is linked by another rule."""
    of_family = any(one in case.family.people for one in (*event.codes("involving"), event.get("person")))
    return event.kind in _SENT and not event.about and not of_family and known(event)


def strays(case: Case, terms: Terms) -> Iterator[tuple[Event, datetime]]:
    """Yield what was sent about nobody, as long as it may still find its case."""
    record = case.family.record
    for event in reversed(record):
        due = terms.due(event.at, "decision_and_ack")
        if not case.family.live and record[-1].at > due:
            return
        if on_no_case(case, event):
            yield event, due


def matched(case: Case, event: Event, due: datetime) -> bool:
    """Tell whether what was sent has become a contact: soon after, or named by somebody who opened it."""
    for one in reversed(case.family.record):
        if day_of(one.at) < day_of(event.at):
            return False
        if one is event or not one.about:
            continue
        if event.id in one.codes("for") or (one.kind is Kind.CONTACT and one.at <= due and one.by == event.by):
            return True
    return False


def unsent(event: Event) -> bool:
    """Tell whether a worry is said to have been referred to somebody who is not named and has no word of it."""
    return event.kind is Kind.CONCERN and event.get("referred") is True and not event.codes("shared_with")


def awaited(case: Case, event: Event, due: datetime) -> bool:
    """Tell whether what was offered with a contact came later than it should, and nobody asked for it."""
    arrives = as_day(event.get("arrived"))
    if event.kind is not Kind.CONTACT or arrives is None or arrives <= day_of(due):
        return False
    return event.by not in heard_by(case, [one for one in after(case, event) if one.at <= due])


def nothing_lost(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """What is known to have been sent is listed until it is found and has its case."""
    own = list(awaiting(case, terms, "decision_and_ack", Kind.CONCERN, Kind.CONTACT))
    sent = [(event, due) for event, due in own if unsent(event)]
    lost = [(event, due) for event, due in (*strays(case, terms), *sent) if not matched(case, event, due)]
    lost += [(event, due) for event, due in own if awaited(case, event, due)]
    for event, due in lost:
        yield Ought(
            key=f"lost:{mark(event)}",
            says="Find what was sent about this child, and put it on the case.",
            template="task",
            to_role=Role.TRIAGE_WORKER,
            task=True,
            due=due,
            act_by=due,
            loose=event.loose,
        )


GAP: Final = Duty(
    id="recording-gap",
    family=True,
    stage=Stage.FRONT_DOOR,
    says="What is known to have been sent and is on no case by the next working day is looked for until it is found.",
    source="Serious case reviews: Khyra Ishaq (2010), Daniel Pelka (2013), Matt (2020)",
    mend="the triage worker, with `refer` or `add-concern`",
    ordinary=True,
    judge=nothing_lost,
)

DUTIES: Final[tuple[Duty, ...]] = (PUBLIC, GAP)
