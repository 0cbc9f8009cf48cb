"""Clock of the stage closure."""

from typing import Final

from workflow.rule import Clock

CLOCKS: Final[tuple[Clock, ...]] = ()
