"""Reading the local mailbox, where the embedded product puts its letters."""

from typing import Annotated

import typer

from cli.opening import AsJson
from cli.printing import emit, say, section


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

    found = letters(settings.load().home, account or None)
    if as_json:
        emit(found)
        return
    if not found:
        whose = f" for {account!r}" if account else ""
        say(f"No letters{whose} yet. Letters are sent by `mash up`, or once by `mash work`.")
    for letter in found:
        invitation = "  [calendar invitation]" if letter.calendar else ""
        section(
            f"To {letter.account}, {moment(letter.at)}: {letter.subject}{invitation}",
            letter.body.strip().splitlines(),
            hang=0,
        )
