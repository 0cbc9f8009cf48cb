"""Working time in England: when a span that the policy allows is over. Pure; the bank holidays are frozen once."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

import holidays

from config.clock import LONDON
from config.policy import Duration, Unit

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2040
LAST_MOMENT: Final = time(23, 59, 59)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """The days on which a hub works, and its hours on them.

    Days and longer are counted on London's calendar and run to the end of the day. Hours run through the night.
    Hub hours ("mash_hours") run only while the hub is open.
    """

    working: tuple[date, ...]
    opens: time
    closes: time

    @classmethod
    def england(
        cls, *, extra: frozenset[date] = frozenset(), opens: time = time(9), closes: time = time(17)
    ) -> "WorkingCalendar":
        """Build the calendar of England; `extra` are one-off days off that came too late for the library."""
        return cls(_working_days(extra), opens, closes)

    def __hash__(self) -> int:
        """Hash by what tells two calendars apart, without walking twenty-eight years of days."""
        return hash((len(self.working), self.opens, self.closes))

    def is_working_day(self, day: date) -> bool:
        """Tell whether the hub works on this day."""
        at = bisect_left(self.working, day)
        return at < len(self.working) and self.working[at] == day

    def open_at(self, moment: datetime) -> bool:
        """Tell whether the hub is open at this moment."""
        local = _local(moment)
        return self.is_working_day(local.date()) and self.opens <= local.time() < self.closes

    def end_of_day(self, day: date) -> datetime:
        """Return the last second of a day, in UTC."""
        return datetime.combine(day, LAST_MOMENT, LONDON).astimezone(UTC)

    def add(self, start: datetime, span: Duration) -> datetime:
        """Return when a span that begins at `start` is over, in UTC."""
        # In UTC, where no hour comes twice: two moments that differ are never taken for one.
        return _over(self, start if start.tzinfo is UTC else _local(start).astimezone(UTC), span)

    def _add(self, start: datetime, span: Duration) -> datetime:
        local = _local(start)
        match span.unit:
            case Unit.HOURS:
                return start.astimezone(UTC) + timedelta(hours=span.amount)
            case Unit.MASH_HOURS:
                return self._add_open_hours(local, timedelta(hours=span.amount))
            case Unit.WORKING_DAYS:
                return self.end_of_day(self._working_day_after(local.date(), int(span.amount)))
            case Unit.DAYS:
                return self.end_of_day(local.date() + timedelta(days=span.amount))
            case Unit.WEEKS:
                return self.end_of_day(local.date() + timedelta(weeks=span.amount))
            case Unit.MONTHS:
                return self.end_of_day(_months_later(local.date(), int(span.amount)))

    def working_days_between(self, first: datetime, last: datetime) -> int:
        """Count the working days after the day of `first`, up to and with the day of `last`."""
        start, end = _local(first).date(), _local(last).date()
        return bisect_right(self.working, end) - bisect_right(self.working, start)

    def _working_day_after(self, day: date, count: int) -> date:
        if count <= 0:
            return day
        at = bisect_right(self.working, day) + count - 1
        if at >= len(self.working) or day < self.working[0]:
            raise too_near_the_edge(day)
        return self.working[at]

    def _add_open_hours(self, local: datetime, left: timedelta) -> datetime:
        day, clock = local.date(), local.time()
        while day <= self.working[-1]:
            if self.is_working_day(day) and clock < self.closes:
                begin = datetime.combine(day, max(clock, self.opens), LONDON)
                room = datetime.combine(day, self.closes, LONDON) - begin
                if left <= room:
                    return (begin + left).astimezone(UTC)
                left -= room
            day, clock = day + _DAY, time.min
        raise too_near_the_edge(day)


@lru_cache(maxsize=1 << 14)
def _over(calendar: WorkingCalendar, start: datetime, span: Duration) -> datetime:
    """Rules ask about the same moments again and again, as long as a case is open; each is counted once."""
    return calendar._add(start, span)  # noqa: SLF001 (the calendar's own, kept outside it so that it can be forgotten)


def too_near_the_edge(day: date) -> ValueError:
    """Say that the calendar does not reach so far."""
    return ValueError(f"The calendar runs from {FIRST_YEAR} to {LAST_YEAR}; {day} is too near its edge.")


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"A moment without a time zone cannot be counted from: {moment!r}.")
    return moment.astimezone(LONDON)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"{day} has no day {months} months later.")


@lru_cache(maxsize=4)
def _working_days(extra: frozenset[date]) -> tuple[date, ...]:
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    off = set(holidays.country_holidays("GB", subdiv="ENG", years=years)) | extra
    day, days = date(FIRST_YEAR, 1, 1), []
    while day.year <= LAST_YEAR:
        if day.weekday() < 5 and day not in off:
            days.append(day)
        day += _DAY
    return tuple(days)
