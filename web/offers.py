"""What early help is offered: to accept under a named lead or to decline with a reason, and what it holds already."""

from fastapi import APIRouter
from fastapi.responses import Response

from models.vocabulary import Role
from web.page import Looking
from workflow.early_help_read import offers as open_offers
from workflow.errors import NotPermittedError

router = APIRouter()


@router.get("/offers")
def offers(page: Looking) -> Response:
    """Show the offers that wait, and the cases that were taken on."""
    if page.actor.role is not Role.EARLY_HELP_COORDINATOR:
        raise NotPermittedError("Offers to early help are shown to its coordinators.")
    with page.product.database.reading() as connection:
        found = open_offers(connection, page.actor)
    waiting = tuple(one for one in found if not one.accepted)
    taken = tuple(one for one in found if one.accepted)
    return page.show("offers.html", waiting=waiting, taken=taken)
