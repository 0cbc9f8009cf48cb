"""Signing in and out. In the demo, everybody is a button with a story to try."""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from config import clock
from web.page import COOKIE, Form, Sending, show
from web.posted import Posted
from web.product import Product
from workflow import sessions
from workflow.demo_people import PEOPLE
from workflow.errors import BadCommandError

router = APIRouter()
FOR_A_DAY: Final = 24 * 3600
"""Seconds for which the browser keeps the cookie. The session ends sooner; what was typed is kept until then."""


@router.get("/sign-in")
def sign_in(request: Request, back: str = "/", kept: str = "", out: str = "") -> Response:
    """Ask who is there."""
    return _ask(request, back, kept=bool(kept), out=bool(out))


@router.post("/sign-in")
def signed_in(request: Request, posted: Form) -> Response:
    """Let somebody in who knows their password; in the demo, whoever was chosen."""
    product: Product = request.app.state.product
    account, back = posted.one("account"), _ours(posted.one("back"))
    now = clock.now()
    try:
        if product.settings.demo and posted.one("demo"):
            token = sessions.sign_in_unchecked(product.database, posted.one("demo"), now)
        else:
            token = sessions.sign_in(product.database, account, _password(posted), now)
    except BadCommandError as error:
        return _ask(request, back, account=account, error=error.says)
    answer = RedirectResponse(back, 303)
    secure = product.settings.site.startswith("https:")
    answer.set_cookie(COOKIE, token, max_age=FOR_A_DAY, httponly=True, samesite="lax", secure=secure)
    return answer


@router.post("/sign-out")
def sign_out(page: Sending) -> Response:
    """End the session."""
    sessions.end(page.product.database, page.request.cookies.get(COOKIE, ""), page.now)
    # The cookie stays: it shows nothing any more, but what is sent from another tab is kept for whoever typed it.
    return page.go("/sign-in?out=1")


def _password(posted: Posted) -> str:
    return (posted.values.get("password") or [""])[0]


def _ask(
    request: Request, back: str, *, account: str = "", error: str = "", kept: bool = False, out: bool = False
) -> Response:
    values = {"back": _ours(back), "account": account, "error": error, "kept": kept, "out": out, "people": PEOPLE}
    return show(request, "sign_in.html", 400 if error else 200, **values)


def _ours(back: str) -> str:
    """Return a place of this site, whatever was asked for: nobody is sent elsewhere from here."""
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
