"""Two packs side by side: what differs, in which direction, and from which day."""

from datetime import date
from pathlib import Path

import pytest

from config.policy import PolicyBook, PolicyError, pack_path
from config.policy_compare import StandingBook, direction, is_file, labels, later_days, open_book, values
from config.policy_values import Duration, Given, Unit
from tests.support.stories import table

PACK = """policy: 1
authority: coventry
values:
  icpc:
    is: 12 working_days
    from: 2026-01-01
    source: the partnership
labels:
  early_help: Family Help
"""
BEFORE, AFTER = date(2025, 12, 31), date(2026, 1, 1)


@pytest.fixture
def pack(tmp_path: Path) -> str:
    """A pack of one value, on disk."""
    place = tmp_path / "mine.yaml"
    place.write_text(PACK, encoding="utf-8")
    return str(place)


def days(amount: float, unit: Unit = Unit.DAYS) -> Duration:
    """Return a span."""
    return Duration(amount, unit)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    table(
        ("less time", days(5), days(3), "shorter"),
        ("more time", days(3), days(5), "longer"),
        ("other days", days(3), days(3, Unit.WORKING_DAYS), "counted in another unit"),
        ("fewer", 3, 2, "lower"),
        ("more", 2, 2.5, "higher"),
        ("no longer", True, False, "the opposite"),
        ("one more", ("a",), ("a", "b"), "adds b"),
        ("one less", ("a", "b"), ("a",), "leaves out b"),
        ("another", ("a", "b"), ("a", "c"), "adds c and leaves out b"),
        ("turned round", ("a", "b"), ("b", "a"), "in another order"),
        ("what no pack may do", 1, days(1), "of another kind"),
    ),
)
def test_a_difference_has_a_direction(old: Given, new: Given, says: str) -> None:
    assert direction(old, new) == says


def test_what_differs_is_told_from_its_day_on(pack: str) -> None:
    england, mine = PolicyBook.load("england"), open_book(pack)

    assert list(values(england.on(BEFORE), mine.on(BEFORE))) == []
    (one,) = values(england.on(AFTER), mine.on(AFTER))
    assert (one.key, one.how) == ("icpc", "shorter")
    assert one.after is not None
    assert one.after.source == "the partnership"


def test_a_value_that_the_other_has_not_yet_is_a_difference(pack: str) -> None:
    england, mine = PolicyBook.load("england"), open_book(pack)

    found = {one.key: one for one in values(england.on(date(2000, 1, 1)), mine.on(AFTER))}

    assert found["icpc"].before is None
    assert found["icpc"].how == "it is not in force in the other"


def test_labels_are_compared_by_what_is_read_in_the_end(pack: str) -> None:
    england, coventry, mine = PolicyBook.load("england"), PolicyBook.load("coventry"), open_book(pack)

    assert list(labels(england.on(AFTER), mine.on(AFTER))) == [("early_help", "early help", "Family Help")]
    assert list(labels(coventry.on(AFTER), coventry.on(AFTER))) == []


def test_the_days_still_to_come_are_known(pack: str) -> None:
    assert later_days((PolicyBook.load("england"), open_book(pack)), BEFORE) == [AFTER]
    assert later_days((PolicyBook.load("england"), open_book(pack)), AFTER) == []


def test_a_standing_book_is_the_policy_of_one_day_on_every_day(pack: str) -> None:
    standing = StandingBook(open_book(pack), AFTER)

    assert standing.on(date(2018, 3, 16)).span("icpc") == days(12, Unit.WORKING_DAYS)
    assert standing.on(date(2018, 3, 16)).day == standing.on(date(2030, 1, 1)).day


@pytest.mark.parametrize(("name", "file"), [("england", False), ("mine.yaml", True), ("packs/mine", True)])
def test_a_file_is_told_from_an_authority(name: str, file: bool) -> None:
    assert is_file(name) is file


def test_the_base_is_opened_by_its_file_and_an_unknown_authority_falls_back() -> None:
    assert open_book(str(pack_path("england"))).authority == "england"
    assert open_book("atlantis").fell_back


def test_a_faulty_pack_is_not_opened(tmp_path: Path) -> None:
    place = tmp_path / "torn.yaml"
    place.write_text(PACK.replace("12 working_days", "10 moons"), encoding="utf-8")

    with pytest.raises(PolicyError, match="'10 moons' is no value"):
        open_book(str(place))
