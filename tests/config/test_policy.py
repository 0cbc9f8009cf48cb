"""Policy packs: which value holds on which day, and what an authority's own pack changes."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import policy
from config.policy import Duration, Effect, PolicyBook, PolicyError, Unit
from workflow.calendar import WorkingCalendar
from workflow.rulebook import BY_ID

DAY = date(2026, 3, 10)
OWN = """
policy: 1
authority: anytown
values:
  rag.red:
    - {is: 3 hours, from: 2020-01-01, source: "its procedures of 2020"}
    - {is: 2 hours, from: 2026-04-01, source: "its procedures of 2026"}
  rag.red.warn: {is: 1 hour, from: 2020-01-01, source: "an hour before"}
rules:
  rating-floor:
    {effect: warn, from: 2026-04-01, source: "its procedures of 2026"}
labels:
  child_in_need: family help plan
"""


@pytest.fixture
def anytown(tmp_path: Path) -> PolicyBook:
    (tmp_path / "anytown.yaml").write_text(OWN, encoding="utf-8")
    return PolicyBook.load("anytown", tmp_path)


@pytest.mark.parametrize(
    ("day", "hours", "source"),
    [
        ("2019-12-31", 4, "Oxfordshire"),
        ("2020-01-01", 3, "2020"),
        ("2026-03-31", 3, "2020"),
        ("2026-04-01", 2, "2026"),
        ("2039-01-01", 2, "2026"),
    ],
)
def test_a_value_holds_from_its_day_until_the_next_one(anytown: PolicyBook, day: str, hours: int, source: str) -> None:
    in_force = anytown.on(date.fromisoformat(day))

    assert in_force.span("rag.red") == Duration(hours, Unit.HOURS)
    assert source in in_force.source("rag.red")


def test_what_a_pack_does_not_say_is_as_in_the_base(anytown: PolicyBook) -> None:
    base, own = PolicyBook.load("england").on(DAY), anytown.on(DAY)
    changed = {value.key for value in own.entries() if value.pack == "anytown"}

    assert changed == {"rag.red", "rag.red.warn"}
    assert {value.key for value in own.entries()} == {value.key for value in base.entries()}
    assert own.span("icpc") == base.span("icpc")


def test_a_rule_is_softened_from_its_day_on_and_by_nobody_else(anytown: PolicyBook) -> None:
    assert anytown.on(date(2026, 3, 31)).effect("rating-floor") is Effect.REFUSE
    assert anytown.on(date(2026, 4, 1)).effect("rating-floor") is Effect.WARN
    assert anytown.on(date(2026, 4, 1)).effect("strategy-quorum", Effect.WARN) is Effect.WARN
    assert PolicyBook.load("england").on(date(2026, 4, 1)).effect("rating-floor") is Effect.REFUSE


def test_a_label_is_the_authoritys_own_word_or_the_code_in_words(anytown: PolicyBook) -> None:
    assert anytown.on(DAY).label("child_in_need") == "family help plan"
    assert anytown.on(DAY).label("strategy_discussion") == "strategy discussion"


def test_days_between_two_changes_share_one_policy_and_its_digest_tells_two_apart(anytown: PolicyBook) -> None:
    assert anytown.on(date(2026, 3, 1)) is anytown.on(date(2026, 3, 2))
    assert anytown.on(date(2026, 3, 31)).digest != anytown.on(date(2026, 4, 1)).digest
    assert anytown.on(date(2026, 3, 31)).digest != PolicyBook.load("england").on(date(2026, 3, 31)).digest


def test_an_authority_without_a_pack_works_by_the_base_and_says_so(tmp_path: Path) -> None:
    book = PolicyBook.load("nowhere", tmp_path)

    assert book.fell_back
    assert book.on(DAY).span("rag.red") == PolicyBook.load("england").on(DAY).span("rag.red")
    assert not PolicyBook.load("coventry").fell_back


def test_a_pack_under_anothers_name_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text(OWN, encoding="utf-8")

    with pytest.raises(PolicyError, match=r"elsewhere\.yaml: it says that it is the pack of anytown"):
        PolicyBook.load("elsewhere", tmp_path)


@pytest.mark.parametrize(
    ("ask", "key", "says"),
    [
        ("span", "no.such.key", "has a value for no.such.key"),
        ("span", "strategy.quorum", "strategy.quorum is not a span of time"),
        ("number", "rag.red", "rag.red is not a number"),
        ("words", "rag.red", "rag.red is not a list of words"),
        ("flag", "rag.red", "rag.red is not true or false"),
    ],
)
def test_what_is_asked_for_wrongly_is_said_in_a_sentence(ask: str, key: str, says: str) -> None:
    with pytest.raises(PolicyError, match=says):
        getattr(PolicyBook.load("england").on(DAY), ask)(key)


@pytest.mark.parametrize("authority", policy.shipped())
def test_every_shipped_pack_is_sound_and_cites_every_value(authority: str) -> None:
    assert policy.check(policy.pack_path(authority)) == []
    for value in PolicyBook.load(authority).on(DAY).entries():
        assert len(value.source) > 8, value.key


@pytest.mark.parametrize("authority", policy.shipped())
def test_every_span_that_is_shipped_can_be_counted_on_the_hubs_calendar(authority: str) -> None:
    calendar, start = WorkingCalendar.england(), datetime(2026, 12, 24, 16, 50, tzinfo=UTC)
    for value in PolicyBook.load(authority).on(DAY).entries():
        if isinstance(value.given, Duration):
            assert calendar.add(start, value.given) >= start, value.key


@pytest.mark.parametrize("authority", policy.shipped())
def test_a_shipped_pack_softens_only_rules_that_there_are(authority: str) -> None:
    assert {ruled.rule for pack in PolicyBook.load(authority).packs for ruled in pack.effects} <= set(BY_ID)


def test_both_packs_are_what_an_authority_may_choose_from() -> None:
    assert {"england", "coventry"} <= set(policy.shipped())


SPANS = [
    (Duration(1, Unit.WORKING_DAYS), "1 working day"),
    (Duration(3, Unit.WORKING_DAYS), "3 working days"),
    (Duration(1, Unit.MASH_HOURS), "1 hub hour"),
    (Duration(6, Unit.MASH_HOURS), "6 hub hours"),
    (Duration(0.5, Unit.HOURS), "0.5 hours"),
    (Duration(0, Unit.DAYS), "0 days"),
]


@pytest.mark.parametrize(("span", "says"), SPANS)
def test_a_span_is_said_as_people_say_it(span: Duration, says: str) -> None:
    assert str(span) == says


@given(st.dates(date(1989, 11, 16), date(2040, 12, 31)))
def test_the_newest_value_that_has_begun_is_the_one_in_force(day: date) -> None:
    book = PolicyBook.load("coventry")
    for value in book.on(day).entries():
        begun = [one for one in book.packs[-1].values if one.key == value.key and one.start <= day] or [
            one for one in book.packs[0].values if one.key == value.key and one.start <= day
        ]
        assert value == max(begun, key=lambda one: one.start)
