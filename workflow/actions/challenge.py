"""Professional disagreement: anybody at work with the child may challenge a decision, and is answered rung by rung."""

from typing import Any, Final

from models.commands import challenge as commands
from models.commands.base import Command, Nothing
from models.events import Event
from models.vocabulary import Kind, Stage, State
from workflow.actions.act import Act, Step, Verb
from workflow.errors import BadCommandError
from workflow.questions import mark
from workflow.telling import untold

_DECISIONS: Final = (
    Kind.DECISION,
    Kind.STRATEGY_DISCUSSION,
    Kind.SECTION47_OUTCOME,
    Kind.CONFERENCE,
    Kind.ASSESSMENT,
    Kind.STEP_DOWN,
    Kind.CLOSURE_PROPOSED,
)


def _said(act: Act, with_: str, **more: Any) -> Event:
    # `with` is a word of Python's own, so it cannot be given by name.
    said: dict[str, Any] = {"with": with_, **more}
    return act.event(Kind.DISAGREEMENT, **said)


def _decisions(act: Act) -> list[Event]:
    """Return what has been decided, the newest last. That an assessment was begun is no decision of its own."""
    return [event for event in act.case.of(*_DECISIONS) if event.get("status") != "started"]


def _deciders(act: Act, raised: Event) -> set[str | None]:
    """Return who made the decision that a challenge is about, with whatever was decided in the same breath."""
    before = [event for event in _decisions(act) if event.index < raised.index]
    about = [event for event in before if event.kind == raised.get("with")][-1:]
    made = [event for event in before if about and event.at == about[0].at]
    return {who for event in made for who in (event.by, event.get("manager"))}


def challenge(act: Act, command: commands.Challenge) -> Step:
    """Disagree with the last decision. A proposed closure goes back until it is settled."""
    decisions = _decisions(act)
    if not decisions:
        raise BadCommandError("Nothing has been decided yet that could be challenged.")
    decided = decisions[-1]
    if any(event.get("with") == decided.kind.value for event in act.case.open_challenges):
        raise BadCommandError(
            "This decision is already being challenged.", "Add your own view with `give-view`, or climb a rung."
        )
    raised = _said(act, decided.kind.value, status="raised", stage=1, words=command.reason)
    return Step((raised,), "send_back" if act.standing.state is State.CLOSURE_PROPOSED else None, reason=command.reason)


def open_challenge(act: Act) -> Event:
    """Return the newest disagreement that nobody has settled."""
    if not act.case.open_challenges:
        raise BadCommandError("No challenge is open on this referral.")
    return act.case.open_challenges[-1]


def stage_of(act: Act, raised: Event) -> int:
    """Return the rung on which a disagreement stands."""
    rungs = [event for event in act.case.since(raised, Kind.DISAGREEMENT) if event.get("with") == raised.get("with")]
    return max([int(event.get("stage", 1)) for event in rungs], default=int(raised.get("stage", 1)))


def climb_challenge(act: Act, _: Nothing) -> Step:
    """Take the disagreement to the next rung of the ladder."""
    raised = open_challenge(act)
    rung = stage_of(act, raised) + 1
    ladder = act.terms.policy.words("challenge.ladder")
    if rung > len(ladder):
        raise BadCommandError("This challenge stands on the highest rung already.", "It must be settled there.")
    return Step((_said(act, raised.get("with"), status="escalated", stage=rung),))


def settle_challenge(act: Act, command: commands.SettleChallenge) -> Step:
    """Record how it ended, in words that both sides agree to."""
    raised = open_challenge(act)
    if raised.by == act.actor.id:
        raise BadCommandError("A challenge is settled with the other side.", "To drop it, use `withdraw-challenge`.")
    if command.outcome == "not_upheld" and act.actor.id in _deciders(act, raised):
        raise BadCommandError(
            "Whoever made a decision does not turn down the challenge to it.",
            "Another manager settles it, or it climbs with `climb-challenge`.",
        )
    settled = _said(act, raised.get("with"), status="resolved", outcome=command.outcome, words=command.statement)
    return Step((settled,), reason=command.statement)


def withdraw_challenge(act: Act, _: Nothing) -> Step:
    """Whoever raised it drops it, also where somebody else has raised another since."""
    open_challenge(act)
    own = [event for event in act.case.open_challenges if event.by == act.actor.id]
    if not own:
        raise BadCommandError("Only the person who raised a challenge can withdraw it.")
    return Step((_said(act, own[-1].get("with"), status="withdrawn"),))


def tell(act: Act, command: commands.Tell) -> Step:
    """A message that had to arrive has been sent, or has come back. Said by the system, when the post knows it."""
    return Step((act.event(Kind.TOLD, of=command.of, who=command.who, came_back=command.came_back or None),))


def record_told(act: Act, command: commands.RecordTold) -> Step:
    """A person has told a referrer of everything that had not reached them."""
    act.known(command.who)
    told = tuple(
        act.event(Kind.TOLD, of=mark(outcome), who=command.who, words=command.words)
        for outcome, to in untold(act.case)
        if command.who in to
    )
    if not told:
        raise BadCommandError(
            f"There is nothing that {command.who} has not been told.", "`mash show` lists the outcomes."
        )
    return Step(told)


def _verb(name: str, says: str, command: type[Command], step: Any, **more: Any) -> Verb:
    return Verb(name=name, stage=Stage.CHALLENGE, says=says, command=command, step=step, **more)


VERBS: Final = (
    _verb("challenge", "Disagree with the last decision.", commands.Challenge, challenge),
    _verb("climb-challenge", "Take the disagreement up a rung.", Nothing, climb_challenge),
    _verb("settle-challenge", "Record how it was settled.", commands.SettleChallenge, settle_challenge),
    _verb("withdraw-challenge", "Drop your own challenge.", Nothing, withdraw_challenge),
    _verb(
        "record-told",
        "Record that you told a referrer yourself.",
        commands.RecordTold,
        record_told,
        in_states=frozenset(State),
    ),
    _verb("tell", "Record that the referrer was told.", commands.Tell, tell, in_states=frozenset(State)),
)
