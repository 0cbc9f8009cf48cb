"""Gate of the stage enquiry."""

from typing import Final

from workflow.rule import Gate

GATES: Final[tuple[Gate, ...]] = ()
