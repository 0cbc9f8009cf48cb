"""How a deadline is said to somebody who reads it now: due today by 2:45pm, overdue by 3 hours."""

from datetime import datetime, timedelta
from typing import Final

from config.clock import LONDON
from notifications.wording import hour

_NEAR: Final = timedelta(days=6)


def due(deadline: datetime | None, now: datetime) -> str:
    """Say when something is due, counted from now. A deadline at midnight, or a breath before, is the day's end."""
    if deadline is None:
        return "no date"
    if deadline < now:
        return f"overdue by {span(now - deadline)}"
    local = deadline.astimezone(LONDON)
    moment = local.time()
    if (moment.hour, moment.minute) == (0, 0):
        local -= timedelta(minutes=1)
        moment = local.time()
    by = "the end of the day" if (moment.hour, moment.minute) == (23, 59) else hour(moment)
    days = (local.date() - now.astimezone(LONDON).date()).days
    if days == 0:
        return f"due today by {by}"
    if days == 1:
        return f"due tomorrow by {by}"
    if deadline - now <= _NEAR:
        return f"due on {local:%A} by {by}"
    return f"due on {local.day} {local:%B %Y}"


def span(length: timedelta) -> str:
    """Say how long something is, in its largest unit: 3 hours, 2 days."""
    minutes = int(length.total_seconds() // 60)
    days = minutes // (60 * 24)
    for number, name in (
        (days // 7 if days >= 14 else 0, "week"),
        (days, "day"),
        (minutes // 60, "hour"),
        (minutes, "minute"),
    ):
        if number:
            return f"{number} {name}" if number == 1 else f"{number} {name}s"
    return "less than a minute"


def moment(when: datetime) -> str:
    """Say when something happened, with its year: 4 June 2026 at 9:32am."""
    local = when.astimezone(LONDON)
    return f"{local.day} {local:%B %Y} at {hour(local.time())}"
