"""Signal of the stage strategy."""

from typing import Final

from workflow.rule import Signal

SIGNALS: Final[tuple[Signal, ...]] = ()
