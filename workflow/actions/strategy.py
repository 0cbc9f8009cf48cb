"""The strategy discussion: called, prepared, held. From every open state one can be called."""

from datetime import datetime, timedelta
from typing import Any, Final

from config.clock import LONDON
from models.commands import strategy as commands
from models.commands.base import Command
from models.events import Event
from models.vocabulary import Grade, Kind, Stage, State
from workflow.actions.act import OPEN, Act, Step, Verb, in_, last_event
from workflow.actions.enquiry import propose
from workflow.errors import BadCommandError
from workflow.transitions import MOVES

_HERE = in_(State.STRATEGY_DISCUSSION)
_NO_MEETING = "No strategy discussion has been called."


def call(act: Act, at: datetime, minutes: int) -> tuple[Event, ...]:
    """Make the events of a discussion being called: the meeting, and red at this instant if it was not red."""
    moment = aware(act, at)
    called = act.event(Kind.STRATEGY_DISCUSSION, requested=True, starts=moment.isoformat(), minutes=minutes, sequence=0)
    if act.case.grade == Grade.RED.code:
        return (called,)
    return (called, act.event(Kind.GRADE, grade=Grade.RED.code, reason=True, words="a strategy discussion was called"))


def aware(act: Act, at: datetime) -> datetime:
    """Read a time without a zone as the hub's own, and refuse one that is past."""
    moment = at if at.tzinfo else at.replace(tzinfo=LONDON)
    if moment < act.now - timedelta(days=1):
        raise BadCommandError(f"{at:%d %B %Y at %H:%M} is past.", "Give the time at which it will be held.")
    return moment


def call_strategy(act: Act, command: commands.CallStrategy) -> Step:
    """Call a discussion. The referral turns red, and the flows invite the referrer and the quorum."""
    return Step(call(act, command.at, command.minutes), "call_strategy", reason=command.reason)


def current_meeting(act: Act) -> Event:
    """Return the meeting as last called or moved."""
    return last_event(act.case, Kind.STRATEGY_DISCUSSION, missing=_NO_MEETING)


def move_meeting(act: Act, command: commands.MoveMeeting) -> Step:
    """Hold the meeting at another time: everybody invited gets an update of the same invitation."""
    meeting = current_meeting(act)
    event = act.event(
        Kind.STRATEGY_DISCUSSION,
        requested=True,
        starts=aware(act, command.at).isoformat(),
        minutes=command.minutes,
        sequence=meeting.get("sequence", 0) + 1,
        moved=True,
    )
    return Step((event,))


def called(act: Act) -> Event:
    """Return the call to the present meeting: what was said since then belongs to it."""
    calls = [
        event for event in act.case.of(Kind.STRATEGY_DISCUSSION) if event.get("requested") and not event.get("moved")
    ]
    if not calls:
        raise BadCommandError(_NO_MEETING)
    return calls[-1]


def invite(act: Act, command: commands.Invite) -> Step:
    """Invite people. The engine invites the referrer and the quorum by itself."""
    act.here(*command.who)
    return Step((act.event(Kind.INVITED, who=command.who),))


def send_account(act: Act, command: commands.SendAccount) -> Step:
    """A written account, from somebody who cannot be in the room."""
    return Step((act.event(Kind.ACCOUNT, words=command.words),))


def excuse(act: Act, command: commands.Excuse) -> Step:
    """Go ahead without somebody, because waiting would breach the timescale."""
    act.known(command.who)
    codes = act.terms.policy.words("strategy.excuse_codes")
    if command.code not in codes:
        raise BadCommandError(
            f"{command.code} excuses nobody from a strategy discussion.", f"Only this does: {', '.join(codes)}."
        )
    return Step((act.event(Kind.EXCUSED, who=command.who, code=command.code, words=command.reason),))


def hold_strategy(act: Act, command: commands.HoldStrategy) -> Step:
    """Record who was there, who wrote, who was excused, and what was decided and why."""
    act.known(*command.attended)
    since = called(act)
    invited = [who for event in act.case.since(since, Kind.INVITED) for who in event.codes("who")]
    excused = {event.get("who"): event.get("code") for event in act.case.since(since, Kind.EXCUSED)}
    held = act.event(
        Kind.STRATEGY_DISCUSSION,
        invited=list(dict.fromkeys(invited)),
        attended=list(command.attended),
        accounts=[event.by for event in act.case.since(since, Kind.ACCOUNT)],
        excused=excused,
        decision=command.decision,
        rationale=True,
        offence_considered=command.offence_considered or None,
        interim_safety_plan=command.interim_safety_plan or None,
        words=command.rationale,
    )
    return Step((held, *_follows(act, command)), _move(act, command.decision), reason=command.rationale)


def decline_strategy(act: Act, command: commands.DeclineStrategy) -> Step:
    """To leave one out is a decision too, with its reasons on record."""
    event = act.event(Kind.STRATEGY_DISCUSSION, held=False, rationale=True, words=command.rationale)
    return Step((event,), reason=command.rationale)


def _move(act: Act, decision: str) -> str:
    if decision.startswith("section47"):
        return "open_enquiry"
    if decision == "assessment":
        return "assess"
    back = MOVES[State.STRATEGY_DISCUSSION, "resume"]
    came_from = act.standing.came_from
    return "resume" if isinstance(back, frozenset) and came_from in back else "propose_closure"


def _follows(act: Act, command: commands.HoldStrategy) -> tuple[Event, ...]:
    if command.decision == "assessment":
        return (act.event(Kind.ASSESSMENT, status="started"),)
    if _move(act, command.decision) == "propose_closure":
        return (propose(act, command.rationale),)
    return ()


def _verb(name: str, says: str, command: type[Command], step: Any, **more: Any) -> Verb:
    return Verb(name=name, stage=Stage.STRATEGY, says=says, command=command, step=step, **more)


VERBS: Final = (
    _verb("call-strategy", "Call a strategy discussion.", commands.CallStrategy, call_strategy),
    _verb("move-meeting", "Hold it at another time.", commands.MoveMeeting, move_meeting, in_states=_HERE),
    _verb("invite", "Invite people to it.", commands.Invite, invite, in_states=_HERE),
    _verb("send-account", "Send a written account to it.", commands.SendAccount, send_account, in_states=_HERE),
    _verb("excuse", "Go ahead without somebody, for a coded reason.", commands.Excuse, excuse, in_states=_HERE),
    _verb(
        "hold-strategy",
        "Record its outcome.",
        commands.HoldStrategy,
        hold_strategy,
        in_states=_HERE,
        suppose={"attended": [], "decision": "section47_joint", "rationale": "..."},
    ),
    _verb(
        "decline-strategy",
        "Record why no strategy discussion is held.",
        commands.DeclineStrategy,
        decline_strategy,
        in_states=OPEN - _HERE,
    ),
)
