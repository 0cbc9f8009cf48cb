"""Gate of the stage closure."""

from typing import Final

from workflow.rule import Gate

GATES: Final[tuple[Gate, ...]] = ()
