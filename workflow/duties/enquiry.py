"""Duty of the stage enquiry."""

from typing import Final

from workflow.rule import Duty

DUTIES: Final[tuple[Duty, ...]] = ()
