"""Duties of the front door: the referrer is told, a worry about a closed case is a contact, what was put off wakes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Role, Stage
from workflow.duties import front_door_asking, front_door_holding, front_door_manager, front_door_records, prebirth
from workflow.questions import awaiting, mark, open_before, professional
from workflow.rule import Duty, Ought, Terms
from workflow.telling import TOLD_IN_A_CASEBOOK, untold


def told(case: Case, contact: Event) -> bool:
    """Tell whether a story says that the referrer of a contact heard of it afterwards."""
    told_at = case.once(_told_at)
    return max(told_at.get(contact.id, -1), told_at.get(None, -1)) > (case.chronology.place(contact) or 0)


def _told_at(case: Case) -> dict[str | None, int]:
    """Return where a story last says that the referrers heard: of each contact it names, and (None) of all so far."""
    found: dict[str | None, int] = {}
    for event in case.of(*TOLD_IN_A_CASEBOOK):
        if event.get("told_referrer"):
            found.update(dict.fromkeys(event.codes("for") or (None,), case.chronology.place(event) or 0))
    return found


def acknowledged(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """A receipt for every professional who refers; in a story, a decision that was told counts as one."""
    for contact, due in awaiting(case, terms, "decision_and_ack", Kind.CONTACT):
        if professional(case, contact.by) is None or (not case.family.live and told(case, contact)):
            continue
        yield Ought(
            key=f"ack:{mark(contact)}",
            says="Tell the referrer that the referral has arrived.",
            template="acknowledged",
            to=(contact.by or "",),
            due=due,
            act_by=due,
            loose=contact.loose,
        )


ACKNOWLEDGE: Final = Duty(
    id="acknowledge-referrer",
    stage=Stage.FRONT_DOOR,
    says="Every professional who refers is told within one working day that the referral has arrived.",
    source="Working Together to Safeguard Children, T1, T2",
    mend="the engine, by itself",
    ordinary=True,
    judge=acknowledged,
)


def outcomes_told(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Every outcome, with its reasons, to everybody who referred. A casebook has no word for some of the tellings."""
    lately = awaiting(case, terms, "decision_and_ack", *TOLD_IN_A_CASEBOOK)
    silent = [event for event, _ in lately if not event.get("told_referrer")]
    for event, to in untold(case, None if case.family.live else silent):
        due = terms.due(event.at, "decision_and_ack")
        yield Ought(
            key=f"outcome:{mark(event)}",
            says="Tell the referrer what was decided, and why.",
            template="closed" if event.kind is Kind.CLOSURE else "outcome",
            to=to,
            due=due,
            act_by=due,
            silent="told_referrer" not in event.data,
            loose=event.loose,
        )


OUTCOME: Final = Duty(
    id="tell-referrer-outcome",
    stage=Stage.FRONT_DOOR,
    says="Every professional who referred is told each outcome, with its reasons.",
    source="Working Together to Safeguard Children, T3; SCR Matt 5.41, 6.1.32",
    mend="the engine, by itself",
    ordinary=True,
    judge=outcomes_told,
)


def closed_case_contacts(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """A worry about a child whose case is closed is a contact, whoever it was said to and however."""
    for event, due in awaiting(case, terms, "decision_and_ack", Kind.CONTACT, Kind.CONCERN):
        to_worker = event.kind is Kind.CONTACT and event.get("to") in {"worker", "police"}
        logged = event.kind is Kind.CONCERN and event.get("referred") is not True
        if not (to_worker or logged) or professional(case, event.by) is None:
            continue
        at = case.chronology.place(event) or 0
        ended = [end for _, end in case.episodes if end is not None and end < at]
        if (
            not ended
            or open_before(case, event)
            or terms.due(case.record[ended[-1]].at, "rereferral_window") < event.at
        ):
            continue
        yield Ought(
            key=f"contact:{mark(event)}",
            says="Take this worry about a closed case as a contact, with its own decision.",
            template="task",
            to_role=Role.MASH_MANAGER,
            task=True,
            due=due,
            act_by=event.at,
            silent=event.kind is Kind.CONCERN and event.get("referred") is None,
            loose=event.loose,
        )


CLOSED_CASE: Final = Duty(
    id="concern-on-closed-case-is-contact",
    stage=Stage.FRONT_DOOR,
    says="A professional's worry about a closed case is a contact, however it was passed on.",
    source="SCR Matt 5.14, 5.15, 5.31, 5.39",
    mend="the manager, with `decide`",
    ordinary=True,
    judge=closed_case_contacts,
)


DUTIES: Final[tuple[Duty, ...]] = (
    ACKNOWLEDGE,
    OUTCOME,
    CLOSED_CASE,
    *prebirth.DUTIES,
    *front_door_manager.DUTIES,
    *front_door_asking.DUTIES,
    *front_door_holding.DUTIES,
    *front_door_records.DUTIES,
)
