"""What stands beside the form of an act that is worth more than its questions: the floor beside a grade, and the like.

An act has a template of its own where `templates/do/<verb>.html` is there; what it needs is given here.
"""

from collections.abc import Callable
from typing import Any, Final

from web import allocating, casework, deciding, evidence, grading, packet, second_looks
from web.page import Page
from workflow.seen import CaseFile

Beside = Callable[[Page, CaseFile], dict[str, Any]]

_BESIDE: Final[dict[str, Beside]] = {
    "decide": deciding.decision,
    "grade": grading.grade,
    "record-visit": casework.visit,
    "complete-assessment": casework.assessment,
    "hold-strategy": casework.strategy,
    "allocate": allocating.allocating,
    "sign-off": packet.signing,
    "return-closure": packet.signing,
    "propose-closure": packet.proposing,
    "offer-step-down": packet.stepping_down,
    "agree-grade": second_looks.grading,
    "second-sign": second_looks.enquiry,
    "settle-challenge": second_looks.challenge,
    "review-evidence": evidence.reviewing,
}
Prefilled = Callable[[CaseFile], dict[str, list[str]]]
_PREFILLED: Final[dict[str, Prefilled]] = {"complete-assessment": casework.counted}


def beside(verb: str, page: Page, file: CaseFile) -> dict[str, Any]:
    """Return what the form of an act is shown with."""
    return _BESIDE[verb](page, file) if verb in _BESIDE else {}


def prefilled(verb: str, file: CaseFile) -> dict[str, list[str]]:
    """Return what the case itself puts into a form before anybody has typed."""
    return _PREFILLED[verb](file) if verb in _PREFILLED else {}
