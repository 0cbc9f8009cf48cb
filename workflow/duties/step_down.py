"""Duty of the stage step_down."""

from typing import Final

from workflow.rule import Duty

DUTIES: Final[tuple[Duty, ...]] = ()
