"""Clocks of harm: a door that stays shut, a doctor who is to look, and a child to be seen in an enquiry."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Kind, Stage
from workflow.casework import social_care
from workflow.clocks.enquiry import enquiry
from workflow.hurt import DOCTORS, discussed, doctor_saw, explained, speaks_of_hurt
from workflow.own_visits import seen_by_the_service
from workflow.questions import known, mark, unborn, younger
from workflow.rule import Clock, Running, Terms
from workflow.sightings import dead, in_hospital, sees
from workflow.signals.injury import injuries

_OUT_OF_SIGHT: Final = frozenset({"school_left", "school_withdrawal_asked"})
_LOST: Final = frozenset({Concern.OUT_OF_SIGHT, Concern.MISSING, Concern.SCHOOL_WITHDRAWAL})
_WEIGHED: Final = frozenset({"supervision", "professionals", "legal_planning", "core_group"})
_HELP: Final = frozenset({Kind.POLICE_CHECK, Kind.CONTINGENCY_USED, Kind.ORDER, Kind.LEGAL_ADVICE, Kind.DECISION})


def answers_the_door(case: Case, event: Event) -> bool:
    """Tell whether somebody decided what to do about a shut door, or got in and saw the child."""
    met = event.kind is Kind.MEETING and event.get("which") in _WEIGHED and event.get("status", "held") == "held"
    return met or event.kind in _HELP or discussed(event) or sees(case, event)


def shuts_out(event: Event) -> bool:
    """Tell whether a worker was kept from the child at the door."""
    return event.kind is Kind.VISIT and event.get("access") == "denied" and not event.get("child_seen")


def kept_out(case: Case, terms: Terms) -> Iterator[Running]:
    """Runs on a child under school age, or one whom nobody else sees; a shut door on the same day is one door.

    Brothers and sisters who never had a case of their own count where it is social care that is kept from them.
    """
    shut: Event | None = None
    open_ = case.record if not case.episodes else case.episode
    for event in open_ if case.chronology.where(shuts_out) else ():
        if shuts_out(event) and (case.is_open or social_care(case, event)):
            shut = shut or event
        elif shut is not None and answers_the_door(case, event):
            shut = None
    if shut is None or unborn(case, shut.at):
        return
    if not (younger(case, shut.at, "access_denied.age", terms) or _unseen(case)):
        return
    due, warn = terms.due(shut.at, "access_denied"), terms.due(shut.at, "access_denied.warn")
    says = "A worker was kept from a small child, and nobody has decided on help from the police."
    yield Running(mark(shut), shut.at, due, warn, loose=shut.loose, says=says)


def _unseen(case: Case) -> bool:
    return any(
        known(event)
        and (
            (event.kind is Kind.HOUSEHOLD and event.get("what") in _OUT_OF_SIGHT)
            or _LOST & set(event.codes("concerns"))
        )
        for event in case.chapter
    )


ACCESS_DENIED: Final = Clock(
    id="access-denied-same-day-decision",
    stage=Stage.ENQUIRY,
    says="When a worker is kept from a small child, a manager decides the same day whether the police help to get in.",
    source="SCR Matt 5.7, 6.1.7",
    mend="the manager, with `record-police-check` or `call-strategy`; the worker, with `record-visit`",
    judge=kept_out,
)


def medical_awaited(case: Case, terms: Terms) -> Iterator[Running]:
    """From the advice, until a doctor has seen the child, or protection has begun. Hurt waits no night."""
    sent: Event | None = None
    hurt = urgent = False
    for event in case.episode if case.now_of(Kind.MEDICAL) else ():
        hurt = (hurt or speaks_of_hurt(event)) and not doctor_saw(case, event)
        advised = event.kind is Kind.MEDICAL and event.get("what") in {"advised", "not_attended"}
        if advised and event.get("for") in {None, case.child_id}:
            sent, urgent = sent or event, urgent or hurt
        elif sent is not None and (doctor_saw(case, event) or discussed(event) or event.kind is Kind.POLICE_CHECK):
            sent, urgent = None, False
    if sent is None:
        return
    key = "medical_advised" if urgent else "medical_advised.routine"
    warn = terms.due(sent.at, "medical_advised.warn") if urgent else None
    says = "The parents were told to take the child to a doctor, and nobody knows whether they did."
    yield Running(mark(sent), sent.at, terms.due(sent.at, key), warn, loose=sent.loose, says=says)


MEDICAL_ATTENTION: Final = Clock(
    id="medical-attention-confirmed",
    stage=Stage.ENQUIRY,
    says="Advice to take a child to a doctor is followed up with the doctor, the same day where the child is hurt.",
    source="SCR Matt 5.8, 6.1.8",
    mend="the worker, with `record-medical` and what=attended; anybody in social care, with `call-strategy`",
    judge=medical_awaited,
)


def finding_open(case: Case, terms: Terms) -> Iterator[Running]:
    """A mark on a baby that no doctor has looked at; the youngest have a clock of their own."""
    signs: list[Event] = []
    for event in reversed(case.episode if case.chronology.where(speaks_of_hurt) else ()):
        if explained(event) or discussed(event) or doctor_saw(case, event):
            break
        if _found(case, event, terms):
            signs.append(event)
    timed = {mark(sign) for sign in injuries(case, terms)} if signs else set()
    for sign in [one for one in signs if mark(one) not in timed][-1:]:
        says = "A mark or pain was seen on a baby, and no doctor has looked at it."
        yield Running(mark(sign), sign.at, terms.due(sign.at, "physical_finding"), loose=sign.loose, says=says)


def _found(case: Case, event: Event, terms: Terms) -> bool:
    if not speaks_of_hurt(event) or (event.get("injury") or {}).get("child_mobile") or unborn(case, event.at):
        return False
    who = case.family.practitioners.get(event.by or "")
    return (who is None or who.kind not in DOCTORS) and younger(case, event.at, "infant_age", terms)


PHYSICAL_FINDING: Final = Clock(
    id="physical-finding-followed-up",
    stage=Stage.ENQUIRY,
    says="A mark or pain seen on a baby is looked at by a doctor, or discussed, by the next working day.",
    source="SCR Matt 5.27",
    mend="the worker, with `record-medical`; anybody in social care, with `call-strategy`",
    judge=finding_open,
)


def seen_in_enquiry(case: Case, terms: Terms) -> Iterator[Running]:
    """Whatever else was agreed: the child is seen, or social care or a doctor saw it in the days before."""
    began = enquiry(case)
    if began is None or unborn(case, began.at) or in_hospital(case) or dead(case, began.at):
        return
    lately = (one for one in case.episode if terms.due(one.at, "enquiry.child_seen") >= began.at and sees(case, one))
    if not any(one.at > began.at or seen_by_the_service(case, one) or doctor_saw(case, one) for one in lately):
        due = terms.due(began.at, "enquiry.child_seen")
        says = "An enquiry has begun, and nobody has seen the child since."
        yield Running(mark(began), began.at, due, loose=began.loose, says=says)


ENQUIRY_ACTIONS: Final = Clock(
    id="enquiry-actions-on-time",
    stage=Stage.ENQUIRY,
    says="What a strategy discussion sets in motion happens in its first days: above all, the child is seen.",
    source="Serious case review: Baby Peter (Haringey, second review, 2009)",
    mend="the worker, with `record-visit` and child_seen=true",
    ordinary=True,
    judge=seen_in_enquiry,
)

CLOCKS: Final[tuple[Clock, ...]] = (ACCESS_DENIED, MEDICAL_ATTENTION, PHYSICAL_FINDING, ENQUIRY_ACTIONS)
