"""The section 47 enquiry and the child protection conference."""

from typing import Any, Final

from models.commands import enquiry as commands
from models.commands.base import Command, Nothing
from models.events import Event
from models.vocabulary import Kind, Stage, State
from workflow.actions.act import Act, Step, Verb, in_
from workflow.errors import BadCommandError

_ENQUIRY = in_(State.SECTION_47)


def record_medical(act: Act, command: commands.RecordMedical) -> Step:
    """A medical opinion, an admission, or advice to seek treatment."""
    whose: dict[str, Any] = {"for": _person(act, command.patient)}
    return Step(
        (act.event(Kind.MEDICAL, what=command.what, finding=command.finding, planned=command.planned, **whose),)
    )


def _person(act: Act, who: str | None) -> str | None:
    if who is not None and who not in act.case.family.people:
        raise BadCommandError(f"Nobody called {who!r} is known here.", "`mash show` lists who is.")
    return who


def record_tool(act: Act, command: commands.RecordTool) -> Step:
    """A tool was used, with what it came to where it comes to anything."""
    given: dict[str, Any] = {"result": _result(command), "for": _person(act, command.assessed)}
    if command.what == "lived_experience" and not command.words.strip():
        raise BadCommandError("What is a day in this child's life like?", 'Say it in words: words="...".')
    return Step((act.event(Kind.TOOL, what=command.what, words=command.words or None, **given),))


_AREAS: Final = ("physical", "safety", "love", "esteem")
_TIERS: Final = ("universal", "additional", "significant")


def _result(command: commands.RecordTool) -> Any:
    """Read the result as its tool gives it; without one the tool was used, and no more is said."""
    said = command.result.strip()
    if not said:
        return True
    try:
        if command.what == "dash":
            return int(said)
        if command.what == "graded_care_profile":
            grades = dict(part.split(":") for part in said.replace(" ", "").split(","))
            return {area: int(grades[area]) for area in _AREAS}
    except (ValueError, KeyError):
        raise BadCommandError(
            f"{said!r} is no result of this tool.",
            "A DASH gives points, such as result=9; a profile result=physical:3,safety:2,love:3,esteem:3.",
        ) from None
    if command.what == "sudi" and said in _TIERS:
        return said
    raise BadCommandError(f"{said!r} is no result of this tool.", f"A sleep risk is {', '.join(_TIERS)}.")


def record_safety_plan(act: Act, command: commands.RecordSafetyPlan) -> Step:
    """Where the child sleeps, who is with it, and who checks."""
    return Step((act.event(Kind.SAFETY_PLAN, status=command.status, words=command.words),))


def record_order(act: Act, command: commands.RecordOrder) -> Step:
    """An order, made or at its end."""
    return Step((act.event(Kind.ORDER, what=command.what, status=command.status),))


def record_agency_decision(act: Act, command: commands.RecordAgencyDecision) -> Step:
    """What another agency decided on its own part."""
    return Step((act.event(Kind.AGENCY_DECISION, outcome=command.outcome, words=command.words),))


def second_sign(act: Act, _: Nothing) -> Step:
    """A manager outside the line agrees that no conference is needed."""
    return Step((act.event(Kind.SECOND_SIGNATURE),))


def views_on(act: Act, begun: Event | None) -> dict[str, str]:
    """Collect the newest view of each practitioner since what is judged began."""
    return {event.by: event.get("view") for event in act.case.since(begun, Kind.VIEW) if event.by}


_THEN: Final = {
    "conference": "confer",
    "assessment": "assess",
    "child_in_need": "support",
    "closure": "propose_closure",
}


