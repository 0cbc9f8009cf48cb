"""The plan of a referral, its promises, and the visits and appointments by which anybody saw the child."""

from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from config.clock import LONDON
from models.vocabulary import Kind
from web.page import Looking
from web.tab import by_year, draw, lines, open_tab
from web.visit_strip import HIGH, LINE, WIDE, strip
from workflow.plan_read import agreements, kept
from workflow.plan_read import plan as read
from workflow.questions import current
from workflow.visits_read import attendance, sight, visits

router = APIRouter()

RESULTS: Final = {
    "alone": "Seen, and alone with the visitor",
    "seen": "Seen",
    "not_seen": "Let in, child not seen",
    "unborn": "Home visited before the birth",
    "no_access": "No access",
}
"""What came of a visit, in words."""
STATUSES: Final = {
    "met": ("Met, with evidence", "govuk-tag--green"),
    "unevidenced": ("Said to be met, without evidence", "govuk-tag--yellow"),
    "not_met": ("Not met", "govuk-tag--red"),
    "open": ("Open", "govuk-tag--blue"),
}
"""How a plan outcome stands, and the colour that goes with the words."""


@router.get("/referrals/{reference}/plan")
def plan(page: Looking, reference: str) -> Response:
    """Show the plan and everything that hangs on it."""
    whole = open_tab(page, reference, "plan")
    case = whole.case
    ours = current(case, Kind.VISIT)
    made, seen = visits(case, ours), sight(case, whole.terms)
    earlier = {id(one) for one in ours} | {id(one) for one in current(case, Kind.APPOINTMENT)}
    before = [one for one in reversed(case.of(Kind.VISIT, Kind.APPOINTMENT, Kind.PLAN)) if id(one) not in earlier]
    appointments = current(case, Kind.APPOINTMENT)
    return draw(
        page,
        whole,
        "plan",
        plan=read(case, whole.terms, page.now),
        conditions=kept(case, Kind.CONDITION),
        promises=kept(case, Kind.COMMITMENT),
        agreements=lines(whole.file, agreements(case)),
        visits=list(reversed(made)),
        strip=strip(made, seen, page.now),
        sight=seen,
        appointments=lines(whole.file, reversed(appointments)),
        attendance=attendance(case.of(Kind.APPOINTMENT)),
        before=by_year(lines(whole.file, [one for one in before if one not in current(case, Kind.PLAN)])),
        results=RESULTS,
        statuses=STATUSES,
        today=page.now.astimezone(LONDON).date(),
        size=(WIDE, HIGH, LINE),
    )
