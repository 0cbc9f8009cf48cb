"""The least that a value of a policy can be, and why: nothing at all is a value only where somebody could mean it."""

from typing import Final

from config.policy_values import Duration, Given, Unit

_HOURS: Final = frozenset({Unit.HOURS, Unit.MASH_HOURS})
MAY_BE_NONE: Final = {
    "daily_letter.hour": "midnight is an hour like any other",
    "assessment.unannounced_visits": "an authority may leave it to the worker whether a visit is announced",
    "step_down.unannounced_visits": "an authority may leave it to the worker whether a visit is announced",
}
"""The numbers that may be nothing, and what is meant by it. Of every other, one is the least (or a part of one)."""


def too_little(key: str, given: Given, base: Given | None) -> str | None:
    """Say why a value is too little to mean anything, or return None where it can stand.

    No days are the same day, to its end: that is meant only where the base itself speaks of the same day.
    """
    if isinstance(given, Duration):
        if given.amount > 0:
            return None
        if given.unit in _HOURS:
            return f"{key} cannot be {given}: it would be over the moment it begins."
        same_day = base is None or (isinstance(base, Duration) and base.amount == 0)
        return None if same_day else f"{key} cannot be {given}: it would be over on the day it begins; write '4 hours'."
    number = isinstance(given, int | float) and not isinstance(given, bool)
    if number and given == 0 and key not in MAY_BE_NONE:
        return f"{key} cannot be 0: the rule would hold before anything has happened, or never."
    return None