def conclude_enquiry(act: Act, command: commands.ConcludeEnquiry) -> Step:
    """What the enquiry found. Anything but a conference needs a second signature from outside the line."""
    if (command.outcome == "conference") != (command.then == "conference"):
        raise BadCommandError(
            "A conference follows from the outcome 'conference', and only from it.",
            "Say outcome=conference then=conference, or choose another outcome and what follows.",
        )
    begun = act.case.last(Kind.STRATEGY_DISCUSSION)
    signed = [event.by for event in act.case.since(begun, Kind.SECOND_SIGNATURE)]
    found = act.event(
        Kind.SECTION47_OUTCOME,
        by=act.standing.owner,
        outcome=command.outcome,
        views=views_on(act, begun),
        medical_evidence=command.medical_evidence or None,
        manager=act.actor.id,
        second_signature=signed[-1] if signed else None,
        words=command.reason,
    )
    after: tuple[Event, ...] = ()
    if command.then == "assessment":
        after = (act.event(Kind.ASSESSMENT, by=act.standing.owner, status="started"),)
    elif command.then == "closure":
        after = (propose(act, command.reason),)
    return Step((found, *after), _THEN[command.then], reason=command.reason)


def propose(act: Act, words: str, reason_code: str = "no_further_action", *, by: str | None = None) -> Event:
    """Make the event that puts a case forward for closing, by whoever writes why, and with who holds it then.

    Neither of the two may sign it off.
    """
    holder = act.standing.owner
    return act.event(Kind.CLOSURE_PROPOSED, by=by, reason_code=reason_code, summary=True, words=words, holder=holder)


def hold_conference(act: Act, command: commands.HoldConference) -> Step:
    """An initial conference decides on a plan; a review keeps it, steps it to child in need, or leaves it."""
    act.known(*command.attended, *command.accounts)
    initial = command.which == "initial"
    where = State.CONFERENCE if initial else State.CHILD_PROTECTION
    if act.standing.state is not where:
        raise BadCommandError(
            f"A {command.which} conference is held while the referral stands at {where.label}.",
            f"It stands at {act.standing.state.label}.",
        )
    held = act.event(
        Kind.CONFERENCE,
        which=command.which,
        attended=list(command.attended),
        accounts=list(command.accounts) or None,
        outcome=command.outcome,
        category=command.category,
        words=command.reason,
    )
    moves = {"child_protection_plan": "protect", "child_in_need_plan": "support", "no_plan": "propose_closure"}
    if not initial:
        moves = {"child_in_need_plan": "support"}
    move = moves.get(command.outcome)
    if move is None and initial:
        raise BadCommandError("An initial conference ends with a plan or without one.", "Choose outcome= again.")
    if move is None and command.outcome != "continue":
        raise BadCommandError("A review keeps the plan or steps it down to child in need.", "Choose outcome= again.")
    ended: tuple[Event, ...] = ()
    if not initial and move == "support":
        ended = (act.event(Kind.PLAN, which="child_protection", status="ended"),)
    after = (propose(act, command.reason),) if move == "propose_closure" else ()
    return Step((held, *ended, *after), move, reason=command.reason)


def _verb(name: str, says: str, command: type[Command], step: Any, **more: Any) -> Verb:
    return Verb(name=name, stage=Stage.ENQUIRY, says=says, command=command, step=step, **more)


VERBS: Final = (
    _verb("record-medical", "Record a medical opinion.", commands.RecordMedical, record_medical),
    _verb("record-tool", "Record what a tool measured.", commands.RecordTool, record_tool),
    _verb("record-safety-plan", "Record how a child is kept safe.", commands.RecordSafetyPlan, record_safety_plan),
    _verb("record-order", "Record a court's order.", commands.RecordOrder, record_order),
    _verb(
        "record-agency-decision",
        "Record what another agency decided.",
        commands.RecordAgencyDecision,
        record_agency_decision,
    ),
    _verb("second-sign", "Sign second, from outside the line.", Nothing, second_sign, in_states=_ENQUIRY),
    _verb(
        "conclude-enquiry",
        "Record what the section 47 enquiry found.",
        commands.ConcludeEnquiry,
        conclude_enquiry,
        in_states=_ENQUIRY,
        suppose={"outcome": "not_substantiated", "then": "closure", "reason": "..."},
    ),
    _verb(
        "hold-conference",
        "Record a child protection conference.",
        commands.HoldConference,
        hold_conference,
        in_states=in_(State.CONFERENCE, State.CHILD_PROTECTION),
    ),
)
