"""One child under two spellings, and two children under nearly one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.identity import alike, same_name

DAY, OTHER = date(2021, 5, 1), date(2021, 5, 2)

ONE_NAME = [
    ("Demo Child", "demo child"),
    ("Demo Child", "  Demo   CHILD "),
    ("Demo Child", "Child, Demo"),
    ("Mary-Ann Demo", "Mary Ann Demo"),
    ("Mary-Ann Demo", "Maryann Demo"),
    ("Élodie Demo", "ELODIE DEMO"),
    ("Zoë O'Neil", "Zoe O’Neil"),
    ("Zoë O'Neil", "zoe oneil"),
    ("Strauß Demo", "STRAUSS DEMO"),
    ("Łucja Demo", "łucja demo"),
    ("李小龙", "李小龙"),
    ("...", "... "),
]
TWO_NAMES = [("Demo Child", "Demo"), ("Demo Ann", "Demo Anna"), ("Unborn Demo 1", "Unborn Demo 2"), ("...", "---")]


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_a_name_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(("one", "other"), TWO_NAMES)
def test_different_names_are_different(one: str, other: str) -> None:
    assert not same_name(one, other)


@given(st.text(min_size=1))
def test_every_name_is_the_same_as_itself_in_any_case(name: str) -> None:
    assert same_name(name, name)
    assert same_name(name, f"  {name}  ")


ALIKE = [
    ("the same name, another day", "Demo Child", DAY, "Demo Child", OTHER, True),
    ("a letter, the same day", "Jon Demo", DAY, "John Demo", DAY, True),
    ("a letter, another day", "Jon Demo", DAY, "John Demo", OTHER, False),
    ("a letter, no day known", "Jon Demo", None, "John Demo", None, False),
    ("twins, who are two", "Ann Demo", DAY, "Ben Demo", DAY, False),
    ("twins without a name yet", "Unborn Demo 1", DAY, "Unborn Demo 2", DAY, False),
    ("born since", "Unborn Demo Wren", OTHER, "Demo Wren", DAY, True),
    ("only a surname in common", "Robin Demo", DAY, "Sparrow Demo", OTHER, False),
    ("nothing but that they are babies", "Baby", DAY, "Unborn", OTHER, False),
]


@pytest.mark.parametrize(
    ("one", "day", "other", "other_day", "expected"), [row[1:] for row in ALIKE], ids=[r[0] for r in ALIKE]
)
def test_a_person_looks_where_two_children_may_be_one(
    one: str, day: date | None, other: str, other_day: date | None, expected: bool
) -> None:
    assert alike(one, day, other, other_day) is expected
    assert alike(other, other_day, one, day) is expected
