"""The concerns of a referral: who worried about what in which words, what became of it, and what nobody has opened yet."""

from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from web import evidence
from web.page import Looking
from web.tab import by_year, draw, lines, open_tab
from workflow.concerns_read import now_and_before, raised, summed, unopened

router = APIRouter()

FATES: Final = {
    "confirmed": ("Confirmed", "govuk-tag--red"),
    "not_found": ("Not found to be so", "govuk-tag--grey"),
    "unknown": ("Looked at, still not known", "govuk-tag--yellow"),
    "unanswered": ("Not answered yet", "govuk-tag--yellow"),
}
"""How the fate of a worry is said, and the colour that goes with the words."""


@router.get("/referrals/{reference}/concerns")
def concerns(page: Looking, reference: str) -> Response:
    """Show every worry of this referral, and fold away those of earlier ones."""
    whole = open_tab(page, reference, "concerns")
    now, before = now_and_before(whole.case, raised(whole.case))
    return draw(
        page,
        whole,
        "concerns",
        now=now,
        totals=summed(now),
        unopened=list(unopened(now)),
        fates=FATES,
        before=by_year(lines(whole.file, [one.event for one in before])),
        before_totals=summed(before),
        **evidence.beside(page, whole.file),
    )
