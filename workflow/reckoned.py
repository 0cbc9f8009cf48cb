"""Where a rule counts weeks or visits: since when, how many so far, and when time alone will have made it enough. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from models.events import Event
from workflow.chronology_words import british, clock_time
from workflow.questions import day_of
from workflow.rule import Reckoning, Terms

_MIDNIGHT: Final = "00:00"


def for_long_enough(since: datetime, now: datetime, key: str, terms: Terms) -> Reckoning:
    """Reckon a span of the policy that runs from a moment and is not over yet."""
    days = (day_of(now) - day_of(since)).days
    passed = f"{days} {'day' if days == 1 else 'days'}"
    return Reckoning(since, f"{passed} of {terms.span(key)}", terms.due(since, key))


def often_enough(among: Sequence[Event], counted: float, wanted: float, what: str) -> Reckoning:
    """Reckon things of which there are too few among some events: only somebody who does more of them mends that."""
    return Reckoning(among[0].at if among else None, f"{counted:g} of {wanted:g} {what}")


def said(found: Reckoning | None) -> str:
    """Say a reckoning in a sentence or two, or nothing where a rule counts nothing."""
    if found is None:
        return ""
    since = f"Counted since {british(day_of(found.since))}" if found.since else "Counted so far"
    if found.enough_on is None:
        return f"{since}: {found.so_far}. Waiting alone does not make it enough."
    return f"{since}: {found.so_far}. If nothing changes, it is enough from {_from(found.enough_on)}."


def _from(moment: datetime) -> str:
    """Name the day that a moment begins: a span of days runs to the last second of its last one."""
    begins = moment + timedelta(seconds=1)
    at = clock_time(begins)
    return british(day_of(begins)) if at == _MIDNIGHT else f"{british(day_of(moment))} at {clock_time(moment)}"
