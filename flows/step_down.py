"""Early help and step-down: the offer arrives, silence climbs, a refusal goes back to whoever decided."""

from collections.abc import Sequence
from typing import Final

from prefect import flow

from flows.recording import stage_round
from models.vocabulary import Stage, State

STATES: Final = frozenset({State.EARLY_HELP_OFFERED, State.STEP_DOWN_OFFERED})


@flow(name="step-down", validate_parameters=False)
def step_down(numbers: Sequence[int] = ()) -> dict[str, int]:
    """Look after these referrals, or after all that are offered to early help."""
    return stage_round(Stage.STEP_DOWN, STATES, numbers)
