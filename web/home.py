"""Where each person begins."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from web.navigation import places
from web.page import Looking

router = APIRouter()


@router.get("/")
def home(page: Looking) -> RedirectResponse:
    """Send everybody to where their work is."""
    return page.go(places(page)[0].path)
