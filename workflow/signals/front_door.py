"""Signal of the stage front_door."""

from typing import Final

from workflow.rule import Signal

SIGNALS: Final[tuple[Signal, ...]] = ()
