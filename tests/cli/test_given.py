"""Moments said the short way."""

from datetime import UTC, datetime

import pytest

from cli.given import spoken

NOW = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)  # the Saturday before the clocks go forward


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("+3h", "2026-03-28T15:00:00+00:00"),
        ("+24h", "2026-03-29T13:00:00+01:00"),  # a day of hours is not the same time tomorrow
        ("+1d", "2026-03-29T12:00:00+01:00"),  # and a day is
        ("+2w", "2026-04-11T12:00:00+01:00"),
        ("today", "2026-03-28T12:00:00+00:00"),
        ("tomorrow", "2026-03-29T12:00:00+01:00"),
        ("tomorrow 14:30", "2026-03-29T14:30:00+01:00"),
        ("yesterday 09:00", "2026-03-27T09:00:00+00:00"),
        ("tomorrow 25:00", None),
        ("tomorrow noon", None),
        ("soon", None),
        ("+3x", None),
        ("+99999h", None),
        ("", None),
        ("2026-03-31", None),
    ],
)
def test_a_moment_said_the_short_way_is_london_time(said: str, meant: str | None) -> None:
    found = spoken(said, NOW)

    assert (found.isoformat() if found else None) == meant
