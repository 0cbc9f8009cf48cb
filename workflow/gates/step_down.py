"""Gate of the stage step_down."""

from typing import Final

from workflow.rule import Gate

GATES: Final[tuple[Gate, ...]] = ()
