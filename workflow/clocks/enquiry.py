"""Clock of the stage enquiry."""

from typing import Final

from workflow.rule import Clock

CLOCKS: Final[tuple[Clock, ...]] = ()
