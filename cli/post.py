"""Reading the local mailbox, where the embedded product puts its letters; and taking in mail that came back."""

import sys
from typing import Annotated, Final

import typer

from cli.failure import NotSetUpError
from cli.opening import AsJson, open_product
from cli.printing import emit, say, section
from workflow.errors import BadCommandError, NotFoundError

LARGEST_REPORT: Final = 10_000_000
"""So many bytes of a report are read: a mail that came back comes with it, and ours are small."""


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(mail)
    app.command()(bounced)


def mail(
    account: Annotated[str, typer.Argument(metavar="[ACCOUNT]", help="Whose letters; without it, everybody's.")] = "",
    as_json: AsJson = False,
) -> None:
    """Read the letters in the local mailbox, the newest last."""
    from config import settings
    from notifications.due import moment
    from notifications.mailbox import letters

    home = settings.load().home
    kept = _as_kept(account) if account else None
    found = letters(home, kept or account or None)
    if not found and account and kept is None:
        raise BadCommandError(f"There is no account called {account!r} here.", "`mash people` lists the accounts.")
    if as_json:
        emit(found)
        return
    if not found:
        whose = f" for {kept!r}" if account else ""
        say(f"No letters{whose} yet. Letters are sent by `mash up`, or once by `mash work`.")
    for letter in found:
        invitation = "  [calendar invitation]" if letter.calendar else ""
        section(
            f"To {letter.account}, {moment(letter.at)}: {letter.subject}{invitation}",
            letter.body.strip().splitlines(),
            hang=0,
        )


def bounced(
    message: Annotated[
        str, typer.Argument(metavar="[MESSAGE-ID]", help="Which mail came back, as the mail server's log has it.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Take in a mail that came back.

    By its Message-ID, or a mail server's whole report from what is piped in: a mail server can pipe every report here
    by itself. Its message is tried another way, or somebody is asked to ring.
    """
    from notifications.bounced_mail import NoReportError, came_back, read_report
    from notifications.receipts import receipts

    product = open_product()
    try:
        receipt = came_back(message) if message else read_report(sys.stdin.buffer.read(LARGEST_REPORT))
    except NoReportError as error:
        raise BadCommandError(str(error), "Give the Message-ID of the mail that came back.") from error
    if receipt is None:
        if as_json:
            return emit({"messages": 0, "late": True})
        return say("The mail is late and still on its way; nothing needs to be done.")
    heard = receipts(product.engine, product.settings).take(receipt, product.now)
    if not heard:
        raise NotFoundError(
            "No message was sent under that Message-ID, or it is known already what became of it.",
            "The Message-ID is in the report, among the headers of the mail that came back.",
        )
    if as_json:
        return emit({"messages": heard, "late": False})
    return say(
        f"Taken in: {heard} message{'s' if heard > 1 else ''}. What happens next is done by `mash up` or `mash work`."
    )


def _as_kept(account: str) -> str | None:
    """Return an account as it is kept, whatever its capitals, or None where there is none. Without a database, itself."""
    from workflow.spelling import as_kept, is_kept

    try:
        product = open_product()
    except NotSetUpError:
        return account
    with product.database.reading() as connection:
        name = as_kept(connection, [account])[account.strip()]
        return name if is_kept(connection, name) else None
