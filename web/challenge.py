"""The professional disagreements of a referral: those that are open, with their rung and clock, and how others ended."""

from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from web.page import Looking
from web.tab import draw, open_tab
from workflow.challenges_read import ended
from workflow.disputes import disputes

router = APIRouter()

HOW: Final = {
    "upheld": "Upheld",
    "not_upheld": "Not upheld",
    "withdrawn": "Withdrawn by whoever raised it",
    "settled": "Settled",
}
"""How a disagreement ended."""


@router.get("/referrals/{reference}/challenge")
def challenge(page: Looking, reference: str) -> Response:
    """Show what is disputed and what was."""
    whole = open_tab(page, reference, "challenge")
    return draw(
        page,
        whole,
        "challenge",
        disputes=disputes(whole.case, whole.terms),
        ended=ended(whole.case),
        how=HOW,
    )
