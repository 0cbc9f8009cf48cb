"""What every answer carries and every request is held to: what a page may load, and where a form may come from."""

import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from web.page import OtherFormError, SignInNeededError, back_to, show
from workflow.errors import MashError, NotFoundError, NotPermittedError, OutOfTurnError

_log = logging.getLogger("mash.web")
_SAFE: Final = frozenset({"GET", "HEAD"})
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self' 'nonce-{nonce}'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
NOT_HERE: Final = "There is no such page, or none that you may know of."


def guard(app: FastAPI) -> None:
    """Put the guards round the pages."""
    app.middleware("http")(_guarded)
    app.add_exception_handler(SignInNeededError, _sign_in)
    app.add_exception_handler(MashError, _mistake)
    app.add_exception_handler(HTTPException, _no_page)
    app.add_exception_handler(SQLAlchemyError, _no_database)
    app.add_exception_handler(Exception, _unexpected)


async def _guarded(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    request.state.nonce = secrets.token_urlsafe(16)
    if request.method not in _SAFE and not _from_here(request):
        answer: Response = PlainTextResponse("This form did not come from a page of mash.", 403)
    else:
        answer = await go_on(request)
    for name, value in _HEADERS.items():
        answer.headers.setdefault(name, value)
    answer.headers["Content-Security-Policy"] = _POLICY.format(nonce=request.state.nonce)
    return answer


def _from_here(request: Request) -> bool:
    """Tell whether a form was sent from a page of this site: browsers say so, and nothing else sends forms here."""
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None:
        return fetched in {"same-origin", "none"}
    origin = request.headers.get("origin")
    return origin is not None and origin.partition("://")[2] == request.headers.get("host")


def _sign_in(_request: Request, error: Exception) -> Response:
    assert isinstance(error, SignInNeededError)
    place = back_to(error.back)
    return RedirectResponse(f"{place}{'&' if '?' in place else '?'}kept=1" if error.kept else place, 303)


def _mistake(request: Request, error: Exception) -> Response:
    """Answer a mistake that no form has taken up: in a sentence, on a page of its own."""
    assert isinstance(error, MashError)
    status = 404 if isinstance(error, NotFoundError) else 403 if isinstance(error, NotPermittedError) else 400
    title = {404: "Not found", 403: "You may not do this"}.get(status, "This cannot be done")
    if isinstance(error, OtherFormError):
        status, title = 403, "Send the form once more"
    says = NOT_HERE if status == 404 else error.says
    advice = error.advice if status != 404 else ""
    # Whoever is told that it is not the time for an act has seen the referral, and goes back to it.
    referral = request.path_params.get("reference", "") if isinstance(error, OutOfTurnError) else ""
    return show(request, "error.html", status, title=title, says=says, advice=advice, referral=referral)


def _no_page(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    says = NOT_HERE if error.status_code in {404, 405} else "This could not be read."
    title = "Not found" if error.status_code in {404, 405} else "This cannot be done"
    return show(request, "error.html", error.status_code, title=title, says=says, advice="")


def _no_database(request: Request, error: Exception) -> Response:
    _log.error("the database failed: %s", type(error).__name__)
    says = "The hub's records cannot be reached at the moment. Nothing that you sent was half-done."
    return show(request, "error.html", 503, title="Try again in a minute", says=says, advice="")


def _unexpected(request: Request, error: Exception) -> Response:
    """Answer a fault of ours. The log has the kind of the fault and its place, and nothing that anybody wrote."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename.rpartition('/')[2]}:{place.tb_lineno}" if place else "?"
    _log.error("a page failed: %s at %s", type(error).__name__, where)
    says = "Something went wrong inside mash. Nothing that you sent was half-done."
    return show(request, "error.html", 500, title="Something went wrong", says=says, advice="")
