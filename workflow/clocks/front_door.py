"""Clocks of the front door: a contact is decided, a colour is kept, a deferred referral wakes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.clocks import antenatal, deferred
from workflow.questions import mark
from workflow.rule import Clock, Running, Terms

_ANSWERS_ANYWAY: Final = frozenset({Kind.STRATEGY_DISCUSSION, Kind.CLOSURE})
_DECIDES: Final = frozenset({Kind.DECISION, Kind.STRATEGY_DISCUSSION, Kind.ASSESSMENT})
_AT_WORK: Final = frozenset({Kind.VISIT, Kind.MEETING, Kind.GRADE, Kind.SPOKE_TO})
_FURTHER_ON: Final = frozenset({Kind.SECTION47_OUTCOME, Kind.CONFERENCE, Kind.PLAN})
_LEADS_ON: Final = frozenset({"assessment", "early_help", "strategy_discussion"})


def answers(event: Event, contact: Event, *, live: bool, in_hand: bool, beyond: bool = False) -> bool:
    """Tell whether an event answers a contact. On a case in hand, doing something about it does as well.

    In a story that a worker was given the case says that somebody decided; in the live record that is said by itself.
    Beyond the front door (`beyond`) nothing can be decided there, so whatever is done next about the child answers.
    """
    if event.kind is Kind.DECISION:
        named = event.codes("for")
        return not named or contact.id in named
    if event.kind in _ANSWERS_ANYWAY:
        return True
    if event.kind is Kind.ASSESSMENT:
        return event.get("status") in {"started", "completed"}
    if event.kind is Kind.ALLOCATED:
        return bool(event.get("to")) and not live
    if beyond and event.kind in _FURTHER_ON:
        return True
    return (in_hand or beyond) and event.kind in _AT_WORK


def unanswered(case: Case) -> list[Event]:
    """Return the contacts that nobody has decided on or done anything about."""
    return list(case.chronology.told(_waiting, Waiting(), case.family.live).contacts)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The contacts nobody has answered so far, who holds the case, whether anything was decided, and led past the door."""

    contacts: tuple[Event, ...] = ()
    worker: str | None = None
    decided: bool = False
    beyond: bool = False


def _waiting(now: Waiting, event: Event, live: bool) -> Waiting:
    in_hand = now.worker is not None and (now.decided or not live)
    beyond = live and now.beyond
    contacts = tuple(one for one in now.contacts if not answers(event, one, live=live, in_hand=in_hand, beyond=beyond))
    worker, decided = now.worker, now.decided
    if event.kind is Kind.CONTACT:
        contacts = (*contacts, event)
    elif event.kind is Kind.ALLOCATED:
        worker = event.get("to") or (None if event.get("ended") == worker else worker)
    elif event.kind is Kind.CLOSURE:
        worker, decided = None, False
    else:
        decided = decided or event.kind in _DECIDES
    return Waiting(contacts, worker, decided, _past_the_door(event, was=now.beyond))


def _past_the_door(event: Event, *, was: bool) -> bool:
    """Tell whether the case has left the door. The newest decision says; a plan or a conference stands for itself."""
    if event.kind is Kind.DECISION:
        return event.get("outcome") in _LEADS_ON
    if event.kind is Kind.CLOSURE or (event.kind is Kind.EARLY_HELP and event.get("status") == "declined"):
        return False
    return was or event.kind in _DECIDES or event.kind in _FURTHER_ON


def undecided(case: Case) -> list[Event]:
    """Return the contacts nobody has answered and, in the live record, what woke and has not been decided since."""
    woken = case.now_of(Kind.WOKEN)[-1:]
    later = woken and case.since(woken[-1], Kind.DECISION, Kind.STRATEGY_DISCUSSION)
    return [*unanswered(case), *(woken if not later else [])]


def decided_in_a_day(case: Case, terms: Terms) -> Iterator[Running]:
    """Each contact has its own clock, whoever it reached and by whatever way."""
    for contact in undecided(case):
        yield Running(
            mark(contact),
            contact.at,
            terms.due(contact.at, "decision_and_ack"),
            terms.due(contact.at, "decision_and_ack.warn"),
            loose=contact.loose,
            says="A contact waits for its decision.",
        )


ONE_DAY: Final = Clock(
    id="referral-decision-one-day",
    stage=Stage.FRONT_DOOR,
    says="Every contact is decided on within one working day of its arrival.",
    source="Working Together to Safeguard Children, T1; SCR Matt 5.41, 6.1.32",
    mend="the manager, with `decide`; once decided, the worker, with `record-visit`, `spoke-to` or `hold-meeting`",
    ordinary=True,
    judge=decided_in_a_day,
)


def colour_kept(case: Case, terms: Terms) -> Iterator[Running]:
    """The colour's own time from the contact, however late the grade, and by the shortest of the colours it was given.

    A contact in the live record that has no grade yet runs as the first step.
    """
    waiting = [contact for contact in unanswered(case) if contact in case.episode]
    if not waiting:
        return
    # One that was keyed in later stands further down in the record, and may have come before the others.
    first = min(waiting, key=lambda contact: contact.at)
    graded = case.now_of(Kind.GRADE)
    if not graded:
        if case.family.live:
            says = "A contact waits for its grade."
            yield Running("ungraded", first.at, terms.due(first.at, "rag.unanswered"), loose=first.loose, says=says)
        return
    now = graded[-1]
    given = {one.get("grade"): one for one in (*case.since(waiting[0], Kind.GRADE), now)}
    colour = min(given, key=lambda one: terms.due(first.at, f"rag.{one}"))
    warn = None if colour == "amber" else terms.due(first.at, f"rag.{colour}.warn")
    says = f"What {'is' if colour == now.get('grade') else 'was'} graded {colour} waits for its decision."
    loose = first.loose or given[colour].loose
    yield Running(f"{colour}", first.at, terms.due(first.at, f"rag.{colour}"), warn, loose=loose, says=says)


RAG: Final = Clock(
    id="rag-clock",
    stage=Stage.FRONT_DOOR,
    says="A graded contact is decided within the time of its colour.",
    source="Oxfordshire multi-agency procedures, contacts and referrals, section 2; SCR Matt 6.5.3",
    mend="the manager, with `decide`; anybody in social care, with `call-strategy`",
    ordinary=True,
    judge=colour_kept,
)


CLOCKS: Final[tuple[Clock, ...]] = (ONE_DAY, RAG, *deferred.CLOCKS, *antenatal.CLOCKS)
