"""One request as a page has it: who asks, when, and how an answer is made. Every page takes one of these."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, cast
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from config import clock
from notifications.due import due
from web.posted import Posted, read
from web.product import Product
from workflow import drafts, sessions, store
from workflow.actions.act import Actor
from workflow.errors import MashError
from workflow.sessions import Session

COOKIE: Final = "mash_session"
SAVE: Final = "_save"
"""The button, and the field that the page's script sends, which only keep what was typed."""


class SignInNeededError(MashError):
    """Nobody is signed in. `back` is where the person wanted to go; `kept`, whether what was typed was kept."""

    def __init__(self, back: str, *, kept: bool = False) -> None:
        """Remember where to go on."""
        super().__init__("Sign in to go on.")
        self.back, self.kept = back, kept


class OtherFormError(MashError):
    """A form that did not come from a page of this session."""


@dataclass(frozen=True, slots=True)
class Page:
    """A request by somebody who is signed in."""

    request: Request
    product: Product
    session: Session
    actor: Actor
    name: str
    now: datetime

    def show(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Answer with a page."""
        return show(self.request, template, status, page=self, **values)

    def go(self, place: str) -> RedirectResponse:
        """Send the person on after something was done."""
        return RedirectResponse(place, 303)

    def due(self, deadline: datetime | None) -> str:
        """Say when something is due, counted from now."""
        return due(deadline, self.now)

    @property
    def path(self) -> str:
        """Where this page is."""
        return self.request.url.path

    def kept(self) -> drafts.Draft | None:
        """Return what this person once typed here and has not sent."""
        with self.product.database.reading() as connection:
            return drafts.kept(connection, self.actor.id, self.path)

    def keep(self, posted: Posted) -> None:
        """Keep what was typed here until it is sent or thrown away."""
        drafts.keep(self.product.database, self.actor.id, self.path, posted.values, self.now)

    def drop(self) -> None:
        """Throw away what was kept here."""
        drafts.drop(self.product.database, self.actor.id, self.path)


def show(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Answer with a page, whether or not anybody is signed in."""
    product = cast(Product, request.app.state.product)
    page = values.get("page")
    given: Mapping[str, Any] = {
        "page": None,
        "csrf": page.session.csrf if page else "",
        "nonce": request.state.nonce,
        "path": request.url.path,
        "demo": product.settings.demo,
        **values,
    }
    return HTMLResponse(product.templates.get_template(template).render(given), status)


def back_to(path: str) -> str:
    """Write where to sign in, so that the person comes back to where they were."""
    return f"/sign-in?back={quote(path)}" if path not in {"/", "/sign-in"} else "/sign-in"


def signed_in(request: Request, posted: Posted | None = None) -> Page:
    """Return the page of whoever is signed in; a form has to come from a page of theirs. Raises a `SignInNeededError`."""
    product = cast(Product, request.app.state.product)
    now = clock.now()
    session = sessions.find(product.database, request.cookies.get(COOKIE, ""), now)
    if session is None:
        raise SignInNeededError(request.url.path)
    if posted is not None:
        if not secrets.compare_digest(posted.one("csrf"), session.csrf):
            raise OtherFormError(
                "This form was opened in an earlier session.", "Go back, load the page again, and send it once more."
            )
        if session.over:
            drafts.keep(product.database, session.account, request.url.path, posted.values, now)
    if session.over:
        raise SignInNeededError(request.url.path, kept=posted is not None)
    with product.database.reading() as connection:
        actor = store.actor(connection, session.account)
        name = store.name_of(connection, session.account)
    return Page(request, product, session, actor, name, now)


def _looking(request: Request) -> Page:
    return signed_in(request)


def _sending(request: Request, posted: Annotated[Posted, Depends(read)]) -> Page:
    return signed_in(request, posted)


Looking = Annotated[Page, Depends(_looking)]
"""What a page is given that only shows something."""
Sending = Annotated[Page, Depends(_sending)]
"""What a page is given that does something: the form has been seen to come from the person's own page."""
Form = Annotated[Posted, Depends(read)]
"""What was typed into the form."""
