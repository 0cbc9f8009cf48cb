"""One referral: who it is about, what must happen now, what may be done, and its tabs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter
from fastapi.responses import Response

from web.page import Looking, Page
from web.titles import title
from workflow import access
from workflow.options import Option
from workflow.seen import CaseFile
from workflow.verbs import VERBS

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of a referral."""

    name: str
    says: str


TABS: Final = (
    Tab("", "Now"),
    Tab("people", "People"),
    Tab("concerns", "Concerns"),
    Tab("checks", "Checks"),
    Tab("meetings", "Meetings"),
    Tab("plan", "Plan and visits"),
    Tab("chronology", "Chronology"),
    Tab("challenge", "Challenge"),
    Tab("history", "History"),
)
"""The tabs for the council's own; a referring agency sees one page, with its own part."""


@router.get("/referrals/{reference}")
def now(page: Looking, reference: str, done: str = "") -> Response:
    """Show what must happen now, and what this person may do."""
    file = open_file(page, reference, "show")
    template = "referral/now.html" if file.seen.whole else "referral/own.html"
    was_done = title(done) if done in VERBS else ""
    return show(page, file, template, "", was_done=was_done, groups=grouped(file.seen.options))


def open_file(page: Page, reference: str, what: str) -> CaseFile:
    """Open a referral for this person, and log the look."""
    return access.open_file(page.product.engine, reference, page.actor, page.now, what)


def show(page: Page, file: CaseFile, template: str, tab: str, **values: Any) -> Response:
    """Answer with one tab of a referral."""
    return page.show(template, file=file, seen=file.seen, tabs=TABS if file.seen.whole else (), tab=tab, **values)


@dataclass(frozen=True, slots=True)
class Group:
    """What may be done, of one sort."""

    says: str
    options: tuple[Option, ...]


def grouped(options: Iterable[Option]) -> tuple[Group, ...]:
    """Return what a person may do: what moves the referral on, what can be recorded, what is blocked and why."""
    kept = tuple(options)
    free = tuple(one for one in kept if not one.blocked)
    onward = tuple(one for one in free if one.leads_to)
    groups = (
        Group("Moves it on", onward),
        Group("Records something", tuple(one for one in free if not one.leads_to)),
        Group("Not yet, and why", tuple(one for one in kept if one.blocked)),
    )
    return tuple(group for group in groups if group.options)
