"""The closure: everybody at work with the child is asked, asked again, and a manager hears when it is ready."""

from collections.abc import Sequence
from typing import Final

from prefect import flow

from flows.recording import stage_round
from models.vocabulary import Stage, State

STATES: Final = frozenset({State.CLOSURE_PROPOSED})


@flow(name="closure", validate_parameters=False)
def closure(numbers: Sequence[int] = ()) -> dict[str, int]:
    """Look after these referrals, or after all whose closure is proposed."""
    return stage_round(Stage.CLOSURE, STATES, numbers)
