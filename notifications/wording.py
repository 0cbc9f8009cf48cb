"""Moments and ages as people say them: London time, in words."""

from datetime import date, datetime, time, timedelta
from typing import Final

from config.clock import LONDON

WEEKS_UNTIL: Final = 84  # days; until then a baby's age is said in weeks
MONTHS_UNTIL: Final = 24


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


def age(born: date, on: date) -> str:
    """Say how old a child is, as finely as it matters: 5 weeks, 14 months, 8 years."""
    days = (on - born).days
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if days < WEEKS_UNTIL:
        return f"{days} days" if days < 14 else f"{days // 7} weeks"
    return f"{months} months" if months < MONTHS_UNTIL else f"{months // 12} years"
