"""Moments and ages as people say them: London time, in words."""

from datetime import datetime, time, timedelta

from config.clock import LONDON


def hour(moment: time) -> str:
    """Say a time of day: 5pm, 9:30am, midday, midnight."""
    if (moment.hour, moment.minute) == (0, 0):
        return "midnight"
    if (moment.hour, moment.minute) == (12, 0):
        return "midday"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{moment:%p}".lower()


def day(moment: datetime) -> str:
    """Say a day: Friday 23 March."""
    return f"{moment:%A} {moment.day} {moment:%B}"


def at(moment: datetime) -> str:
    """Say when something starts or ran out: 5pm on Friday 23 March."""
    local = moment.astimezone(LONDON)
    return f"{hour(local.time())} on {day(local)}"


def deadline(moment: datetime) -> str:
    """Say by when. A deadline at midnight, or a breath before, is the day's end: nobody reads it another way in time."""
    local = moment.astimezone(LONDON)
    if (local.hour, local.minute) == (0, 0):
        return f"the end of {day(local - timedelta(minutes=1))}"
    if (local.hour, local.minute) == (23, 59):
        return f"the end of {day(local)}"
    return at(moment)
