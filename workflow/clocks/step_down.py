"""Clock of the stage step_down."""

from typing import Final

from workflow.rule import Clock

CLOCKS: Final[tuple[Clock, ...]] = ()
