"""YAML as we read it: words stay words, a key said twice is an error, and every place is known."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.yaml_marks import MOST_NODES, YamlError, read


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("'true'", "true"),
        ("null", None),
        ("~", None),
        ("''", ""),
        ("7", 7),
        ("-7", -7),
        ("'7'", "7"),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("2.5", 2.5),
        ("2026-03-10", date(2026, 3, 10)),
        ("2026-03-10T09:30:00", datetime(2026, 3, 10, 9, 30)),  # noqa: DTZ001 (as the file writes it)
        ("2026-02-30", "2026-02-30"),
        ("29+6", "29+6"),
        ("[a, b]", ["a", "b"]),
        ("{a: 1, b: {c: 2}}", {"a": 1, "b": {"c": 2}}),
        ("&x [a]", ["a"]),
    ],
)
def test_a_word_is_what_it_looks_like(written: str, read_as: Any) -> None:
    found = read(written).plain()

    assert found == read_as
    assert type(found) is type(read_as)


def test_every_part_knows_its_line() -> None:
    placed = read("first: 1\n\nsecond:\n  - a\n  - b: 2\n")

    pairs = list(placed.items())
    assert [(key.value, key.line) for key, _ in pairs] == [("first", 1), ("second", 3)]
    assert [part.line for part in pairs[1][1].value] == [4, 5]
    assert placed.is_mapping
    assert pairs[1][1].is_list
    assert not pairs[1][1].is_mapping


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "a is said twice in one place"),
        ("a: {b: 1,\n  b: 2}\n", 2, "b is said twice in one place"),
        ("a: [1\n", 2, "not readable as YAML"),
        ("a: 1\n\tb: 2\n", 2, "not readable as YAML"),
        ("a: 1\n--- \nb: 2\n", 2, "not readable as YAML"),
        ("a: *nobody\n", 1, "not readable as YAML"),
        ("[1]: 2\n", 1, "a key must be a word"),
        ("{a: 1}: 2\n", 1, "a key must be a word"),
        ("a\n\x00b", 2, "belongs in no text"),
        ("[" * 3000, 1, "nested deeper"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(YamlError) as error:
        read(text)

    assert says in error.value.says
    assert error.value.line == line


def test_keys_said_twice_can_be_gathered_and_the_first_holds() -> None:
    twice: list[YamlError] = []

    placed = read("a: 1\na: 2\nb: {c: 1, c: 2}\n", twice)

    assert placed.plain() == {"a": 1, "b": {"c": 1}}
    assert [one.line for one in twice] == [2, 3]


def test_aliases_that_would_fill_the_memory_are_refused() -> None:
    lines = ["l0: &l0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 9)]

    with pytest.raises(YamlError, match="larger than any story needs"):
        read("\n".join(lines))
    assert MOST_NODES < 10**6


def test_nothing_is_made_of_a_tag() -> None:
    assert read("!!python/object/apply:os.system ['true']").plain() == ["true"]


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        line = read(text).line
    except YamlError as error:
        line = error.line

    assert 1 <= line <= len(text) + 1
