"""The states and moves as a list and as a picture, drawn from the same table that decides."""

from dataclasses import dataclass

from models.vocabulary import State
from workflow.transitions import MOVES


@dataclass(frozen=True, slots=True)
class Move:
    """One way from one state to another. `back` is true where it only leads back to where the referral came from."""

    start: str
    move: str
    end: str
    back: bool = False


def moves() -> list[Move]:
    """Return every move, in the order of the states."""
    found = []
    for (start, move), target in MOVES.items():
        ends = sorted(target, key=list(State).index) if isinstance(target, frozenset) else [target]
        found += [Move(start.value, move, end.value, isinstance(target, frozenset)) for end in ends]
    return found


def mermaid() -> str:
    """Draw the states as a Mermaid diagram; dotted words mark the way back to where a referral came from."""
    lines = ["stateDiagram-v2", "    [*] --> received"]
    for one in moves():
        label = one.move.replace("_", " ")
        lines.append(f"    {one.start} --> {one.end}: {f'{label} (if it came from there)' if one.back else label}")
    return "\n".join([*lines, "    closed --> [*]"])
