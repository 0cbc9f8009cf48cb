"""The table of mutation testing counts what mutmut left behind, and knows a spoiled sentence from a spoiled rule."""

import json
from pathlib import Path

import pytest

from tests.support.house import ROOT, project
from tools import mutation
from tools.mutation import FOLDERS, let_through, report, rules

MODULE = "workflow/gates/front_door.py"
# What mutmut makes of a module: each function as it was, and once for each spoiled place.
SPOILED = '''
def x_asked__mutmut_orig(case):
    """Ask."""
    if case.open and case.asked:
        yield Finding("Nobody was asked.", case.what or "who")
def x_asked__mutmut_1(case):
    """Ask."""
    if case.open or case.asked:
        yield Finding("Nobody was asked.", case.what or "who")
def x_asked__mutmut_2(case):
    """Ask."""
    if case.open and case.asked:
        yield Finding("XXNobody was asked.XX", case.what or "who")
def x_asked__mutmut_3(case):
    """Ask."""
    if case.open and case.asked:
        yield Finding("Nobody was asked.", case.what or "WHO")
def x_asked__mutmut_4(case):
    """Ask."""
    if case.open and case.asked:
        yield Finding("Nobody was asked.", case.what and "who")
'''


def left_behind(folder: Path, *codes: int | None) -> Path:
    """Write a module of the copy, and how the tests of its spoiled places ended."""
    module = folder / MODULE
    module.parent.mkdir(parents=True)
    module.write_text(SPOILED, encoding="utf-8")
    ended = {f"workflow.gates.front_door.x_asked__mutmut_{at}": code for at, code in enumerate(codes, 1)}
    Path(f"{module}.meta").write_text(json.dumps({"exit_code_by_key": ended}), encoding="utf-8")
    return folder


def numbers(line: str) -> list[int]:
    """Return the numbers of a row: mutants, killed, survived, timeout, no tests, not run, in words."""
    return [int(one) for one in line.split() if one.isdigit()]


@pytest.mark.parametrize(
    ("codes", "counted", "share"),
    [
        ((1, 1, 1, 3), [4, 4, 0, 0, 0, 0, 0], "100.0% noticed. Not noticed: 0.0%, and 0.0% besides words for people."),
        ((0, 0, 1, 1), [4, 2, 2, 0, 0, 0, 1], "50.0% noticed. Not noticed: 50.0%, and 25.0% besides words for people."),
        ((0, 1, 0, 1), [4, 2, 2, 0, 0, 0, 0], "50.0% noticed. Not noticed: 50.0%, and 50.0% besides words for people."),
        ((36, -24, 1, 1), [4, 2, 0, 2, 0, 0, 0], "100.0% noticed. Not noticed: 0.0%, and 0.0% besides words for people."),
        ((33, 33, 1, 1), [4, 2, 0, 0, 2, 0, 0], "50.0% noticed. Not noticed: 50.0%, and 50.0% besides words for people."),
        ((0, None, None, 1), [4, 1, 1, 0, 0, 2, 0], "50.0% noticed. Not noticed: 50.0%, and 50.0% besides words for people."),
        ((None, None, None, None), [4, 0, 0, 0, 0, 4, 0], "Nothing was spoiled."),
    ],
    ids=["all noticed", "a rule and a sentence", "two rules", "without an end", "no tests", "half of it run", "none run"],
)  # fmt: skip
def test_what_was_noticed_is_counted(
    tmp_path: Path, codes: tuple[int | None, ...], counted: list[int], share: str
) -> None:
    _head, module, folder, total = report([MODULE], left_behind(tmp_path, *codes))

    assert numbers(module) == numbers(folder) == counted
    assert module.startswith(MODULE)
    assert folder.startswith("workflow/gates/ together")
    assert total == share


def test_what_nobody_noticed_is_shown_line_by_line_but_for_words(tmp_path: Path) -> None:
    told = list(let_through([MODULE], left_behind(tmp_path, 0, 0, 0, 1)))

    assert [line.strip() for line in told if line.startswith(("-", "+"))] == [
        "-     if case.open and case.asked:",
        "+     if case.open or case.asked:",
        "-         yield Finding('Nobody was asked.', case.what or 'who')",
        "+         yield Finding('Nobody was asked.', case.what or 'WHO')",
    ]
    assert [line for line in told if line.startswith("workflow")] == [
        "workflow.gates.front_door.x_asked__mutmut_1",
        "workflow.gates.front_door.x_asked__mutmut_3",
    ]


def test_every_rule_is_spoiled_and_nothing_else() -> None:
    settings = project()["tool"]["mutmut"]

    assert settings["only_mutate"] == [f"{folder}/*.py" for folder in FOLDERS]
    assert settings["pytest_add_cli_args_test_selection"] == [f"tests/{folder}" for folder in FOLDERS]
    assert all((ROOT / one).is_dir() for one in (*settings["source_paths"], *settings["also_copy"]))
    assert {Path(one).parent.as_posix() for one in rules()} == set(FOLDERS)
    assert "mutants/" in (ROOT / ".gitignore").read_text().splitlines()


def test_a_module_that_holds_no_rules_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["mutation", "workflow/engine.py"])

    with pytest.raises(SystemExit) as refused:
        mutation.main()

    assert refused.value.code == "workflow/engine.py is no module of rules: name one as in workflow/gates/harm.py."
    assert capsys.readouterr().out == ""
