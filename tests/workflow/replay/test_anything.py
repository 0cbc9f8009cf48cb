"""Whatever is given, it plays or is refused as a faulty casebook: never another error."""

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.told_at_random import tales
from workflow.replay.faults import CasebookError
from workflow.replay.play import play
from workflow.replay.reader import read
from workflow.replay.report import as_json, as_text, exit_status
from workflow.replay.shelf import shipped

QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

TEXTS = {name: path.read_text(encoding="utf-8") for name, path in shipped().items()}
SHORT = "\n".join(TEXTS["luke-and-matt"].splitlines()[:241])
"""The head of a story and its first events, long enough to have much in it and short enough to be quick."""

WORDS = [
    "yes",
    "true",
    "-1",
    "2018-02-30",
    "2018-03-16",
    "nobody",
    "[]",
    "{}",
    "~",
    "*a",
    "&a",
    "!!int x",
    "1e400",
    "\t",
    "luke",
]


def plays_or_is_faulty(text: str) -> bool:
    """Play a text to its reports, and tell whether it was a casebook."""
    try:
        casebook = read(text)
    except CasebookError as error:
        said = error
    else:
        played = play(casebook)
        json.dumps(as_json(played))
        assert as_text(played)
        assert exit_status(played) in {0, 1}
        return True
    assert said.faults
    assert all(fault.line >= 1 and fault.says[-1] in ".?" and "\n" not in fault.says for fault in said.faults)
    return False


@QUICK
@given(st.text(max_size=300))
def test_any_text_is_no_more_than_faulty(text: str) -> None:
    assert not plays_or_is_faulty(text)


@QUICK
@given(st.text("casebok: 1-[]{}&*!|>'\"%#@,?\n\t ", max_size=200).map(lambda tail: "casebook: 1\n" + tail))
def test_anything_that_looks_like_yaml_is_no_more_than_faulty(text: str) -> None:
    assert not plays_or_is_faulty(text)


def line_out(lines: list[str], at: int, _: str) -> list[str]:
    return lines[:at] + lines[at + 1 :]


def line_twice(lines: list[str], at: int, _: str) -> list[str]:
    return [*lines[:at], lines[at], *lines[at:]]


def cut(lines: list[str], at: int, _: str) -> list[str]:
    return [*lines[:at], lines[at][: len(lines[at]) // 2]]


def another_value(lines: list[str], at: int, word: str) -> list[str]:
    key, colon, _ = lines[at].partition(":")
    return [*lines[:at], f"{key}{colon} {word}", *lines[at + 1 :]]


def indented(lines: list[str], at: int, _: str) -> list[str]:
    return [*lines[:at], " " + lines[at], *lines[at + 1 :]]


def value_of_another_line(lines: list[str], at: int, word: str) -> list[str]:
    return another_value(lines, at, lines[(at * 7 + len(word)) % len(lines)].partition(":")[2])


@pytest.mark.parametrize(
    "change", [line_out, line_twice, cut, another_value, indented, value_of_another_line], ids=lambda one: one.__name__
)
@settings(QUICK, max_examples=25)
@given(at=st.integers(0, len(SHORT.splitlines()) - 1), word=st.sampled_from(WORDS))
def test_a_changed_casebook_plays_or_is_faulty(
    change: Callable[[list[str], int, str], list[str]], at: int, word: str
) -> None:
    plays_or_is_faulty("\n".join(change(SHORT.splitlines(), at, word)) + "\n")


@settings(QUICK, max_examples=100)
@given(tales())
def test_whatever_the_format_allows_plays(text: str) -> None:
    assert plays_or_is_faulty(text)
