"""What help there is, who gives it, and when to tell the hub: the threshold guide, open to everybody."""

from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from web.help_lines import help_lines
from web.visitor import Visiting
from workflow.permissions import may

router = APIRouter()
PLACE: Final = "/guide"


@router.get(PLACE)
def guide(visitor: Visiting) -> Response:
    """Show the guide, with the numbers of the authority's policy pack."""
    page = visitor.page
    refers = page is not None and may(page.actor.role, "refer")
    return visitor.show("guide.html", lines=help_lines(visitor.policy), refers=refers)
