"""Help: what the words mean, what each role does here, and whom to ring when the product cannot help."""

from fastapi import APIRouter
from fastapi.responses import Response

from models.vocabulary import Role
from web.page import Looking
from web.titles import title
from workflow.permissions import MAY

router = APIRouter()


@router.get("/help")
def help_page(page: Looking) -> Response:
    """Explain the product to whoever is signed in, beginning with their own role."""
    mine = sorted(title(verb) for verb, roles in MAY.items() if page.actor.role in roles)
    agency = page.actor.role in {Role.PARTNER, Role.EARLY_HELP_COORDINATOR}
    return page.show("help.html", mine=mine, agency=agency, role=page.actor.role)
