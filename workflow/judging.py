"""Judging a step: where it leads by the compiled table, and what the gates find missing."""

from collections.abc import Iterator, Mapping
from typing import Any

from config.policy import Effect
from models.events import Event
from models.facts import Case
from models.vocabulary import State
from workflow import rulebook
from workflow.actions.act import Act, Step, Verb
from workflow.errors import OutOfTurnError, Refusal
from workflow.reckoned import said
from workflow.rule import Finding, Gate, Terms
from workflow.transitions import MOVES


def lead(act: Act, verb: Verb, step: Step) -> State:
    """Return where a step leads by the compiled table, or say that it is out of turn."""
    if step.move is None:
        return act.standing.state
    target = MOVES.get((act.standing.state, step.move))
    if isinstance(target, frozenset):
        if act.standing.came_from in target:
            return act.standing.came_from
        target = None
    if target is None:
        raise out_of_turn(verb.name, act.standing.reference, act.standing.state)
    return target


def came_from(row: Mapping[str, Any], was: State, target: State) -> str | None:
    """Return what to remember as the place a referral was put forward from.

    A closure can always be sent back: one that a discussion at the door led to goes back to the manager's decision.
    """
    passing = {State.CLOSURE_PROPOSED, State.STRATEGY_DISCUSSION}
    if target in passing and was is not target:
        keep = was in passing or was is State.DEFERRED
        place = State(row["came_from"]) if keep and row["came_from"] else was
        back = MOVES[State.CLOSURE_PROPOSED, "send_back"]
        stuck = target is State.CLOSURE_PROPOSED and isinstance(back, frozenset) and place not in back
        return State.AWAITING_DECISION.value if stuck else place.value
    return None if row["came_from"] is None else str(row["came_from"])


def out_of_turn(verb: str, reference: str, state: State) -> OutOfTurnError:
    """Say that this cannot be done where the referral stands."""
    advice = f"`mash show {reference}` lists what can be done now."
    if state is State.CLOSED:
        advice = "A closed referral stays closed: a new concern opens a new one with `mash refer`."
    return OutOfTurnError(f"{reference} stands at {state.label}: {verb.replace('-', ' ')} has no place there.", advice)


def findings(case: Case, event: Event, terms: Terms) -> Iterator[tuple[Gate, Finding, Effect]]:
    """Yield what every gate finds missing for one event, with the effect that the policy gives the rule."""
    for gate in rulebook.GATES:
        if event.kind not in gate.on or event.at.date() < gate.since:
            continue
        effect = terms.policy.effect(gate.id, gate.effect)
        if effect is Effect.OFF:
            continue
        for finding in gate.judge(case, event, terms):
            yield gate, finding, Effect.WARN if finding.light else effect


def refusal(gate: Gate, finding: Finding, reference: str) -> Refusal:
    """Write a finding as a refusal that a person can act on."""
    counted = said(finding.reckoned)
    return Refusal(gate.id, gate.says, finding.missing, gate.mend, gate.source, f"mash show {reference}", counted)
