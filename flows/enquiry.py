"""The section 47 enquiry and the conference: the fifteen days run, second signatures are asked for."""

from collections.abc import Sequence
from typing import Final

from prefect import flow

from flows.recording import stage_round
from models.vocabulary import Stage, State

STATES: Final = frozenset({State.SECTION_47, State.CONFERENCE})


@flow(name="enquiry", validate_parameters=False)
def enquiry(numbers: Sequence[int] = ()) -> dict[str, int]:
    """Look after these referrals, or after all in an enquiry or before a conference."""
    return stage_round(Stage.ENQUIRY, STATES, numbers)
