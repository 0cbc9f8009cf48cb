"""What a social worker's forms are shown with: visits counted from the record, a meeting with everybody asked to it."""

from typing import Any

from web.page import Page
from web.titles import title
from workflow.seen import CaseFile
from workflow.so_far import could_stand_for, meeting, visited


def visit(page: Page, file: CaseFile) -> dict[str, Any]:
    """What stands above a visit: when the child was last seen, and seen alone."""
    return {"so_far": visited(file.case) if file.case else None}


def assessment(page: Page, file: CaseFile) -> dict[str, Any]:
    """What stands beside an assessment: what the record counts already, and the family's history to read."""
    if file.case is None:
        return {"so_far": None}
    return {"so_far": visited(file.case), "earlier": file.case.episodes}


def strategy(page: Page, file: CaseFile) -> dict[str, Any]:
    """What a meeting's page is run with: who was asked, what each said, and whom the quorum still needs."""
    found = meeting(file.case) if file.case else None
    terms = page.product.engine.terms(page.now)
    return {
        "meeting": found,
        "quorum": could_stand_for(file.case, terms, found.invited) if file.case and found else {},
        "excuse": title("excuse"),
    }


def counted(file: CaseFile) -> dict[str, list[str]]:
    """Return what an assessment's form holds before anybody has typed: what the record counts."""
    if file.case is None:
        return {}
    so_far = visited(file.case)
    found = {"visits": [str(so_far.visits)], "unannounced_visits": [str(so_far.unannounced)]}
    return (
        found
        | ({"child_seen": ["yes"]} if so_far.seen else {})
        | ({"child_seen_alone": ["yes"]} if so_far.alone else {})
    )
