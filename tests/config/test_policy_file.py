"""A faulty pack is refused whole, with every fault in plain words and the line it stands on."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import policy
from config.policy import PolicyError
from config.policy_file import read_pack
from config.policy_least import MAY_BE_NONE

HEAD = "policy: 1\nauthority: anytown\n"
SOURCE = "from: 2020-01-01, source: 'its procedures'"


def faults(tmp_path: Path, text: str | bytes) -> list[str]:
    path = tmp_path / "anytown.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return policy.check(path)


def value(said: str, key: str = "rag.red") -> str:
    return f"{HEAD}values:\n  {key}: {{{said}}}\n"


FAULTY = [
    ("an empty file", "", 1, "begins with `policy: 1`"),
    ("a list", "- policy: 1\n", 1, "begins with `policy: 1`"),
    ("half a mapping", HEAD + "values: {rag.red\n", 4, "not readable as YAML"),
    ("a tab", HEAD + "values:\n\trag.red: 1\n", 4, "not readable as YAML"),
    ("not text", b"\xff\xfe\x00", 1, "not a text file in UTF-8"),
    ("a character that belongs in no text", HEAD + "\x07\n", 3, "belongs in no text"),
    ("another format", "policy: 2\nauthority: anytown\n", 1, "write `policy: 1` at the top"),
    ("no format", "authority: anytown\n", 1, "write `policy: 1` at the top"),
    ("no authority", "policy: 1\n", 1, "write `authority:` with the name"),
    ("an authority that is a number", "policy: 1\nauthority: 7\n", 1, "write `authority:`"),
    ("a word too much", HEAD + "clocks: 1\n", 3, "clocks is not part of a pack"),
    ("a key said twice", HEAD + "authority: other\n", 3, "authority is said twice"),
    ("values that are a list", HEAD + "values: [1]\n", 3, "`values:` holds keys"),
    ("an unknown key", value(f"is: 2 hours, {SOURCE}", "rag.purple"), 4, "rag.purple is not a key of a policy"),
    ("a key nearly right", value(f"is: 2 hours, {SOURCE}", "rag.redd"), 4, "Did you mean rag.red?"),
    ("a bare value", HEAD + "values:\n  rag.red: 2 hours\n", 4, "rag.red needs `is:`, `from:` and `source:`"),
    ("nothing said", value(SOURCE), 4, "rag.red has no value: write `is:`"),
    ("no day", value("is: 2 hours, source: 'x'"), 4, "does not say from when it holds"),
    ("no source", value("is: 2 hours, from: 2020-01-01"), 4, "does not say who says so"),
    ("an empty source", value("is: 2 hours, from: 2020-01-01, source: ' '"), 4, "does not say who says so"),
    ("a key of a value too much", value(f"is: 2 hours, {SOURCE}, unit: h"), 4, "unit is not part of a value"),
    ("a day that is none", value("is: 2 hours, from: 2020-02-30, source: 'x'"), 4, "is not a day"),
    ("a moment for a day", value("is: 2 hours, from: 2020-01-01T09:00, source: 'x'"), 4, "is not a day"),
    ("the wrong century", value("is: 2 hours, from: 1920-01-01, source: 'x'"), 4, "before the Children Act"),
    ("a span without a unit", value(f"is: '2', {SOURCE}"), 4, "'2' is no value"),
    ("a span in fortnights", value(f"is: 1 fortnight, {SOURCE}"), 4, "'1 fortnight' is no value"),
    ("a span less than nothing", value(f"is: -2 hours, {SOURCE}"), 4, "'-2 hours' is no value"),
    ("half a working day", value(f"is: 0.5 working_days, {SOURCE}", "rag.amber"), 4, "are counted whole"),
    ("a span of ages", value(f"is: 100000 hours, {SOURCE}"), 4, "no more than 1200 of its unit"),
    ("a number less than nothing", value(f"is: -1, {SOURCE}", "early_help_repeat"), 4, "cannot be less than nothing"),
    ("a number without end", value(f"is: 1.0e+400, {SOURCE}", "early_help_repeat"), 4, "not a number to work with"),
    ("no hours at all", value(f"is: 0 hours, {SOURCE}"), 4, "rag.red cannot be 0 hours: it would be over the moment"),
    (
        "no working days",
        value(f"is: 0 working_days, {SOURCE}", "rag.amber"),
        4,
        "over on the day it begins; write '4 hours'",
    ),
    (
        "no weeks",
        value(f"is: 0 weeks, {SOURCE}", "step_down.improved_for"),
        4,
        "step_down.improved_for cannot be 0 weeks",
    ),
    ("no hours where a day may be the same", value(f"is: 0 hours, {SOURCE}", "safe_tonight"), 4, "cannot be 0 hours"),
    (
        "no times",
        value(f"is: 0, {SOURCE}", "recurring_concern.times"),
        4,
        "recurring_concern.times cannot be 0: the rule",
    ),
    ("one visit in none", value(f"is: 0, {SOURCE}", "unannounced_visits.one_in"), 4, "cannot be 0"),
    ("a number for a span", value(f"is: 2, {SOURCE}"), 4, "rag.red is a span such as '4 hours'"),
    ("a span for a list", value(f"is: 2 hours, {SOURCE}", "strategy.quorum"), 4, "strategy.quorum is a list of words"),
    ("yes for proposed", value(f"is: 2 hours, {SOURCE}, proposed: yes"), 4, "`proposed:` is true or false, not yes"),
    (
        "two values from one day",
        f"{HEAD}values:\n  rag.amber:\n    - {{is: 1 working_day, {SOURCE}}}\n    - {{is: 2 working_days, {SOURCE}}}\n",
        6,
        "rag.amber has two values from 2020-01-01; keep one",
    ),
    (
        "a warning after what it warns of",
        f"{HEAD}values:\n  rag.red: {{is: 2 hours, {SOURCE}}}\n  rag.red.warn: {{is: 2 hours, {SOURCE}}}\n",
        5,
        "rag.red.warn (2 hours) does not come before rag.red (2 hours)",
    ),
    (
        "a breach moved before the base's own warning",
        value(f"is: 2 hours, {SOURCE}"),
        4,
        "rag.red.warn (3 hours) does not come before rag.red (2 hours)",
    ),
    (
        "a warning moved after the base's own breach",
        value(f"is: 5 hours, {SOURCE}", "rag.red.warn"),
        4,
        "rag.red.warn (5 hours) does not come before rag.red (4 hours)",
    ),
    ("rules that are a list", HEAD + "rules: [1]\n", 3, "`rules:` holds rule ids"),
    ("a bare rule", HEAD + "rules:\n  rating-floor: off\n", 4, "rating-floor needs `effect:`"),
    ("an effect nobody knows", f"{HEAD}rules:\n  x: {{effect: ignore, {SOURCE}}}\n", 4, "one of refuse, warn, off"),
    ("no effect", f"{HEAD}rules:\n  x: {{{SOURCE}}}\n", 4, "one of refuse, warn, off"),
    ("a rule without a day", HEAD + "rules:\n  x: {effect: warn, source: y}\n", 4, "does not say from when"),
    ("labels that are a list", HEAD + "labels: [1]\n", 3, "`labels:` holds codes"),
]


@pytest.mark.parametrize(("text", "line", "says"), [row[1:] for row in FAULTY], ids=[str(row[0]) for row in FAULTY])
def test_a_fault_is_named_with_its_line(tmp_path: Path, text: str | bytes, line: int, says: str) -> None:
    found = faults(tmp_path, text)

    assert any(one.startswith(f"anytown.yaml, line {line}: ") and says in one for one in found), found
    assert all(one.endswith((".", "?")) for one in found)


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    text = f"policy: 1\nvalues:\n  rag.red: 2 hours\n  rag.amber: {{is: soon, {SOURCE}}}\nmore: 1\n"

    assert [one.partition(": ")[0] for one in faults(tmp_path, text)] == [
        "anytown.yaml, line 5",
        "anytown.yaml, line 1",
        "anytown.yaml, line 3",
        "anytown.yaml, line 4",
    ]


def test_nothing_of_a_faulty_pack_is_used(tmp_path: Path) -> None:
    path = tmp_path / "anytown.yaml"
    path.write_text(f"{value(f'is: 3.5 hours, {SOURCE}')}more: 1\n")

    with pytest.raises(PolicyError):
        read_pack(path, None)
    with pytest.raises(PolicyError, match="more is not part of a pack"):
        policy.PolicyBook.load("anytown", tmp_path)


def test_a_pack_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    assert policy.check(tmp_path / "nowhere.yaml") == ["nowhere.yaml: No such file or directory."]


def test_a_pack_that_only_names_its_authority_is_sound(tmp_path: Path) -> None:
    assert faults(tmp_path, HEAD) == []
    assert faults(tmp_path, HEAD + "values:\nrules:\nlabels:\n") == []


WORDS = st.text(alphabet="policy:1 auhrnes[]{}-#&*!|>'\"\n\tφ\x00", max_size=60)


@given(WORDS, WORDS)
def test_whatever_a_pack_holds_is_read_or_refused_in_sentences(
    tmp_path_factory: pytest.TempPathFactory, before: str, after: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(before + HEAD + after, encoding="utf-8")

    assert all(one.startswith("any.yaml") for one in policy.check(path))


SOUND = [
    ("the same day, where the base speaks of it", value(f"is: 0 days, {SOURCE}", "safe_tonight")),
    ("midnight", value(f"is: 0, {SOURCE}", "daily_letter.hour")),
    ("visits that may all be announced", value(f"is: 0, {SOURCE}", "step_down.unannounced_visits")),
    ("a part of one", value(f"is: 0.1, {SOURCE}", "engagement_floor.share")),
    ("half an hour", value(f"is: 0.5 hours, {SOURCE}", "adult_event_told")),
]


@pytest.mark.parametrize("text", [row[1] for row in SOUND], ids=[row[0] for row in SOUND])
def test_what_is_little_and_can_be_meant_stands(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text) == []


def test_every_number_that_may_be_nothing_is_one_of_the_base() -> None:
    base = policy.PolicyBook.load("england").on(date(2026, 3, 10))

    assert all(isinstance(base.number(key), int) for key in MAY_BE_NONE)
