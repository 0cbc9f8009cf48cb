"""Assessments and plans: core groups, meetings and reviews come round, and nobody goes unseen."""

from collections.abc import Sequence
from typing import Final

from prefect import flow

from flows.recording import stage_round
from models.vocabulary import Stage, State

STATES: Final = frozenset({State.ASSESSMENT, State.CHILD_IN_NEED, State.CHILD_PROTECTION})


@flow(name="plans", validate_parameters=False)
def plans(numbers: Sequence[int] = ()) -> dict[str, int]:
    """Look after these referrals, or after all in an assessment or on a plan."""
    return stage_round(Stage.PLANS, STATES, numbers)
