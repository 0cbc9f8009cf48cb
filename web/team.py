"""A manager's team: who carries how much, what is late, which children nobody has seen, and where cases wait."""

from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from models.vocabulary import Role
from web.decisions import MANAGES
from web.page import Looking
from workflow import caseload
from workflow.errors import NotPermittedError

router = APIRouter()
OVERSEES: Final = MANAGES | {Role.AUDITOR}
"""Who may look at a team. An auditor looks, and gives nothing to anybody."""


@router.get("/team")
def team(page: Looking) -> Response:
    """Show what each worker carries, the unallocated first, and where cases wait."""
    if page.actor.role not in OVERSEES:
        raise NotPermittedError("This page is for managers.", "Your own work is under “Cases”.")
    with page.product.database.reading() as connection:
        carries = caseload.team(connection, page.actor, page.now)
        waits = caseload.waits(connection, page.actor, page.now)
        waiting = caseload.decisions_for(connection, page.actor, page.now)
    return page.show(
        "team.html",
        carries=carries,
        waits=waits,
        unallocated=[one for one in waiting if one.kind == "allocate"],
        every_team=page.actor.role in caseload.EVERY_TEAM,
        manages=page.actor.role in MANAGES,
    )
