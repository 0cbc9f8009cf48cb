"""Closing: put forward, seen by everybody involved, returned or signed off on evidence."""

from typing import Any, Final

from models.commands import closure as commands
from models.commands.base import Command, Nothing
from models.vocabulary import Kind, Stage, State, View
from workflow.actions.act import Act, Step, Verb, in_, last_event
from workflow.actions.enquiry import propose
from workflow.errors import BadCommandError

_PROPOSED = in_(State.CLOSURE_PROPOSED)
_NOT_PROPOSED = "Nothing has been put forward for closing."


def propose_closure(act: Act, command: commands.ProposeClosure) -> Step:
    """Put the case forward with its summary. Said again, it gives a better summary and asks the views anew."""
    event = propose(act, command.summary, command.reason_code)
    return Step((event,), None if act.standing.state in _PROPOSED else "propose_closure", reason=command.summary)


def give_view(act: Act, command: commands.GiveView) -> Step:
    """What an agency thinks: agree, disagree, or no view. Silence is none of these."""
    if command.view is View.DISAGREE and not command.reason.strip():
        raise BadCommandError("Why do you disagree?", 'Say it in a sentence: reason="...".')
    return Step((act.event(Kind.VIEW, view=command.view.value, words=command.reason or None),))


def return_closure(act: Act, command: commands.ReturnClosure) -> Step:
    """Send it back to where it came from, with the reason."""
    return Step((act.event(Kind.CLOSURE_RETURNED, words=command.reason),), "send_back", reason=command.reason)


def outcomes_evidenced(act: Act) -> bool:
    """Tell whether every outcome of every plan of the episode was met, with evidence. No plan, nothing to show."""
    wanted = {
        outcome["id"]
        for event in act.case.now_of(Kind.PLAN)
        if event.get("status") == "started"
        for outcome in event.codes("outcomes")
    }
    newest = {event.id: event for event in act.case.now_of(Kind.OUTCOME)}
    return all(
        name in newest and newest[name].get("status") == "met" and newest[name].get("evidence") for name in wanted
    )


def sign_off(act: Act, _: Nothing) -> Step:
    """A manager who neither wrote nor holds the case signs it off, on the evidence packet as it stands."""
    proposed = last_event(act.case, Kind.CLOSURE_PROPOSED, missing=_NOT_PROPOSED)
    closed = act.event(
        Kind.CLOSURE,
        by=proposed.by,
        manager=act.actor.id,
        holder=act.standing.owner,
        reason_code=proposed.get("reason_code"),
        views={who: view.value for who, view in act.case.views.items()},
        summary=proposed.get("summary"),
        outcomes_evidenced=outcomes_evidenced(act),
    )
    return Step((closed,), "sign_off", reason="signed off on the evidence packet")


def _verb(name: str, says: str, command: type[Command], step: Any, **more: Any) -> Verb:
    return Verb(name=name, stage=Stage.CLOSURE, says=says, command=command, step=step, **more)


VERBS: Final = (
    _verb(
        "propose-closure",
        "Put the case forward for closing, with its summary.",
        commands.ProposeClosure,
        propose_closure,
        in_states=in_(State.CHILD_IN_NEED, State.CLOSURE_PROPOSED),
        suppose={"reason_code": "needs_met", "summary": "..."},
    ),
    _verb("give-view", "Say what you think: agree, disagree, none.", commands.GiveView, give_view),
    _verb("return-closure", "Send a proposed closure back.", commands.ReturnClosure, return_closure),
    _verb("sign-off", "Sign the closure off, as an independent manager.", Nothing, sign_off),
)
