"""Mail that came back: what a mail server says in its report (RFC 3464) of a mail that it had taken.

There is no inbox to be looked through: the mail server hands each report to `mash bounced`. A report names the mail by
its Message-ID, which nobody can guess who has not had the mail.
"""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import Final

from notifications.letter import Fate, Receipt
from notifications.mail import CODE, handle_of

ACTIONS: Final = {"delivered": Fate.ARRIVED, "relayed": Fate.ARRIVED, "expanded": Fate.ARRIVED}


class NoReportError(ValueError):
    """This is no report of a mail server, or not of a mail of ours."""


def read_report(raw: bytes) -> Receipt | None:
    """Return what a report says; None where the mail is still under way. Raises `NoReportError`.

    A mail that expired on its way (4.x.x) may be tried again; any other failure is for good.
    """
    report = message_from_bytes(raw, _class=EmailMessage, policy=policy.default)
    statuses = [part for part in report.walk() if part.get_content_type() == "message/delivery-status"]
    handle = next((found for found in map(handle_of, _returned(report)) if found), "")
    if not statuses or not handle:
        raise NoReportError("This is no report on a mail: it says neither which mail, nor what became of it.")
    for block in statuses[0].walk():  # the first says something of the server, the others each of one recipient
        action = str(block["Action"] or "").strip().lower()
        if action:
            return _said(handle, action, str(block["Status"] or "").strip())
    raise NoReportError("This report does not say what became of the mail.")


def came_back(message_id: str) -> Receipt:
    """Return what it means that somebody says a mail came back, by its Message-ID as mail servers log it."""
    handle = message_id.strip().strip("<>").partition("@")[0]
    return Receipt(handle, Fate.BOUNCED, "somebody says that it came back")


def _returned(report: EmailMessage) -> Iterator[Message]:
    """Yield what a report brings back of the mail itself: the whole, or its headers."""
    for part in report.walk():
        if part.get_content_type() == "message/rfc822":
            inside = part.get_payload()
            if isinstance(inside, list) and inside and isinstance(inside[0], Message):
                yield inside[0]
        elif part.get_content_type() == "text/rfc822-headers":
            yield message_from_bytes(part.get_payload(decode=True) or b"", policy=policy.default)  # type: ignore[arg-type]


def _said(handle: str, action: str, status: str) -> Receipt | None:
    if action == "delayed":
        return None
    found = CODE.match(status.encode())
    said = f"the mail server reports: {action}" + (f" {found[1].decode()}" if found else "")  # no word of its own
    if action in ACTIONS:
        return Receipt(handle, ACTIONS[action], said)
    if action != "failed":
        raise NoReportError("This report does not say what became of the mail.")
    return Receipt(handle, Fate.FAILED if status.startswith("4.") else Fate.BOUNCED, said)
