"""The machine and its compiled table: every state, every move, every place a referral can have come from."""

from itertools import product
from pathlib import Path

import pytest
from statemachine.exceptions import TransitionNotAllowed

from models.vocabulary import State
from workflow import compiled, transitions
from workflow.machine import Referral

MOVES = sorted({move for _, move in transitions.MOVES})
ORIGINS = [None, *State]


def by_class(state: State, move: str, origin: State | None) -> State | None:
    """Ask the machine itself: where does the move lead, if anywhere?"""
    machine = Referral(start_value=state)
    try:
        machine.send(move, came_from=origin)
    except TransitionNotAllowed:
        return None
    return State(machine.current_state_value)


def by_table(state: State, move: str, origin: State | None) -> State | None:
    """Ask the compiled table the same."""
    target = transitions.MOVES.get((state, move))
    if isinstance(target, frozenset):
        return origin if origin in target else None
    return target


@pytest.mark.parametrize("state", list(State), ids=str)
def test_the_table_decides_as_the_machine_does_in_every_case(state: State) -> None:
    asked = list(product(MOVES, ORIGINS))
    table = {(move, origin): by_table(state, move, origin) for move, origin in asked}
    # One machine per case, as the library wants it; where the origin plays no part once is enough.
    for move, origin in asked:
        if origin is not None and not isinstance(transitions.MOVES.get((state, move)), frozenset):
            assert table[move, origin] == table[move, None]
            continue
        assert table[move, origin] == by_class(state, move, origin), (state, move, origin)


def test_every_state_but_the_first_can_be_reached_and_only_closed_is_final() -> None:
    reached = {State.RECEIVED}
    for _ in State:
        for (state, _move), target in transitions.MOVES.items():
            if state in reached:
                reached |= target if isinstance(target, frozenset) else {target}

    assert reached == set(State)
    assert {state for state in State if not any(key[0] is state for key in transitions.MOVES)} == {State.CLOSED}


def test_a_strategy_discussion_can_be_called_from_every_open_state() -> None:
    callable_from = {state for state, move in transitions.MOVES if move == "call_strategy"}

    assert callable_from == set(State) - {State.STRATEGY_DISCUSSION, State.CLOSED}


def test_closed_is_reached_by_signing_off_and_by_nothing_else() -> None:
    leading = {key for key, target in transitions.MOVES.items() if target is State.CLOSED}

    assert leading == {(State.CLOSURE_PROPOSED, "sign_off")}


def test_no_move_but_acceptance_leads_from_an_offer_to_early_help_towards_closing() -> None:
    offered = (State.EARLY_HELP_OFFERED, State.STEP_DOWN_OFFERED)
    leading = {
        move
        for (state, move), target in transitions.MOVES.items()
        if state in offered and target is State.CLOSURE_PROPOSED
    }

    assert leading == {"take_over"}


def test_the_compiled_table_is_what_the_machine_would_write_today() -> None:
    written = Path(str(transitions.__file__)).read_text(encoding="utf-8")

    assert "".join(written.split()).replace(",}", "}").replace(",)", ")") == "".join(compiled.source().split()).replace(
        ",}", "}"
    ).replace(",)", ")")
