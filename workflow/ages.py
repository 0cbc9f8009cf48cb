"""How old a child is, as people say it: as finely as it matters. Pure."""

from datetime import date
from typing import Final

WEEKS_UNTIL: Final = 84  # days; until then a baby's age is said in weeks
MONTHS_UNTIL: Final = 24


def age(born: date, on: date) -> str:
    """Say how old a child is, as finely as it matters: 5 weeks, 14 months, 8 years."""
    days = (on - born).days
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if days < WEEKS_UNTIL:
        return f"{days} days" if days < 14 else f"{days // 7} weeks"
    return f"{months} months" if months < MONTHS_UNTIL else f"{months // 12} years"


def age_or_due(born: date | None, due: date | None, on: date) -> str:
    """Say how old a child is, or when it is expected."""
    if born is not None:
        return age(born, on)
    return f"unborn, due {due.day} {due:%B %Y}" if due else "unborn"
