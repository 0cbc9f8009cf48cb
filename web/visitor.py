"""A request by anybody at all: for the few places that are open without an account. Nothing on record is read for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, cast

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from config import clock
from config.policy import Policy
from web.page import Page, SignInNeededError, show, signed_in
from web.product import Product


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever looks at an open place. `page` is theirs where they happen to be signed in."""

    request: Request
    product: Product
    now: datetime
    page: Page | None

    def show(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Answer with a page."""
        return show(self.request, template, status, page=self.page, **values)

    @property
    def policy(self) -> Policy:
        """The policy of the authority whose hub this is, as it holds today."""
        return self.product.engine.terms(self.now).policy


def _visiting(request: Request) -> Visitor:
    product = cast(Product, request.app.state.product)
    try:
        page: Page | None = signed_in(request)
    except SignInNeededError:
        page = None
    return Visitor(request, product, clock.now(), page)


Visiting = Annotated[Visitor, Depends(_visiting)]
"""What a place is given that is open to everybody."""
