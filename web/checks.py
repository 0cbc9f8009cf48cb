"""The checks of a referral: which agency was asked what, who answered, who is late, and where history was looked for."""

from fastapi import APIRouter
from fastapi.responses import Response

from models.vocabulary import Kind
from web.page import Looking
from web.tab import by_year, draw, lines, open_tab
from workflow.checks_read import checks as asked
from workflow.checks_read import searched, unasked
from workflow.household_read import heard
from workflow.questions import current

router = APIRouter()


@router.get("/referrals/{reference}/checks")
def checks(page: Looking, reference: str) -> Response:
    """Show what was asked and answered in this referral, and fold away earlier ones."""
    whole = open_tab(page, reference, "checks")
    found = asked(whole.case, whole.terms)
    ours = set(map(id, current(whole.case, Kind.CHECK, Kind.HISTORY_CHECKED)))
    earlier = [one for one in reversed(whole.case.of(Kind.CHECK, Kind.HISTORY_CHECKED)) if id(one) not in ours]
    return draw(
        page,
        whole,
        "checks",
        checks=found,
        out=[one for one in found if one.answer is None],
        unasked=lines(whole.file, unasked(whole.case)),
        searched=searched(whole.case),
        heard=heard(whole.case),
        before=by_year(lines(whole.file, earlier)),
    )
