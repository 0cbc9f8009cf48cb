"""Clock of the stage strategy."""

from typing import Final

from workflow.rule import Clock

CLOCKS: Final[tuple[Clock, ...]] = ()
