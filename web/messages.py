"""What a person is asked to do, and what they were told: the same as their letters, without leaving the product."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from notifications.templates import render
from web.page import Looking, Sending
from workflow import access, drafts
from workflow.errors import BadCommandError
from workflow.post_read import Told, messages_of
from workflow.tasks import finish

router = APIRouter()
_STATUS: Final = {
    "pending": "on its way",
    "sending": "on its way",
    "sent": "sent",
    "dead": "could not be delivered; somebody was asked to ring",
    "answered": "not sent: it had been done",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as the page shows it."""

    reference: str
    subject: str
    body: str
    at: datetime
    status: str


@router.get("/messages")
def messages(page: Looking, finished: str = "") -> Response:
    """Show this person's tasks, forms that wait to be sent, and messages."""
    with page.product.database.reading() as connection:
        tasks = access.tasks_of(connection, page.actor.id)
        told = messages_of(connection, page.actor.id)
        waiting = drafts.all_of(connection, page.actor.id)
    shown = tuple(_shown(one, page.product.settings.site) for one in told)
    return page.show("messages.html", tasks=tasks, messages=shown, drafts=waiting, finished=bool(finished))


@router.post("/messages/done/{number}")
def done(page: Sending, number: int) -> Response:
    """Mark one of this person's own tasks as done."""
    try:
        with page.product.database.unit_of_work() as connection:
            finish(connection, number, page.actor, page.now)
    except BadCommandError:  # Pressed twice, or done by the engine meanwhile: it is done.
        pass
    return page.go("/messages?finished=1")


def _shown(told: Told, site: str) -> Shown:
    words = render(told.template, told.args, site)
    subject = words.subject.removeprefix(f"{told.reference}: ")
    return Shown(told.reference, subject, words.body, told.at, _STATUS.get(told.status, told.status))
