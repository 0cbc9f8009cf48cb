"""One door for each dangerous thing: commits, states, rows."""

import ast
from pathlib import Path

import pytest

from tests.support.house import modules, name_of, tree


def calls(path: Path, attribute: str) -> list[int]:
    """Return the lines on which a method of this name is called."""
    return [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == attribute
    ]


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_only_the_database_module_commits(path: Path) -> None:
    for verb in ("commit", "begin", "begin_nested"):
        if name_of(path) != "models/database.py":
            assert calls(path, verb) == [], f"{name_of(path)} calls .{verb}()"


def test_only_the_store_writes_where_a_referral_stands() -> None:
    writing = {
        name_of(path)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "update"
        and any(isinstance(part, ast.Name) and part.id == "ReferralRow" for part in ast.walk(node))
    }

    # fulfil sets the next alarm only.
    assert writing == {"workflow/store.py", "workflow/fulfil.py"}


@pytest.mark.parametrize("path", modules("workflow/actions"), ids=name_of)
def test_actions_read_no_clock_and_no_database(path: Path) -> None:
    imported = {
        alias.name if isinstance(node, ast.Import) else f"{node.module}.{alias.name}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }

    assert not {name for name in imported if name.startswith(("sqlalchemy", "models.tables", "config.clock.now"))}
