"""What stands beside the forms on which a second person, or the manager on a rung of the ladder, says yes or no."""

from typing import Any

from models.facts import Case
from web.packet import Reader
from web.page import Page
from workflow import second_looks
from workflow.disputes import disputes
from workflow.seen import CaseFile


def grading(page: Page, file: CaseFile) -> dict[str, Any]:
    """Return the lower grade that waits, with what the facts hold it to."""
    lower = second_looks.lower_grade(_case(file))
    return {"lower": lower, "own": lower is not None and lower.by == page.actor.id, "read": Reader(file, "agree-grade")}


def enquiry(page: Page, file: CaseFile) -> dict[str, Any]:
    """Return what an enquiry has found, for the manager outside the line."""
    terms = page.product.engine.terms(page.now)
    found = second_looks.enquiry(_case(file), page.actor.id, file.seen.worker.account, terms)
    return {"packet": found, "read": Reader(file, "second-sign")}


def challenge(page: Page, file: CaseFile) -> dict[str, Any]:
    """Return both sides of the newest challenge, and what whoever reads may do about it."""
    open_ = disputes(_case(file), page.product.engine.terms(page.now))
    newest = open_[0] if open_ else None
    return {
        "dispute": newest,
        "others": len(open_) - 1,
        "raised_it": newest is not None and page.actor.id in newest.raised.who,
        "decided_it": newest is not None and newest.decided is not None and page.actor.id in newest.decided.who,
        "read": Reader(file, "settle-challenge"),
    }


def _case(file: CaseFile) -> Case:
    assert file.case is not None, "only the council's own are second"
    return file.case
