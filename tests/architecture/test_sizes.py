"""Files short, functions shorter: what has grown past one room is two rooms."""

import ast
from pathlib import Path

import pytest

from tests.support.house import modules, name_of, tree

MOST_LINES = 300
MOST_TEST_LINES = 400
MOST_RULE_LINES = 160
MOST_FUNCTION_LINES = 40
# What is longer, and how long it is: these may shrink and leave the list, and nothing may join it without a reason.
LONGER_FILES: dict[str, int] = {}
LONGER_FUNCTIONS = {
    "workflow/engine.py:write": 51,  # one transaction, written in the order in which it happens
}
RULES = ("workflow/gates", "workflow/duties", "workflow/clocks", "workflow/signals")


@pytest.mark.parametrize("path", [*modules(), *modules("tests")], ids=name_of)
def test_a_file_is_one_room(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    name = name_of(path)
    most = MOST_RULE_LINES if name.startswith(RULES) else MOST_TEST_LINES if name.startswith("tests") else MOST_LINES
    most = LONGER_FILES.get(name, most)

    assert lines <= most, f"{name} has {lines} lines"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            most = LONGER_FUNCTIONS.get(f"{name_of(path)}:{node.name}", MOST_FUNCTION_LINES)
            assert length <= most, f"{name_of(path)}: {node.name} has {length} lines"


def test_there_are_no_drawers() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}

    assert not {path.stem for path in modules()} & drawers
