"""Cover for absence: who stands in for whom, and until when. A manager sets anybody's, and people set their own."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from models.vocabulary import Role
from web.choices import account
from web.fields import Choice
from web.page import Form, Looking, Page, Sending
from web.posted import Posted
from workflow import access, cover
from workflow.errors import BadCommandError, NotPermittedError
from workflow.questions import day_of
from workflow.seen import Person

router = APIRouter()
NOT_A_DAY: Final = "Write the first and the last day, such as 31 March 2026."


@router.get("/team/cover")
def covers(page: Looking, said: str = "") -> Response:
    """Show who stands in for whom, and ask for more."""
    return _show(page, said=said)


@router.post("/team/cover")
def set_cover(page: Sending, posted: Form) -> Response:
    """Let somebody stand in for another."""
    _allowed(page)
    days = [_day(posted.one(name)) for name in ("from_day", "until_day")]
    try:
        if days[0] is None or days[1] is None:
            raise BadCommandError(NOT_A_DAY)
        who, deputy = posted.one("account") or page.actor.id, posted.one("deputy")
        if not deputy:
            raise BadCommandError("Choose who stands in.")
        cover.set_cover(page.product.database, page.actor, who, deputy, days[0], days[1], page.now)
    except BadCommandError as error:
        return _show(page, posted, f"{error.says} {error.advice}".strip())
    return page.go("/team/cover?said=set")


@router.post("/team/cover/end/{number}")
def end_cover(page: Sending, number: int) -> Response:
    """End a cover: whoever was away is back."""
    _allowed(page)
    cover.end_cover(page.product.database, page.actor, number, page.now)
    return page.go("/team/cover?said=ended")


def _show(page: Page, posted: Posted | None = None, error: str = "", *, said: str = "") -> Response:
    _allowed(page)
    manages = page.actor.role in cover.MANAGES
    with page.product.database.reading() as connection:
        everybody = access.people(connection, page.actor.authority)
        known = cover.covers(connection, page.actor, day_of(page.now))
    inside = [one for one in everybody if Role(one.role) in cover.COVERED]
    return page.show(
        "cover.html",
        400 if error else 200,
        known=known,
        manages=manages,
        people=_choices(inside),
        deputies=_choices(one for one in inside if manages or _could(one, page)),
        values=posted.values if posted else {},
        error=error,
        said={"set": "Cover is set.", "ended": "Cover is ended."}.get(said, ""),
    )


def _could(one: Person, page: Page) -> bool:
    return one.role == page.actor.role.value and one.account != page.actor.id


def _choices(people: Iterable[Person]) -> tuple[Choice, ...]:
    return tuple(account(one) for one in sorted(people, key=lambda one: one.name))


def _allowed(page: Page) -> None:
    if page.actor.role not in cover.COVERED:
        raise NotPermittedError("Cover is for the council's own and for early help.")


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
