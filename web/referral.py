"""One referral: who it is about, what must happen now, what may be done, and its tabs."""

from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter
from fastapi.responses import Response

from models.vocabulary import Stage
from web import agency
from web.page import Looking, Page
from web.titles import title
from workflow import access
from workflow.options import Option
from workflow.seen import CaseFile, Seen
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
    was_done = title(done) if done in VERBS else ""
    given = {"was_done": was_done, "groups": grouped(file.seen)}
    if file.seen.whole:
        return show(page, file, "referral/now.html", "", **given)
    return show(page, file, "agency/one.html", "", **given, **agency.of_one(page, file))


def open_file(page: Page, reference: str, what: str) -> CaseFile:
    """Open a referral for this person, and log the look."""
    return access.open_file(page.product.engine, reference, page.actor, page.now, what)


def show(page: Page, file: CaseFile, template: str, tab: str, **values: Any) -> Response:
    """Answer with one tab of a referral."""
    return page.show(template, file=file, seen=file.seen, tabs=TABS if file.seen.whole else (), tab=tab, **values)


@dataclass(frozen=True, slots=True)
class Group:
    """What may be done, of one sort. One that is `folded` is opened by whoever looks for it."""

    says: str
    options: tuple[Option, ...]
    folded: bool = False


_OFTEN: Final = frozenset(
    {"record-visit", "record-attempt", "spoke-to", "add-concern", "give-view", "challenge", "reply"}
)
"""What is recorded every day, whatever the referral asks for."""


def grouped(seen: Seen) -> tuple[Group, ...]:
    """Return what a person may do: what moves the referral on, what it asks for, all else, and what is blocked and why."""
    wanted = {line.act.partition(" (")[0].replace(" ", "-") for line in seen.agenda.now} | _OFTEN
    # What is done every day stays where it is, though a rule may have something to say to it.
    free = tuple(one for one in seen.options if not one.blocked or one.verb in _OFTEN)
    here = tuple(one for one in free if not one.leads_to)
    groups = (
        Group("Moves it on", tuple(one for one in free if one.leads_to)),
        Group("Record", tuple(one for one in here if one.verb in wanted)),
        *(
            Group(says, tuple(one for one in here if one.verb not in wanted and VERBS[one.verb].stage in stages), True)
            for says, stages in _TOPICS
        ),
        Group("Not yet, and why", tuple(one for one in seen.options if one not in free), True),
    )
    return tuple(group for group in groups if group.options)


_TOPICS: Final = (
    ("People, checks and concerns", {Stage.FRONT_DOOR}),
    ("Meetings and enquiry", {Stage.STRATEGY, Stage.ENQUIRY}),
    ("Visits and plan", {Stage.PLANS}),
    ("Early help, closing and disagreement", {Stage.STEP_DOWN, Stage.CLOSURE, Stage.CHALLENGE}),
)
