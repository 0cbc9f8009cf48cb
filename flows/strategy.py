"""The strategy discussion: the referrer and the quorum are invited, told when it moves, and chased."""

from collections.abc import Sequence
from typing import Final

from prefect import flow

from flows.recording import stage_round
from models.vocabulary import Stage, State

STATES: Final = frozenset({State.STRATEGY_DISCUSSION})


@flow(name="strategy", validate_parameters=False)
def strategy(numbers: Sequence[int] = ()) -> dict[str, int]:
    """Look after these referrals, or after all that wait for a strategy discussion."""
    return stage_round(Stage.STRATEGY, STATES, numbers)
