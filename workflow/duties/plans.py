"""Duty of the stage plans."""

from typing import Final

from workflow.rule import Duty

DUTIES: Final[tuple[Duty, ...]] = ()
