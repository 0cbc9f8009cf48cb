"""Duty of the stage strategy."""

from typing import Final

from workflow.rule import Duty

DUTIES: Final[tuple[Duty, ...]] = ()
