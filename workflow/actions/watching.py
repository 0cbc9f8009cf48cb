"""Watching over a child: appointments, calls that reach nobody, agreements, promises, and what follows when they fail."""

from typing import Any, Final

from models.commands import plans as commands
from models.commands.base import Command
from models.events import Event
from models.vocabulary import Kind, Stage
from workflow.actions.act import Act, Step, Verb
from workflow.actions.plans import claimed
from workflow.errors import BadCommandError


def record_appointment(act: Act, command: commands.RecordAppointment) -> Step:
    """Whether an appointment was kept: a child is brought, or is not."""
    event = act.event(
        Kind.APPOINTMENT,
        what=command.what,
        outcome=command.outcome,
        person=command.person,
        child_seen=command.child_seen,
        concerns=command.concerns,
        claim=claimed(command),
    )
    return Step((event,))


def record_attempt(act: Act, command: commands.RecordAttempt) -> Step:
    """A call or message that reached nobody."""
    return Step((act.event(Kind.ATTEMPT, person=command.person),))


def record_police_check(act: Act, command: commands.RecordPoliceCheck) -> Step:
    """Whether the police were asked to see the child, and what came of it."""
    return Step((act.event(Kind.POLICE_CHECK, status=command.status, child_seen=command.child_seen),))


def use_contingency(act: Act, command: commands.UseContingency) -> Step:
    """What the plan had laid down is done."""
    return Step((act.event(Kind.CONTINGENCY_USED, what=command.what),))


def record_agreement(act: Act, command: commands.RecordAgreement) -> Step:
    """A written agreement, or that it was broken."""
    if command.status == "made" and not command.clauses:
        raise BadCommandError("What was agreed?", "Add clauses=unannounced_visits,daily_access.")
    return Step((act.event(Kind.AGREEMENT, status=command.status, clauses=command.clauses),))


def record_legal_advice(act: Act, command: commands.RecordLegalAdvice) -> Step:
    """Legal advice, asked for or given, and whether in writing."""
    event = act.event(
        Kind.LEGAL_ADVICE, status=command.status, in_writing=command.in_writing, threshold=command.threshold
    )
    return Step((event,))


def promise(act: Act, command: commands.Promise) -> Step:
    """A promise and its day. Another day needs a reason."""
    if command.status in {"made", "changed"} and command.due is None:
        raise BadCommandError("By when was it promised?", "Add due=2026-12-05.")
    if command.status == "changed" and not command.reason:
        raise BadCommandError("Why was the promise changed?", "Add reason='...', and tell whoever it was made to.")
    event = act.event(
        Kind.COMMITMENT,
        status=command.status,
        what=command.what or None,
        due=command.due.isoformat() if command.due else None,
        reason=bool(command.reason) or None,
        words=command.reason or None,
    )
    return Step((Event(event.at, event.kind, event.about, event.by, event.data, id=command.commitment),))


def record_complaint(act: Act, command: commands.RecordComplaint) -> Step:
    """A complaint opens a track of its own; nothing else changes."""
    return Step((act.event(Kind.COMPLAINT, words=command.words),))


def _verb(name: str, says: str, command: type[Command], step: Any) -> Verb:
    return Verb(name=name, stage=Stage.PLANS, says=says, command=command, step=step)


VERBS: Final = (
    _verb(
        "record-appointment", "Record whether an appointment was kept.", commands.RecordAppointment, record_appointment
    ),
    _verb("record-attempt", "Record a call that reached nobody.", commands.RecordAttempt, record_attempt),
    _verb(
        "record-police-check", "Record a check asked of the police.", commands.RecordPoliceCheck, record_police_check
    ),
    _verb("use-contingency", "Record that the plan's contingency was used.", commands.UseContingency, use_contingency),
    _verb("record-agreement", "Record a written agreement, or its breach.", commands.RecordAgreement, record_agreement),
    _verb("record-legal-advice", "Record legal advice.", commands.RecordLegalAdvice, record_legal_advice),
    _verb("promise", "Record a promise, or what became of it.", commands.Promise, promise),
    _verb("record-complaint", "Record a family's complaint.", commands.RecordComplaint, record_complaint),
)
