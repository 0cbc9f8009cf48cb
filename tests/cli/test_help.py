"""Help: every command explains itself, on a screen of eighty columns, and at once."""

import re
from collections.abc import Callable

import pytest
from typer.main import get_command

from cli.main import app
from tests.support.terminal import Ran, on_a_screen, plain, run_process

HEAVY = ("sqlalchemy", "prefect", "pydantic", "apprise", "fastapi", "alembic", "rich", "yaml")


def commands() -> list[str]:
    """Return every command, with those inside a group."""
    found = []
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        found.append(name)
        found += [f"{name} {inner}" for inner in getattr(command, "commands", {})]
    return found


def test_help_names_every_command_and_every_exit_code(mash: Callable[..., Ran]) -> None:
    ran = mash("--help")

    assert (ran.code, ran.err) == (0, "")
    listed = re.findall(r"^  ([a-z]+)  +[A-Z]", ran.out, re.MULTILINE)
    assert set(listed) == {name for name in commands() if " " not in name}
    assert all(f"{code} " in ran.out.partition("Exit codes:")[2] for code in range(6))
    assert "..." not in ran.out.partition("Commands:")[2], "a summary is cut short"


@pytest.mark.parametrize("command", commands())
def test_every_command_explains_itself(command: str, mash: Callable[..., Ran]) -> None:
    for option in ("--help", "-h"):
        ran = mash(*command.split(), option)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith(f"Usage: mash {command}")
        assert "--json" in ran.out or command in {"up", "worker", "migrate", "audit", "policy", "password"}


def test_help_fits_a_screen_of_eighty_columns() -> None:
    shown = on_a_screen(80, "--help")

    assert "mash [OPTIONS] COMMAND" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_help_loads_nothing_heavy() -> None:
    loaded = run_process("--help", program=("-X", "importtime", "-m", "cli.main"))

    assert loaded.code == 0
    modules = {line.rpartition("|")[2].strip().partition(".")[0] for line in loaded.err.splitlines() if "|" in line}
    assert {"cli", "typer"} <= modules
    assert modules & set(HEAVY) == set()


@pytest.mark.parametrize("words", [["policy"], ["audit"]])
def test_a_group_alone_shows_its_help_and_is_not_taken_for_done(words: list[str], mash: Callable[..., Ran]) -> None:
    ran = mash(*words)

    assert ran.code == 2
    assert "Commands:" in ran.out + ran.err


def test_a_mistyped_option_points_to_the_help_of_its_own_command(mash: Callable[..., Ran]) -> None:
    ran = mash("policy", "check", "--file", "x")

    assert plain(ran)
    assert "`mash policy check --help`" in ran.err


def test_the_bare_word_is_answered_with_the_help(mash: Callable[..., Ran]) -> None:
    bare = mash()

    assert (bare.code, bare.err) == (0, "")
    assert bare.out == mash("--help").out
