"""What the tabs of a referral share: they are the council's, each look is logged, and each offers the acts of its kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from fastapi.responses import Response

from config.clock import LONDON
from models.events import Event
from models.facts import Case
from web.page import Page
from web.referral import open_file, show
from workflow import rulebook, store
from workflow.agenda import Deadline
from workflow.chronology_details import details
from workflow.chronology_sentences import headline
from workflow.engine import SEES_EVERYTHING
from workflow.options import Option
from workflow.rule import Terms
from workflow.seen import CaseFile

ACTS: Final[dict[str, tuple[str, ...]]] = {
    "people": ("add-person", "record-household", "spoke-to", "record-attempt", "involve", "end-involvement"),
    "concerns": ("add-concern", "review-evidence", "log-concern", "record-incident", "record-complaint"),
    "checks": ("ask", "check-history", "spoke-to", "record-police-check", "put-for-decision"),
    "meetings": (
        "call-strategy",
        "invite",
        "excuse",
        "send-account",
        "move-meeting",
        "hold-strategy",
        "decline-strategy",
        "hold-conference",
        "hold-meeting",
    ),
    "plan": (
        "start-plan",
        "change-plan",
        "record-visit",
        "record-outcome",
        "set-condition",
        "record-appointment",
        "record-attempt",
        "use-contingency",
        "record-agreement",
        "promise",
    ),
    "challenge": ("challenge", "climb-challenge", "settle-challenge", "withdraw-challenge"),
}
"""The acts that each tab offers, as far as this person may do them now."""
MANY: Final = 40
"""More lines than this are folded by year."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A referral with its whole case, and the policy it is judged by."""

    file: CaseFile
    case: Case
    terms: Terms


@dataclass(frozen=True, slots=True)
class Line:
    """One event of the record in words, for lists that need no more."""

    event: Event
    says: str
    more: str
    by: str


def open_tab(page: Page, reference: str, tab: str) -> Whole:
    """Open a referral for one of the council's own, and log the look. For anybody else there is no such page."""
    for_the_council(page, reference)
    return whole_of(page, open_file(page, reference, tab))


def for_the_council(page: Page, reference: str) -> None:
    """Say to anybody but the council's own that there is no such page."""
    if page.actor.role not in SEES_EVERYTHING:
        raise store.unknown(reference)


def whole_of(page: Page, file: CaseFile) -> Whole:
    """Return a file that was opened by one of the council's own, with the policy it is judged by."""
    assert file.case is not None
    return Whole(file, file.case, page.product.engine.terms(page.now))


def draw(page: Page, whole: Whole, tab: str, status: int = 200, **values: Any) -> Response:
    """Answer with a tab, and the acts it offers."""
    offered = options(whole.file, ACTS.get(tab, ()))
    answer = show(
        page, whole.file, f"referral/{tab}.html", tab, offered=offered, person=whole.file.names.person, **values
    )
    answer.status_code = status
    return answer


def options(file: CaseFile, verbs: Iterable[str]) -> tuple[Option, ...]:
    """Return what of these acts this person may do now, in this order."""
    may = {one.verb: one for one in file.seen.options}
    return tuple(may[verb] for verb in verbs if verb in may)


def due_here(file: CaseFile, tab: str) -> tuple[Deadline, ...]:
    """Return the clocks that an act of this tab would stop, what is due first at the top."""
    mends = {one.rule: rulebook.BY_ID[one.rule].mend for one in file.seen.clocks if one.rule in rulebook.BY_ID}
    verbs = [f"`{verb}`" for verb in ACTS.get(tab, ())]
    return tuple(one for one in file.seen.clocks if any(verb in mends.get(one.rule, "") for verb in verbs))


def lines(file: CaseFile, events: Iterable[Event]) -> list[Line]:
    """Say events in words, as the chronology does."""
    names = file.names
    return [
        Line(
            event,
            headline(event, names),
            " ".join(details(event, names)),
            names.person(event.by) if event.by else "not recorded",
        )
        for event in events
    ]


def by_year(found: Iterable[Line]) -> dict[int, list[Line]]:
    """Group lines by year, in the order in which they come."""
    years: dict[int, list[Line]] = {}
    for line in found:
        years.setdefault(line.event.at.astimezone(LONDON).year, []).append(line)
    return years
