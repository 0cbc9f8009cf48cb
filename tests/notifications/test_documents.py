"""A chronology as a document: a page, a sheet and a text, from whatever people have called things."""

from dataclasses import replace
from datetime import date

import pytest

from notifications.documents.page import chronology_page
from notifications.documents.rows import by_year, rows
from notifications.documents.sheet import chronology_sheet, safe
from notifications.documents.text import chronology_text
from tests.support.stories import Story, referred, story, table
from workflow.chronology import Beside
from workflow.chronology_shown import Child, Chronicle, Whence, chronicle
from workflow.chronology_wanted import Asked
from workflow.chronology_words import Names

ADA = Child("child", "Ada", date(2021, 5, 1))


def document(tale: Story, child: Child = ADA, reference: str = "M000001", **names: str) -> Chronicle:
    beside = Beside(Names({"child": child.name, **names}))
    whence = Whence(reference, "Jo Hill", tale.now)
    return chronicle(tale.family, tale.family.record, beside, Asked(), (child,), whence)


CELLS = table(
    ("a formula", "=1+1", "'=1+1"),
    ("a telephone number", "+44 1", "'+44 1"),
    ("a dash", "-2", "'-2"),
    ("a command", "@SUM(A1)", "'@SUM(A1)"),
    ("behind spaces", "  =1", "'  =1"),
    ("behind a tab", "\t=1", "'\t=1"),
    ("in full width", "\uff1d1", "'\uff1d1"),
    ("plain words", "a = b", "a = b"),
    ("nothing", "", ""),
)


@pytest.mark.parametrize(("cell", "read"), CELLS)
def test_no_cell_is_taken_for_a_formula(cell: str, read: str) -> None:
    assert safe(cell) == read


AGES = table(
    ("five days", Child("child", "Ada", date(2026, 3, 5)), "Ada, 5 days"),
    ("five weeks", Child("child", "Ada", date(2026, 2, 1)), "Ada, 5 weeks"),
    ("a year and more", Child("child", "Ada", date(2025, 1, 10)), "Ada, 14 months"),
    ("four years", Child("child", "Ada", date(2021, 5, 1)), "Ada, 4 years"),
    ("born later", Child("child", "Ada", date(2026, 6, 1)), "Ada, unborn"),
    ("not born yet", Child("child", "Ada", None, date(2026, 6, 1)), "Ada, unborn"),
    ("nobody knows", Child("child", "Ada"), "Ada"),
)


@pytest.mark.parametrize(("child", "about"), AGES)
def test_a_child_is_as_old_as_it_was_on_the_day(child: Child, about: str) -> None:
    assert [row.about for row in rows(document(referred(), child))] == [about]


def test_what_nobody_recorded_is_said_to_be_unrecorded() -> None:
    (row,) = rows(document(story().then("incident", what="assault")))

    assert (row.who, row.agency, row.known_to) == ("not recorded", "", "not recorded")


def test_a_year_has_its_own_heading_and_a_line_in_the_contents() -> None:
    tale = referred().wait(days=400).then("visit", "worker", access="granted").then("visit", "worker", access="denied")
    found = document(tale)

    assert [(year, len(lines)) for year, lines in by_year(list(rows(found))).items()] == [(2026, 1), (2027, 2)]
    page = chronology_page(found)
    assert '<a href="#y2026">2026</a>: 1 entry' in page
    assert '<a href="#y2027">2027</a>: 2 entries' in page
    assert page.count('<tr class="year"') == 2
    assert "\n2026 (1 entry)\n" in chronology_text(found)


def test_where_nothing_is_on_record_each_form_says_so() -> None:
    found = document(story())

    assert "Nothing is on record that was asked for." in chronology_page(found)
    assert "Nothing is on record that was asked for." in chronology_text(found)
    assert "Nothing is left out." in chronology_sheet(found)
    assert "<table" not in chronology_page(found)


HOSTILE = 'A"; } </style><script>x</script> \\ {{ 7*7 }}'


def test_no_name_or_reference_ends_the_style_sheet_or_begins_an_element() -> None:
    tale = referred("teacher", words=HOSTILE)
    page = chronology_page(document(tale, replace(ADA, name=HOSTILE), HOSTILE, teacher=HOSTILE))

    assert page.count("</style>") == 1
    assert "<script" not in page
    assert "{{ 7*7 }}" in page
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert style.count("{") == style.count("}")
    assert style.count('"') % 2 == 0


@pytest.mark.parametrize("width", [40, 60, 80])
def test_text_keeps_to_its_width_whatever_was_written(width: int) -> None:
    tale = referred("teacher", words="x" * 200 + " " + "words " * 60)

    assert max(map(len, chronology_text(document(tale), width).splitlines())) <= width


def test_an_entry_is_timed_on_the_hubs_own_clock() -> None:
    summer = referred(at="2026-07-01T09:30")
    found = document(summer)

    assert [(row.when, row.time) for row in rows(found)] == [("1 July 2026", "09:31")]
