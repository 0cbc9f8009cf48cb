"""Letting somebody sign in to the pages: their password, read from a prompt or from what is piped in, never typed openly."""

import getpass
import sys
from typing import Annotated

import typer

from cli.opening import open_product
from workflow.errors import BadCommandError


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(password)


def password(account: Annotated[str, typer.Argument(metavar="ACCOUNT", help="Whose password.")]) -> None:
    """Set the password with which somebody signs in to the pages.

    It is asked for twice, or read from what is piped in: as an argument others could read it.
    """
    from workflow.sessions import set_password

    product = open_product()
    set_password(product.database, account, _asked(), product.now)
    print(f"{account} signs in with the new password from now on; whoever was signed in has to do so again.")


def _asked() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    given = getpass.getpass("New password: ")
    if getpass.getpass("Once more: ") != given:
        raise BadCommandError("The two were not the same.", "Type the command again.")
    return given
