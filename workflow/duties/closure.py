"""Duty of the stage closure."""

from typing import Final

from workflow.rule import Duty

DUTIES: Final[tuple[Duty, ...]] = ()
