"""Where somebody of an agency begins: what is asked of them, and what became of everything their agency referred."""

from typing import Any, Final

from fastapi import APIRouter
from fastapi.responses import Response

from config.policy import Policy
from models.vocabulary import Role, State
from notifications.templates import render
from web import evidence
from web.page import Looking, Page
from workflow import agency_read
from workflow.agency_read import Outcome
from workflow.agency_words import SOON, decided
from workflow.engine import SEES_EVERYTHING
from workflow.errors import NotFoundError
from workflow.post_read import messages_about
from workflow.seen import CaseFile, Decided

router = APIRouter()
MOST_PAGES: Final = 1000


@router.get("/agency")
def home(page: Looking) -> Response:
    """Show what is asked of somebody's agency, and its referrals: the open ones, or those that have ended."""
    for_an_agency(page)
    asked = page.request.query_params
    closed, number = asked.get("closed") == "1", asked.get("page", "")
    at = min(int(number), MOST_PAGES) if number.isascii() and number.isdigit() and len(number) < len("99999") else 1
    policy = page.product.engine.terms(page.now).policy
    with page.product.database.reading() as connection:
        waiting = agency_read.asked_of_us(connection, page.actor, policy)
        found = agency_read.agency_list(connection, page.actor, policy, page.now, closed=closed, page=at)
    return page.show(
        "agency/home.html",
        asked=waiting,
        found=found,
        closed=closed,
        soon=SOON,
        decided=_decided,
        hub_phone=hub_phone(policy),
    )


def for_an_agency(page: Page) -> None:
    """Say to the council's own that there is no such page: they have the case list."""
    if page.actor.role in SEES_EVERYTHING or page.actor.role is not Role.PARTNER:
        raise NotFoundError("There is no such page for you.", "The case list has the referrals that you may see.")


def hub_phone(policy: Policy) -> str:
    """Return the hub's own number, or where to find it: for whoever cannot reach a worker by theirs."""
    return policy.words("help_line.hub")[1]


def of_one(page: Page, file: CaseFile) -> dict[str, Any]:
    """Return what an agency's own page of one referral shows besides the referral as it may see it."""
    seen, site = file.seen, page.product.settings.site
    state = State(seen.state)
    meets = seen.next_date if state is State.STRATEGY_DISCUSSION else None
    with page.product.database.reading() as connection:
        way = agency_read.way_of(connection, seen.reference, state, meets)
        told = messages_about(connection, page.actor.id, seen.reference)
    said = tuple((one, render(one.template, one.args, site)) for one in told)
    return {
        "hub_phone": hub_phone(page.product.engine.terms(page.now).policy),
        "way": way,
        "soon": SOON,
        "decided": _decided,
        "told": tuple((one, words.subject.removeprefix(f"{seen.reference}: ")) for one, words in said),
        "outcomes": tuple(reversed(seen.outcomes)),
        "sent": evidence.of(page, file),
    }


def _decided(made: Outcome | Decided) -> str:
    return decided(made.verb, State(made.state if isinstance(made, Outcome) else made.now))
