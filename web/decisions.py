"""What waits for a manager's own decision, what is late first; each line leads straight to where it is decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from web.page import Looking, Page
from workflow import caseload
from workflow.caseload import ToDecide
from workflow.cover import MANAGES
from workflow.errors import NotPermittedError

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of decision: its heading, and the act by which it is decided, where one act does."""

    says: str
    verb: str = ""


SORTS: Final = {
    "closure": Sort("Closures to sign or return", "sign-off"),
    "decision": Sort("Outcomes to decide", "decide"),
    "challenge": Sort("Challenges to answer", "settle-challenge"),
    "grade": Sort("Lower grades to agree", "agree-grade"),
    "enquiry": Sort("Enquiries to sign second", "second-sign"),
    "allocate": Sort("Cases to give to a worker", "allocate"),
}
OTHERS: Final = Sort("What climbed to you")


@dataclass(frozen=True, slots=True)
class Group:
    """Everything of one sort, what is due first at the top."""

    sort: Sort
    waiting: tuple[ToDecide, ...]

    @property
    def first(self) -> float:
        """When the first of them is due, for putting what is late before what is not."""
        return _when(self.waiting[0].due)


@router.get("/decisions")
def decisions(page: Looking) -> Response:
    """Show everything that waits for this person."""
    managers_only(page)
    with page.product.database.reading() as connection:
        waiting = caseload.decisions_for(connection, page.actor, page.now)
    late = sum(one.due is not None and one.due < page.now for one in waiting)
    return page.show("decisions.html", groups=grouped(waiting), waiting=len(waiting), late=late)


def grouped(waiting: Iterable[ToDecide]) -> tuple[Group, ...]:
    """Put what waits into its groups, the group with what is due first at the top."""
    by_sort: dict[Sort, list[ToDecide]] = {}
    for one in sorted(waiting, key=lambda one: (_when(one.due), one.reference)):
        by_sort.setdefault(SORTS.get(one.kind, OTHERS), []).append(one)
    groups = (Group(sort, tuple(found)) for sort, found in by_sort.items())
    return tuple(sorted(groups, key=lambda group: group.first))


def managers_only(page: Page) -> None:
    """Refuse whoever manages nobody."""
    if page.actor.role not in MANAGES:
        raise NotPermittedError("This page is for managers.", "Your own work is under “Cases”.")


def _when(due: datetime | None) -> float:
    return due.timestamp() if due else float("inf")
