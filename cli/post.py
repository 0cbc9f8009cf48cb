"""Reading the local mailbox, where the embedded product puts its letters."""

from typing import Annotated

import typer

from cli.failure import NotSetUpError
from cli.opening import AsJson, open_product
from cli.printing import emit, say, section
from workflow.errors import BadCommandError


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(mail)


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
