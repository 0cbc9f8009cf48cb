"""A manager's team: who carries how much, what is late, which children nobody has seen, and where cases wait."""

from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from models.vocabulary import Role
from web.page import Looking
from workflow import caseload
from workflow.cover import MANAGES, covers
from workflow.errors import NotPermittedError
from workflow.questions import day_of

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
        covered = covers(connection, page.actor, today := day_of(page.now))
        unallocated = caseload.without_worker(connection, page.actor)
    return page.show(
        "team.html",
        carries=carries,
        waits=waits,
        away=[one for one in covered if one.from_day <= today and one.account in {who.account for who in carries}],
        unallocated=unallocated,
        every_team=page.actor.role in caseload.EVERY_TEAM,
        manages=page.actor.role in MANAGES,
    )
