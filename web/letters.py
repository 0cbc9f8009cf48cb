"""Letters to the family, in plain English, to print: and where one is held back, why, and what to do instead."""

from fastapi import APIRouter
from fastapi.responses import Response

from models.vocabulary import State
from web.page import Looking
from web.tab import open_tab
from workflow import store
from workflow.family_letter import Sort, family_letter, sorts

router = APIRouter()


@router.get("/referrals/{reference}/letters")
def letters(page: Looking, reference: str) -> Response:
    """List the letters that fit where the case stands."""
    whole = open_tab(page, reference, "letters")
    state = State(whole.file.seen.state)
    fitting = [family_letter(whole.case, state, sort, whole.file.folk) for sort in sorts(whole.case, state)]
    return page.show("letters/list.html", file=whole.file, seen=whole.file.seen, tabs=(), letters=fitting)


@router.get("/referrals/{reference}/letters/{sort}")
def letter(page: Looking, reference: str, sort: str) -> Response:
    """Show one letter as it would be printed, or why it is held back."""
    whole = open_tab(page, reference, f"letter {sort}"[:40])
    state = State(whole.file.seen.state)
    if sort not in {one.value for one in sorts(whole.case, state)}:
        raise store.unknown(reference)
    span = whole.terms.policy.span("assessment")
    written = family_letter(whole.case, state, Sort(sort), whole.file.folk)
    return page.show("letters/letter.html", file=whole.file, seen=whole.file.seen, letter=written, span=span)
