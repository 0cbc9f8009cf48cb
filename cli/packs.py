"""Policy packs: is a file sound, and what is in force."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.failure import BAD_INPUT, DONE
from cli.opening import AsJson
from cli.printing import emit, table
from workflow.errors import BadCommandError, NotFoundError


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    group = typer.Typer(help="Policy packs: is a file sound, and what is in force.", no_args_is_help=True)
    group.command()(check)
    group.command()(show)
    app.add_typer(group, name="policy")


def check(file: Annotated[Path, typer.Argument(metavar="FILE", help="A policy pack.")], as_json: AsJson = False) -> int:
    """Say in plain words what is wrong with a policy pack, if anything."""
    from config import policy

    if not file.is_file():
        raise NotFoundError(f"There is no file {str(file)!r}.", "Name a policy pack, a YAML file.")
    faults = policy.check(file)
    if as_json:
        emit({"file": file, "sound": not faults, "faults": faults})
    elif faults:
        print(f"{file} cannot be used:")
        for fault in faults:
            print(f"  {fault}")
    else:
        print(f"{file} is sound.")
    return BAD_INPUT if faults else DONE


def show(
    authority: Annotated[str, typer.Argument(metavar="[AUTHORITY]", help="Whose; without it, this hub's.")] = "",
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="On which day; without it, today.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show every value in force, with its source and the day from which it holds."""
    from config import clock, policy, settings

    chosen = settings.load()
    name = authority or chosen.authority
    book = policy.PolicyBook.load(name, chosen.policy_dir)
    if book.fell_back and authority:
        raise NotFoundError(
            f"There is no policy pack for {name!r}.", f"There are packs for: {', '.join(policy.shipped())}."
        )
    values = book.on(_day(on) if on else clock.now().date()).entries()
    if as_json:
        emit(values)
        return
    rows = [
        (
            value.key,
            _said(value.given),
            value.start.isoformat(),
            value.pack,
            ("(proposed) " if value.proposed else "") + value.source,
        )
        for value in values
    ]
    table(("KEY", "VALUE", "SINCE", "PACK", "SOURCE"), rows)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadCommandError(f"{written!r} is not a day.", "Write it as 2026-03-31.") from None


def _said(given: object) -> str:
    return ", ".join(given) if isinstance(given, tuple) else str(given)
