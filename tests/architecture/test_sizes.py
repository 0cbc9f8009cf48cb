"""Files short, functions shorter: what has grown past one room is two rooms."""

import ast
from pathlib import Path

import pytest

from tests.support.house import modules, name_of, tree

MOST_LINES = 320
MOST_TEST_LINES = 400
MOST_RULE_LINES = 200
MOST_FUNCTION_LINES = 60
RULES = ("workflow/gates", "workflow/duties", "workflow/clocks", "workflow/signals")


@pytest.mark.parametrize("path", [*modules(), *modules("tests")], ids=name_of)
def test_a_file_is_one_room(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    name = name_of(path)
    most = MOST_RULE_LINES if name.startswith(RULES) else MOST_TEST_LINES if name.startswith("tests") else MOST_LINES
    if name == "models/commands.py":
        most = 400  # one model per verb: a table, not a room

    assert lines <= most, f"{name} has {lines} lines"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= MOST_FUNCTION_LINES, f"{name_of(path)}: {node.name} has {length} lines"


def test_there_are_no_drawers() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}

    assert not {path.stem for path in modules()} & drawers
