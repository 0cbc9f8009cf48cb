"""The front door: contact, triage, checks, grade and the first decision."""

from datetime import datetime, time
from typing import Any, Final

from config.clock import LONDON
from models.commands import front_door as commands
from models.commands.base import Command, Nothing
from models.events import Event
from models.vocabulary import Grade, Kind, PractitionerKind, Stage, State
from workflow.actions.act import Act, Step, Verb, in_
from workflow.actions.contact import caller_of, check_keyed_in, contact
from workflow.actions.enquiry import propose
from workflow.actions.strategy import call
from workflow.errors import BadCommandError
from workflow.questions import workers

_HOLDS: Final = frozenset(
    {
        PractitionerKind.TRIAGE_WORKER,
        PractitionerKind.MASH_MANAGER,
        PractitionerKind.SOCIAL_WORKER,
        PractitionerKind.TEAM_MANAGER,
        PractitionerKind.HEAD_OF_SERVICE,
    }
)
_AT_THE_DOOR = in_(State.RECEIVED, State.TRIAGE, State.INFORMATION_GATHERING, State.AWAITING_DECISION)


def begin_triage(act: Act, _: Nothing) -> Step:
    """A triage worker takes the contact on, and owns it from now."""
    return Step((act.event(Kind.TRIAGE_BEGUN),), "begin_triage", owner=act.actor.id)


def add_concern(act: Act, command: commands.AddConcern) -> Step:
    """A new concern takes a proposed closure back and wakes what was deferred."""
    check_keyed_in(act.actor, command, act.now, act.terms)
    move = {State.CLOSURE_PROPOSED: "send_back", State.DEFERRED: "wake"}.get(act.standing.state)
    return Step((contact(act, command),), move, reason="a new concern", caller=caller_of(act, command))


def grade(act: Act, command: commands.Grade) -> Step:
    """A higher or first colour counts at once. A lower one waits until a second person agrees."""
    now = act.case.grade
    lower = now is not None and Grade.of(command.grade) < Grade.of(now)
    kind = Kind.GRADE_PROPOSED if lower else Kind.GRADE
    return Step((act.event(kind, grade=command.grade, reason=True, words=command.reason),), reason=command.reason)


def agree_grade(act: Act, _: Nothing) -> Step:
    """The second person's agreement to a lower colour."""
    waiting = act.case.now_of(Kind.GRADE_PROPOSED)
    if not waiting:
        raise BadCommandError("No lower grade is waiting for a second person.")
    proposed = waiting[-1]
    if act.case.since(proposed, Kind.GRADE):
        raise BadCommandError(
            "The grade has changed since the lower one was proposed.", "Propose it again with `grade`."
        )
    words = proposed.get("words")
    event = act.event(
        Kind.GRADE, by=proposed.by, grade=proposed.get("grade"), reason=True, second_person=act.actor.id, words=words
    )
    return Step((event,), reason=words)


def ask(act: Act, command: commands.Ask) -> Step:
    """Ask agencies what they know. From triage, the referral moves on to gathering information."""
    act.here(*command.of)
    act.somebody(command.person)
    people = act.case.family.practitioners
    asked = tuple(
        act.event(Kind.CHECK, agency=agency.id, of=who, person=command.person, status="asked")
        for who in command.of
        if (agency := people[who].agency) is not None
    )
    return Step(asked, "gather" if act.standing.state is State.TRIAGE else None)


def reply(act: Act, command: commands.Reply) -> Step:
    """An agency's answer, in its own words and under its own name. Whoever was not asked has other ways to say it."""
    if all(one.get("agency") != act.actor.agency for one in act.case.now_of(Kind.CHECK)):
        raise BadCommandError(
            "Nobody has asked your agency about this child.",
            "Say what worries you with `add-concern`, or what you think with `give-view`.",
        )
    event = act.event(Kind.CHECK, agency=act.actor.agency, status="replied", share=command.share, words=command.words)
    return Step((event,))


def spoke_to(act: Act, command: commands.SpokeTo) -> Step:
    """Somebody was heard, alone or not, or could not be."""
    act.somebody(command.person)
    event = act.event(
        Kind.SPOKE_TO,
        person=command.person,
        done=command.done,
        alone=command.alone,
        account=command.account,
        interpreter=command.interpreter,
        reason=bool(command.reason) or None,
        words=command.reason or None,
    )
    return Step((event,))


