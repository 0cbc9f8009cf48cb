"""What stands beside the form of an act that is worth more than its questions: the floor beside a grade, and the like.

An act has a template of its own where `templates/do/<verb>.html` is there; what it needs is given here.
"""

from collections.abc import Callable
from typing import Any, Final

from web.page import Page
from workflow.seen import CaseFile

Beside = Callable[[Page, CaseFile], dict[str, Any]]

_BESIDE: Final[dict[str, Beside]] = {}


def beside(verb: str, page: Page, file: CaseFile) -> dict[str, Any]:
    """Return what the form of an act is shown with."""
    return _BESIDE[verb](page, file) if verb in _BESIDE else {}
