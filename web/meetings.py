"""The meetings of a referral: strategy discussions with everybody's part in them, conferences, core groups and reviews."""

from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from web.page import Looking
from web.tab import draw, lines, open_tab
from workflow.meetings_read import Sitting, declined, discussions, sittings
from workflow.questions import current

router = APIRouter()

PARTS: Final = {
    "attended": ("Attended", "govuk-tag--green"),
    "wrote": ("Sent a written account", "govuk-tag--green"),
    "excused": ("Excused", "govuk-tag--grey"),
    "apologised": ("Sent apologies", "govuk-tag--yellow"),
    "away": ("Not there", "govuk-tag--red"),
    "awaited": ("Invited", "govuk-tag--blue"),
}
"""How somebody's part in a meeting is said, and the colour that goes with the words."""


@router.get("/referrals/{reference}/meetings")
def meetings(page: Looking, reference: str) -> Response:
    """Show the meetings, the newest first; those of earlier referrals are folded."""
    whole = open_tab(page, reference, "meetings")
    ours = set(map(id, current(whole.case)))
    talks = discussions(whole.case, whole.terms)
    met = sittings(whole.case)
    return draw(
        page,
        whole,
        "meetings",
        discussions=[one for one in talks if id(one.called) in ours],
        sittings=[one for one in met if id(one.event) in ours],
        declined=lines(whole.file, [one for one in declined(whole.case) if id(one) in ours]),
        discussions_before=[one for one in talks if id(one.called) not in ours],
        sittings_before=[one for one in met if id(one.event) not in ours],
        parts=PARTS,
        called=called,
    )


def called(sitting: Sitting) -> str:
    """Say what a meeting was."""
    which = str(sitting.event.get("which") or "meeting").replace("_", " ")
    return f"{which} child protection conference" if sitting.event.kind.value == "conference" else which
