"""Moments as people say them: London time, in words."""

from datetime import datetime, time, timedelta

from config.clock import LONDON


def hour(moment: time) -> str:
    """Say a time of day: 5pm, 9:30am, midday, midnight."""
    if (moment.hour, moment.minute) == (0, 0):
        return "midnight"
    if (moment.hour, moment.minute) == (12, 0):
        return "midday"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def day(moment: datetime) -> str:
    """Say a day: Friday 23 March."""
    return f"{moment:%A} {moment.day} {moment:%B}"


def at(moment: datetime) -> str:
    """Say when something starts or ran out: 5pm on Friday 23 March."""
    local = moment.astimezone(LONDON)
    return f"{hour(local.time())} on {day(local)}"


def deadline(moment: datetime) -> str:
    """Say by when. A deadline at midnight belongs to the day before: nobody reads it the other way in time."""
    local = moment.astimezone(LONDON)
    if (local.hour, local.minute) == (0, 0):
        return f"the end of {day(local - timedelta(days=1))}"
    return at(moment)
