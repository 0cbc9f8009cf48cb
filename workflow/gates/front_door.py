"""Gate of the stage front_door."""

from typing import Final

from workflow.rule import Gate

GATES: Final[tuple[Gate, ...]] = ()
