"""Working time in England: hours through the night, hub hours, working days, and the two nights when clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.clock import LONDON
from config.policy import Duration, Unit
from workflow.calendar import WorkingCalendar

CALENDAR = WorkingCalendar.england()
HUB = {"opens": time(9), "closes": time(17)}


def london(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=LONDON)


def over(start: str, amount: float, unit: Unit, calendar: WorkingCalendar = CALENDAR) -> str:
    """Say on London's clock when a span is over, to the minute."""
    end = calendar.add(london(start), Duration(amount, unit))
    assert end.tzinfo is UTC
    return end.astimezone(LONDON).strftime("%Y-%m-%dT%H:%M")


SPANS = [
    # Hours run through the night and the weekend.
    ("red, in the morning", "2026-03-10T09:30", 4, Unit.HOURS, "2026-03-10T13:30"),
    ("red, late on a Friday, runs through the night", "2026-03-13T22:00", 4, Unit.HOURS, "2026-03-14T02:00"),
    ("a day from a Friday is a Saturday", "2026-03-13T16:00", 24, Unit.HOURS, "2026-03-14T16:00"),
    ("the night the clocks go forward has an hour less", "2026-03-28T23:00", 4, Unit.HOURS, "2026-03-29T04:00"),
    ("the night the clocks go back has an hour more", "2026-10-24T23:00", 4, Unit.HOURS, "2026-10-25T02:00"),
    # Hub hours stand still while the hub is closed.
    ("two hub hours in the morning", "2026-03-10T09:30", 2, Unit.MASH_HOURS, "2026-03-10T11:30"),
    ("before it opens they begin when it does", "2026-03-10T06:00", 2, Unit.MASH_HOURS, "2026-03-10T11:00"),
    ("at the end of the day the rest is next morning", "2026-03-10T16:30", 2, Unit.MASH_HOURS, "2026-03-11T10:30"),
    ("after it has closed they begin next morning", "2026-03-10T18:00", 2, Unit.MASH_HOURS, "2026-03-11T11:00"),
    ("to the last minute of the day", "2026-03-10T15:00", 2, Unit.MASH_HOURS, "2026-03-10T17:00"),
    ("over a weekend", "2026-03-13T16:00", 2, Unit.MASH_HOURS, "2026-03-16T10:00"),
    ("over Easter", "2026-04-02T16:00", 2, Unit.MASH_HOURS, "2026-04-07T10:00"),
    ("twenty-four hub hours are three days", "2026-03-10T09:00", 24, Unit.MASH_HOURS, "2026-03-12T17:00"),
    ("over the change of the clocks", "2026-03-27T16:00", 2, Unit.MASH_HOURS, "2026-03-30T10:00"),
    ("no time at all", "2026-03-10T12:00", 0, Unit.MASH_HOURS, "2026-03-10T12:00"),
    # Days run to their end.
    ("a working day", "2026-03-10T09:30", 1, Unit.WORKING_DAYS, "2026-03-11T23:59"),
    ("a working day from a Friday", "2026-03-13T09:30", 1, Unit.WORKING_DAYS, "2026-03-16T23:59"),
    ("a working day from a Sunday", "2026-03-15T09:30", 1, Unit.WORKING_DAYS, "2026-03-16T23:59"),
    ("a working day before Good Friday", "2026-04-02T09:30", 1, Unit.WORKING_DAYS, "2026-04-07T23:59"),
    ("a working day at Christmas", "2026-12-24T09:30", 1, Unit.WORKING_DAYS, "2026-12-29T23:59"),
    ("three working days over New Year", "2026-12-30T09:30", 3, Unit.WORKING_DAYS, "2027-01-05T23:59"),
    ("the Scottish second of January is worked", "2025-12-31T09:30", 1, Unit.WORKING_DAYS, "2026-01-02T23:59"),
    ("May Day", "2026-05-01T09:30", 1, Unit.WORKING_DAYS, "2026-05-05T23:59"),
    ("no working day is today", "2026-03-10T09:30", 0, Unit.WORKING_DAYS, "2026-03-10T23:59"),
    ("fifteen working days", "2026-03-10T09:30", 15, Unit.WORKING_DAYS, "2026-03-31T23:59"),
    ("late on London's day, which in UTC is the day before", "2026-07-02T00:30", 1, Unit.DAYS, "2026-07-03T23:59"),
    ("a day is any day", "2026-03-13T09:30", 1, Unit.DAYS, "2026-03-14T23:59"),
    ("six weeks", "2026-03-10T09:30", 6, Unit.WEEKS, "2026-04-21T23:59"),
    ("a month", "2026-03-10T09:30", 1, Unit.MONTHS, "2026-04-10T23:59"),
    ("a month from the end of January", "2026-01-31T09:30", 1, Unit.MONTHS, "2026-02-28T23:59"),
    ("a month from the end of January in a leap year", "2028-01-31T09:30", 1, Unit.MONTHS, "2028-02-29T23:59"),
    ("twelve months from a leap day", "2028-02-29T09:30", 12, Unit.MONTHS, "2029-02-28T23:59"),
    ("six months over the year's end", "2026-08-31T09:30", 6, Unit.MONTHS, "2027-02-28T23:59"),
]


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"), [row[1:] for row in SPANS], ids=[str(row[0]) for row in SPANS]
)
def test_a_span_is_over_when_people_say_it_is(start: str, amount: float, unit: Unit, expected: str) -> None:
    assert over(start, amount, unit) == expected


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    first = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
    second = first.replace(fold=1)
    span = Duration(1, Unit.HOURS)

    assert CALENDAR.add(second, span) - CALENDAR.add(first, span) == timedelta(hours=1)


