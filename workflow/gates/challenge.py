"""Gate of the stage challenge."""

from typing import Final

from workflow.rule import Gate

GATES: Final[tuple[Gate, ...]] = ()