def review_evidence(act: Act, command: commands.ReviewEvidence) -> Step:
    """Everything that came with the contacts was opened and noted."""
    opened: dict[str, Any] = {"for": [event.id for event in act.case.now_of(Kind.CONTACT)]}
    notes = {file: said.strip() for file, said in command.notes.items() if said.strip()}
    event = act.event(Kind.REVIEWED_EVIDENCE, **opened, notes=notes or None, words=command.words.strip() or None)
    return Step((event,))


def check_history(act: Act, command: commands.CheckHistory) -> Step:
    """Where the history was looked for."""
    unknown = set(command.scope) - {"child", "household", "parents", "police", "other_areas"}
    if unknown:
        raise BadCommandError(
            f"History is not searched in {', '.join(sorted(unknown))}.",
            "Choose from child, household, parents, police, other_areas.",
        )
    return Step((act.event(Kind.HISTORY_CHECKED, scope=command.scope),))


def read_chronology(act: Act, command: commands.ReadChronology) -> Step:
    """The chronology was opened and commented on, up to the event that was then the last."""
    last = max((event.index for event in act.case.record), default=-1)
    upto = last if command.upto is None else command.upto
    if upto > last:
        raise BadCommandError(
            f"The chronology ends before {upto}.", f"`mash chronology {act.standing.reference}` says how far it goes."
        )
    return Step((act.event(Kind.CHRONOLOGY_SEEN, words=command.noted, upto=upto),))


def put_for_decision(act: Act, _: Nothing) -> Step:
    """The worker puts the referral before a manager."""
    return Step((act.event(Kind.READY),), "put_for_decision")


def author(act: Act) -> str:
    """Return who put the referral forward: the decision is theirs, the agreement is the manager's."""
    ready = act.case.last(Kind.READY)
    return ready.by if ready and ready.by else act.standing.owner


_MOVES: Final = {
    "no_further_action": "propose_closure",
    "information_and_advice": "propose_closure",
    "early_help": "divert",
    "assessment": "assess",
    "strategy_discussion": "call_strategy",
    "deferred": "defer",
}


def decide(act: Act, command: commands.Decide) -> Step:
    """The outcome at the front door. Each outcome begins what follows from it."""
    writer = author(act)
    act.known(*command.discussed_with)
    act.here(*([command.lead] if command.lead else []))
    decision = act.event(
        Kind.DECISION,
        by=writer,
        manager=act.actor.id,
        outcome=command.outcome,
        reason=True,
        reason_code=command.reason_code,
        answers=command.answers,
        discussed_with=command.discussed_with,
        lead=command.lead,
        fallback=command.fallback or None,
        review_on=command.review_on.isoformat() if command.review_on else None,
        until=command.until.isoformat() if command.until else None,
        words=command.reason,
    )
    after: tuple[Event, ...] = ()
    if command.outcome == "early_help":
        after = (act.event(Kind.EARLY_HELP, by=writer, status="requested", lead=command.lead),)
    elif command.outcome == "assessment":
        after = (act.event(Kind.ASSESSMENT, by=writer, status="started"),)
    elif command.outcome in {"no_further_action", "information_and_advice"}:
        after = (propose(act, command.reason),)  # by the manager who decides, so that another one signs it off
    elif command.outcome == "strategy_discussion":
        if command.meet_at is None:
            raise BadCommandError("When is the strategy discussion held?", "Add meet_at=2026-11-24T14:00.")
        after = call(act, command.meet_at, 60)
    elif command.until is None:
        raise BadCommandError("Until when is it deferred?", "Add until=2026-12-05.")
    elif datetime.combine(command.until, time.max, LONDON) < act.now:
        raise BadCommandError(f"{command.until} is already past.", "Choose a day to come.")
    return Step((decision, *after), _MOVES[command.outcome], reason=command.reason)


def wake(act: Act, _: Nothing) -> Step:
    """What was deferred is due for its decision."""
    return Step((act.event(Kind.WOKEN),), "wake", reason="the time it was deferred to has come")


