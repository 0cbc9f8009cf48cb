"""The map of the review: complete, honest, and true of the replay that it speaks of."""

import pytest

from tests.support.stories import table
from workflow.replay.interventions import Played
from workflow.replay.play import play
from workflow.replay.review_map import Row, cited, review_map
from workflow.replay.shelf import open_casebook, shipped
from workflow.rule import Rule
from workflow.rulebook import BY_ID, RULES

MAP = review_map()
ROWS = (*MAP.rows, *MAP.recommendations)
OF_THE_REVIEW = [rule for rule in RULES if MAP.source in rule.source]


@pytest.fixture(scope="module")
def played() -> Played:
    """The casebook of the review, played once."""
    return play(open_casebook(MAP.casebook))


def named(row: Row) -> str:
    """Name a row in the report of a test."""
    return row.paragraphs[0] + " " + row.what[:30] if row.paragraphs else f"recommendation {row.number}"


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_every_rule_that_a_row_names_exists_and_speaks_in_its_window_or_the_row_says_why_not(
    row: Row, played: Played
) -> None:
    first = row.firsts(played)

    assert set(row.named) <= set(BY_ID)
    assert row.named, "a row that nothing answers"
    assert not set(row.rules) & set(row.unheard)
    silent = [rule for rule in row.rules if first[rule] is None and not MAP.why(row, rule)]
    assert silent == [], f"silent from {row.window[0]} to {row.window[1]}: mend it, or say why under `unheard`"
    for why in row.unheard.values():
        assert MAP.reasons.get(why, why).endswith(".")


@pytest.mark.parametrize("rule", OF_THE_REVIEW, ids=lambda rule: rule.id)
def test_every_rule_drawn_from_the_review_answers_one_of_the_paragraphs_it_cites(rule: Rule) -> None:
    answered = {paragraph for row in MAP.answered_by(rule.id) for paragraph in row.paragraphs}

    assert answered & set(cited(rule.source, MAP.source))


def test_every_paragraph_is_in_a_row_or_finds_no_fault_and_none_is_both() -> None:
    criticised = {paragraph for row in MAP.rows for paragraph in row.paragraphs}

    assert criticised | set(MAP.no_fault) == set(MAP.paragraphs())
    assert not criticised & set(MAP.no_fault)


def test_every_recommendation_is_answered_in_its_order() -> None:
    assert [row.number for row in MAP.recommendations] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("row", MAP.rows, ids=named)
def test_a_row_is_told_in_one_sentence_within_the_time_of_the_story(row: Row) -> None:
    book = open_casebook(MAP.casebook)

    assert row.what.endswith(".")
    assert row.when
    assert row.window[0] <= row.window[1]
    assert row.window[0] < book.until
    assert row.window[1] >= book.events[0].at.date()


def test_a_shared_reason_is_shared() -> None:
    given = [MAP.why(row, rule) for row in ROWS for rule in row.named]

    assert all(given.count(key) > 1 for key in MAP.reasons)


@pytest.mark.parametrize(
    ("source", "paragraphs"),
    table(
        ("one", "SCR Matt 5.28", ("5.28",)),
        ("several", "SCR Matt 5.19, 6.1.21", ("5.19", "6.1.21")),
        ("with a recommendation", "SCR Matt 5.9, 7.1.9; Rec 4", ("5.9", "7.1.9")),
        ("after another source", "Working Together, T10; SCR Matt 5.9", ("5.9",)),
        ("a stretch begins with its first", "SCR Matt 5.46, 6.4.2 to 6.4.7", ("5.46", "6.4.2")),
        ("with a word beside it", "SCR Matt 5.15, 6.1.19: three months", ("5.15", "6.1.19")),
        ("another review", "Serious case review: Daniel Pelka (2013)", ()),
    ),
)
def test_the_paragraphs_of_a_source_are_read_out_of_it(source: str, paragraphs: tuple[str, ...]) -> None:
    assert cited(source, MAP.source) == paragraphs


def test_the_shelf_does_not_take_the_map_for_a_casebook() -> None:
    assert list(shipped()).count(MAP.casebook) == 1
    assert all("reviews" not in path.parts for path in shipped().values())


def test_outside_its_window_a_rule_is_not_heard(played: Played) -> None:
    row = MAP.rows[0]
    before = Row(row.what, row.rules, window=(row.window[0].replace(year=1990), row.window[0].replace(year=1991)))

    assert set(before.firsts(played).values()) == {None}
    assert None not in Row(row.what, row.rules).firsts(played).values()
