"""Clock of the stage challenge."""

from typing import Final

from workflow.rule import Clock

CLOCKS: Final[tuple[Clock, ...]] = ()