def allocate(act: Act, command: commands.Allocate) -> Step:
    """Give the case to a worker, who owns it from now and is told so."""
    act.here(command.to)
    if act.case.family.practitioners[command.to].kind not in _HOLDS:
        raise BadCommandError(f"{command.to} does no social work.", "A case is held by a worker or a manager.")
    return Step((act.event(Kind.ALLOCATED, to=command.to, handover=command.handover or None),), owner=command.to)


def end_allocation(act: Act, command: commands.EndAllocation) -> Step:
    """A worker's part ends; until somebody else is given the case, the manager is asked to find one."""
    act.known(command.who)
    return Step((act.event(Kind.ALLOCATED, ended=command.who, handover=command.handover),))


def pass_on(act: Act, command: commands.Allocate) -> Step:
    """The owner has left: their manager holds the case until it is given to somebody. Said by the system."""
    left = act.standing.owner
    ended = (act.event(Kind.ALLOCATED, ended=left, handover=False),) if left in workers(act.case) else ()
    given = act.event(Kind.ALLOCATED, to=command.to)
    return Step((*ended, given), owner=command.to, reason=f"{left} has left")


def involve(act: Act, command: commands.Involve) -> Step:
    """Somebody begins to work with the child."""
    act.here(command.who)
    return Step((act.event(Kind.INVOLVEMENT, who=command.who, status="started"),))


def end_involvement(act: Act, command: commands.Involve) -> Step:
    """Somebody no longer works with the child, and is not asked for a view."""
    act.known(command.who)
    return Step((act.event(Kind.INVOLVEMENT, who=command.who, status="ended"),))


def ask_who_holds(act: Act, _: Nothing) -> Step:
    """Anybody at work with the child is told who holds the case; to refuse is not possible."""
    return Step((act.event(Kind.INFORMATION_REQUEST, answered=True, holder=act.standing.owner),))


def _verb(name: str, says: str, command: type[Command], step: Any, **more: Any) -> Verb:
    return Verb(name=name, stage=Stage.FRONT_DOOR, says=says, command=command, step=step, **more)


VERBS: Final = (
    _verb("begin-triage", "Take a new contact on.", Nothing, begin_triage),
    _verb("add-concern", "Add a new concern.", commands.AddConcern, add_concern),
    _verb("grade", "Grade red, amber or green.", commands.Grade, grade, suppose={"grade": "green", "reason": "..."}),
    _verb("agree-grade", "Agree to a lower grade as the second person.", Nothing, agree_grade),
    _verb("ask", "Ask agencies what they know.", commands.Ask, ask),
    _verb("reply", "Answer a request for information.", commands.Reply, reply),
    _verb("spoke-to", "Record who was spoken to.", commands.SpokeTo, spoke_to),
    _verb("review-evidence", "Record that the attachments were opened.", commands.ReviewEvidence, review_evidence),
    _verb(
        "check-history",
        "Record where the history was looked for.",
        commands.CheckHistory,
        check_history,
        suppose={"scope": ("child",)},
    ),
    _verb("read-chronology", "Record that the chronology was read.", commands.ReadChronology, read_chronology),
    _verb("put-for-decision", "Put the referral before a manager.", Nothing, put_for_decision),
    _verb(
        "decide",
        "Decide what happens next, as a manager.",
        commands.Decide,
        decide,
        in_states=in_(State.AWAITING_DECISION),
        suppose={"outcome": "no_further_action", "reason": "..."},
    ),
    _verb("wake", "Bring a deferred referral back for its decision.", Nothing, wake),
    _verb("allocate", "Give the case to a worker.", commands.Allocate, allocate),
    _verb("end-allocation", "Record that a worker no longer holds the case.", commands.EndAllocation, end_allocation),
    _verb("pass-on", "Pass on the case of a worker who has left.", commands.Allocate, pass_on),
    _verb("involve", "Record that somebody works with the child.", commands.Involve, involve),
    _verb("end-involvement", "Record that somebody no longer does.", commands.Involve, end_involvement),
    _verb("ask-who-holds", "Ask who holds the case.", Nothing, ask_who_holds),
)
