"""Finding a referral by what somebody happens to know. What is asked for is posted, and so is in no address and no log."""

import re
from datetime import date
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from web.page import Form, Looking, Page, Sending
from web.posted import Posted
from workflow.asked_for import SearchFor
from workflow.engine import SEES_EVERYTHING
from workflow.errors import NotPermittedError
from workflow.permissions import may
from workflow.search import MOST, Found, search

router = APIRouter()
_REFERENCE: Final = re.compile(r"m0*\d{1,12}", re.IGNORECASE)
NO_DAY: Final = "Date of birth: write a day, such as 31 March 2026"
NOTHING: Final = "Write what you know: a name, a date of birth, an address, an NHS number or a reference"


@router.get("/search")
def ask(page: Looking) -> Response:
    """Ask what is known. What was asked as the session ended is there to be sent again, once."""
    _may_search(page)
    kept = page.kept()
    if kept is None:
        return _show(page, "", "")
    page.drop()
    typed = Posted(kept.values)
    return _show(page, typed.one("text"), typed.one("born"))


@router.post("/search")
def found(page: Sending, posted: Form) -> Response:
    """Show what fits, and by what it was found. Who writes a reference and nothing else is taken there."""
    _may_search(page)
    text, written = posted.one("text"), posted.one("born")
    born = _day(written)
    if (written and born is None) or not (text or written):
        errors = {"born": NO_DAY} if written else {"text": NOTHING}
        return _show(page, text, written, errors=errors)
    hits = search(page.product.database, page.actor, SearchFor(text, born), page.now)
    if len(hits) == 1 and born is None and _REFERENCE.fullmatch(text):
        return page.go(f"/referrals/{hits[0].reference}")
    return _show(page, text, written, hits=hits)


def _show(
    page: Page, text: str, born: str, *, errors: dict[str, str] | None = None, hits: tuple[Found, ...] | None = None
) -> Response:
    values = {"text": text, "born": born, "found": hits, "errors": errors or {}}
    return page.show("search.html", 400 if errors else 200, **values, most=MOST, refers=may(page.actor.role, "refer"))


def _may_search(page: Page) -> None:
    if page.actor.role not in SEES_EVERYTHING:
        raise NotPermittedError("Searching is for the hub and social care.", "Your own referrals are in your list.")


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
