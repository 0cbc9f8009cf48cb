"""The front door: referrers get their receipt and their outcome, checks are answered, what was put off wakes."""

from collections.abc import Sequence
from typing import Final

from prefect import flow

from flows.recording import stage_round
from models.vocabulary import Stage, State

STATES: Final = frozenset(
    {State.RECEIVED, State.TRIAGE, State.INFORMATION_GATHERING, State.AWAITING_DECISION, State.DEFERRED}
)


@flow(name="front-door", validate_parameters=False)
def front_door(numbers: Sequence[int] = ()) -> dict[str, int]:
    """Look after these referrals, or after all that stand at the front door."""
    return stage_round(Stage.FRONT_DOOR, STATES, numbers)
