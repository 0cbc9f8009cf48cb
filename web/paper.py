"""The form on paper: blank, for the day on which the system is down. It asks what the pages ask."""

from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from web.help_lines import help_lines
from web.refer_form import worries
from web.visitor import Visiting

router = APIRouter()
PLACE: Final = "/paper-form"


@router.get(PLACE)
def paper_form(visitor: Visiting) -> Response:
    """Show the form as it is printed. Nothing of any child is on it."""
    return visitor.show("paper_form.html", worries=worries(), lines=help_lines(visitor.policy))