def test_a_day_off_that_came_too_late_for_the_books_can_be_added() -> None:
    mourning = WorkingCalendar.england(extra=frozenset({date(2026, 3, 11)}))

    assert over("2026-03-10T09:30", 1, Unit.WORKING_DAYS, mourning) == "2026-03-12T23:59"
    assert over("2026-03-10T16:30", 1, Unit.MASH_HOURS, mourning) == "2026-03-12T09:30"
    assert over("2026-03-10T09:30", 1, Unit.WORKING_DAYS) == "2026-03-11T23:59"
    assert mourning != CALENDAR


def test_a_hub_may_keep_other_hours() -> None:
    long_day = WorkingCalendar.england(opens=time(8), closes=time(20))

    assert over("2026-03-10T19:00", 2, Unit.MASH_HOURS, long_day) == "2026-03-11T09:00"


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-03-10T08:59", False),
        ("2026-03-10T09:00", True),
        ("2026-03-10T16:59", True),
        ("2026-03-10T17:00", False),
        ("2026-03-14T12:00", False),
        ("2026-04-03T12:00", False),
        ("2026-07-01T09:00", True),
    ],
)
def test_the_hub_is_open_in_its_hours_on_its_days(moment: str, is_open: bool) -> None:
    assert CALENDAR.open_at(london(moment)) is is_open


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-03-10", True),
        ("2026-03-14", False),
        ("2026-04-03", False),
        ("2026-04-06", False),
        ("2026-12-25", False),
        ("2026-12-28", False),
        ("2022-09-19", False),
        ("2020-05-08", False),
        ("2020-05-04", True),
    ],
)
def test_bank_holidays_are_those_of_england_with_their_exceptions(day: str, works: bool) -> None:
    assert CALENDAR.is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize("unit", [Unit.WORKING_DAYS, Unit.MASH_HOURS])
def test_beyond_its_edge_the_calendar_says_so_and_does_not_run_on(unit: Unit) -> None:
    with pytest.raises(ValueError, match="runs from 1990 to 2040"):
        CALENDAR.add(london("2040-12-31T16:00"), Duration(50, unit))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        CALENDAR.add(datetime(2026, 3, 10), Duration(1, Unit.HOURS))  # noqa: DTZ001 (that is what is refused)


MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2038, 1, 1), timezones=st.sampled_from([UTC, LONDON]))  # noqa: DTZ001
AMOUNTS = st.integers(0, 60)
UNITS = st.sampled_from(list(Unit))
WHOLE_DAYS = st.sampled_from([Unit.WORKING_DAYS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS])


@given(MOMENTS, AMOUNTS, UNITS)
def test_nothing_is_over_before_it_begins(start: datetime, amount: int, unit: Unit) -> None:
    assert CALENDAR.add(start, Duration(amount, unit)) >= start.astimezone(UTC).replace(microsecond=0)


@given(MOMENTS, MOMENTS, AMOUNTS, UNITS)
def test_what_begins_later_is_not_over_sooner(one: datetime, other: datetime, amount: int, unit: Unit) -> None:
    first, second = sorted((one, other))

    assert CALENDAR.add(first, Duration(amount, unit)) <= CALENDAR.add(second, Duration(amount, unit))


@given(MOMENTS, AMOUNTS, AMOUNTS, UNITS)
def test_more_time_is_not_over_sooner(start: datetime, one: int, other: int, unit: Unit) -> None:
    less, more = sorted((one, other))

    assert CALENDAR.add(start, Duration(less, unit)) <= CALENDAR.add(start, Duration(more, unit))


@given(MOMENTS, AMOUNTS, WHOLE_DAYS)
def test_days_run_to_the_last_second_of_londons_day(start: datetime, amount: int, unit: Unit) -> None:
    end = CALENDAR.add(start, Duration(amount, unit)).astimezone(LONDON)

    assert end.time() == time(23, 59, 59)


@given(MOMENTS, st.integers(1, 60))
def test_working_days_are_counted_one_by_one(start: datetime, count: int) -> None:
    end = CALENDAR.add(start, Duration(count, Unit.WORKING_DAYS))

    assert CALENDAR.working_days_between(start, end) == count
    assert CALENDAR.is_working_day(end.astimezone(LONDON).date())


@given(MOMENTS, AMOUNTS, AMOUNTS, st.sampled_from([Unit.HOURS, Unit.MASH_HOURS]))
def test_hours_can_be_waited_in_two_parts(start: datetime, first: int, second: int, unit: Unit) -> None:
    once = CALENDAR.add(start, Duration(first + second, unit))
    twice = CALENDAR.add(CALENDAR.add(start, Duration(first, unit)), Duration(second, unit))

    # At closing time and at opening time next morning as many hub hours are gone.
    assert once == twice or {once.astimezone(LONDON).time(), twice.astimezone(LONDON).time()} == set(HUB.values())


@given(MOMENTS, st.integers(1, 60))
def test_hub_hours_are_over_while_the_hub_is_open(start: datetime, amount: int) -> None:
    end = CALENDAR.add(start, Duration(amount, Unit.MASH_HOURS)).astimezone(LONDON)

    assert CALENDAR.is_working_day(end.date())
    assert HUB["opens"] <= end.time() <= HUB["closes"]
