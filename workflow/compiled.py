"""How the table in `workflow.transitions` is made from the machine: read out, and written as Python.

Run as `python -m workflow.compiled`; a test compares what it would write with what is there.
"""

from pathlib import Path

from models.vocabulary import State
from workflow.machine import Referral

HEAD = '''"""GENERATED from `workflow.machine` by `python -m workflow.compiled`. What decides at run time: a dictionary.

The value is where the move leads, or for a guarded move the places it may lead back to: the one it came from.
"""

from typing import Final

from models.vocabulary import State

MOVES: Final[dict[tuple[State, str], State | frozenset[State]]] = {
'''


def table() -> dict[tuple[State, str], State | frozenset[State]]:
    """Read every move out of the machine."""
    moves: dict[tuple[State, str], State | frozenset[State]] = {}
    for place in Referral.states:
        for transition in place.transitions:
            key = (place.value, transition.event)
            if not list(transition.cond):
                moves[key] = transition.target.value
            else:
                back = moves.get(key, frozenset())
                moves[key] = (back if isinstance(back, frozenset) else frozenset({back})) | {transition.target.value}
    return moves


def source() -> str:
    """Write the table as a Python module."""
    lines = []
    for (place, move), target in sorted(table().items(), key=lambda item: (list(State).index(item[0][0]), item[0][1])):
        if isinstance(target, frozenset):
            back = ", ".join(f"State.{state.name}" for state in State if state in target)
            lines.append(f'    (State.{place.name}, "{move}"): frozenset(\n        {{{back}}}\n    ),\n')
        else:
            lines.append(f'    (State.{place.name}, "{move}"): State.{target.name},\n')
    return HEAD + "".join(lines) + "}\n"


if __name__ == "__main__":
    Path(__file__).with_name("transitions.py").write_text(source(), encoding="utf-8")
