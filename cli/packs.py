"""Policy packs: is a file sound, what is in force, and how two of them differ."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.comparing import diff
from cli.failure import BAD_INPUT, DONE
from cli.opening import AsJson, policy_folder
from cli.printing import emit, say, section
from workflow.errors import BadCommandError, NotFoundError

if TYPE_CHECKING:
    from config.policy import Policy, PolicyBook, Value


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    group = typer.Typer(help="Check a policy pack, compare two, or show what is in force.", no_args_is_help=True)
    group.command()(check)
    group.command()(show)
    group.command()(diff)
    app.add_typer(group, name="policy")


def check(file: Annotated[Path, typer.Argument(metavar="FILE", help="A policy pack.")], as_json: AsJson = False) -> int:
    """Say in plain words what is wrong with a pack, if anything."""
    from config import policy

    if not file.is_file():
        there = "is a folder" if file.is_dir() else "is not there"
        raise NotFoundError(f"{str(file)!r} {there}.", "Name a policy pack, a YAML file.")
    faults = policy.check(file) or unknown_rules(file)
    if as_json:
        emit({"file": file, "sound": not faults, "faults": faults})
    elif faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        say(f"{file} cannot be used: {count}.")
        for fault in faults:
            say(fault, 2, 2)
    else:
        say(f"{file} is sound.")
    return BAD_INPUT if faults else DONE


def unknown_rules(file: Path) -> list[str]:
    """Name what a pack says of rules that the engine does not have: it would be passed over without a word."""
    from config.policy import BASE, pack_path
    from config.policy_file import read_pack
    from workflow.replay.faults import near
    from workflow.rulebook import BY_ID

    pack = read_pack(file, read_pack(pack_path(BASE), None) if file.resolve() != pack_path(BASE).resolve() else None)
    unknown = dict.fromkeys(one.rule for one in pack.effects if one.rule not in BY_ID)
    advice = " `mash rules` lists the rules."
    return [f"{file.name}: there is no rule {rule!r}{near(rule, BY_ID) or '.'}{advice}" for rule in unknown]


def show(
    authority: Annotated[str, typer.Argument(metavar="[AUTHORITY]", help="Whose; without it, this hub's.")] = "",
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="On which day; without it, today.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show every value in force, its source and its first day."""
    from config import clock, policy, settings

    chosen = settings.load()
    name = authority or chosen.authority
    book = policy.PolicyBook.load(name, policy_folder(chosen))
    if book.fell_back and authority:
        raise NotFoundError(
            f"There is no policy pack for {name!r}.", f"There are packs for: {', '.join(policy.shipped())}."
        )
    day = _day(on) if on else clock.now().astimezone(clock.LONDON).date()
    policy_of_day = book.on(day)
    values = policy_of_day.entries()
    if as_json:
        emit(values)
        return
    say(f"The policy of {name} on {day}.")
    for line in fallen_back(book):
        say(line)
    if not values:
        say(f"Nothing was in force yet: the oldest value holds from {min(one.start for one in book.packs[0].values)}.")
    for value in values:
        _print(value)
    section("Rules that this authority has changed", _changed(policy_of_day))


def fallen_back(book: "PolicyBook") -> list[str]:
    """Say that an authority works by the base alone, where it has no pack of its own."""
    says = (
        f"There is no pack for {book.authority!r}, so the values of England hold; MASH_AUTHORITY names the authority."
    )
    return [says] if book.fell_back else []


def _changed(policy: "Policy") -> Iterator[str]:
    from workflow.rulebook import RULES

    for rule in RULES:
        effect = policy.effect(rule.id, rule.effect)
        if effect is not rule.effect:
            yield f"{rule.id}: {effect.value} (the rule itself says {rule.effect.value})"


def _print(value: "Value") -> None:
    print()
    say(f"{value.key} = {_said(value.given)}", 0, 4)
    proposed = "; proposed, nobody has published it" if value.proposed else ""
    say(f"since {value.start}, {value.pack} pack{proposed}", 4)
    say(value.source, 4, 2)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadCommandError(f"{written!r} is not a day.", "Write it as 2026-03-31.") from None


def _said(given: object) -> str:
    if isinstance(given, bool):
        return str(given).lower()
    return ", ".join(given) if isinstance(given, tuple) else str(given)
