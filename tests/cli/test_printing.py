"""Columns and paragraphs: they fit the screen, lose no word, and stay on one line where there is no screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli import printing
from tests.support.terminal import on_a_screen, run_process

WORDS = st.text(st.characters(categories=("L", "N", "Zs", "Cc", "Cf"), include_characters="\x1b\u202e"), max_size=200)
HEAD = ("RULE", "SORT", "WHAT IT SAYS")
ROWS = [("strategy-quorum", "gate", "It needs social care, police and health."), ("rag-clock", "clock", "Short.")]


def wrapped(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "screen", lambda: columns)


def test_without_a_screen_each_row_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrapped(0, monkeypatch)

    printing.table(HEAD, ROWS)

    assert capsys.readouterr().out.splitlines() == [
        "RULE             SORT   WHAT IT SAYS",
        "strategy-quorum  gate   It needs social care, police and health.",
        "rag-clock        clock  Short.",
    ]


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        (
            60,
            [
                "RULE             SORT   WHAT IT SAYS",
                "strategy-quorum  gate   It needs social care, police and",
                "                        health.",
                "rag-clock        clock  Short.",
            ],
        ),
        (
            50,
            [
                "RULE             SORT",
                "    WHAT IT SAYS",
                "strategy-quorum  gate",
                "    It needs social care, police and health.",
                "rag-clock        clock",
                "    Short.",
            ],
        ),
    ],
)
def test_a_last_column_is_broken_beside_and_stands_below_where_there_is_no_room(
    columns: int, lines: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrapped(columns, monkeypatch)

    printing.table(HEAD, ROWS)

    assert capsys.readouterr().out.splitlines() == lines


def test_no_rows_are_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    printing.table(HEAD, [], "There are no rules.")
    printing.section("Nothing to see", [])

    assert capsys.readouterr().out == "There are no rules.\n"


@given(WORDS, st.integers(40, 200), st.integers(0, 8), st.integers(0, 4))
def test_a_paragraph_fits_and_loses_no_word(words: str, columns: int, indent: int, hang: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        wrapped(columns, patch)
        lines = printing.folded(words, indent, hang)

    said = printing.clean(words)
    assert " ".join(lines).split() == said.split()
    longest = max(map(len, said.split()), default=0)
    assert all(len(line) <= max(columns, indent + hang + longest) for line in lines)


@given(WORDS)
def test_nothing_that_is_printed_steers_a_screen(words: str) -> None:
    cleaned = printing.clean(words)

    assert not [letter for letter in cleaned if letter < " " or "\x7f" <= letter <= "\x9f" or letter in "\u202e\u2066"]
    assert printing.clean(cleaned) == cleaned


@pytest.mark.parametrize(("columns", "widest"), [(80, 80), (120, 120), (20, 40)])
def test_a_screen_is_taken_to_be_as_wide_as_it_is_and_never_too_narrow_to_read(columns: int, widest: int) -> None:
    shown = on_a_screen(columns, "rules", "strategy-quorum")

    assert widest - 12 < max(map(len, shown.splitlines())) <= widest


def test_a_pipe_has_no_width_whatever_the_shell_exports() -> None:
    assert run_process("rules", COLUMNS=80).out == run_process("rules").out
