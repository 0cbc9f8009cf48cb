"""An answer of the engine in a few words: what the rule does, on which day, how often."""

from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from workflow.replay.interventions import Intervention

_DID: Final = {"refused": "refuses", "warned": "warns", "acted": "acts", "signal": "sees the pattern"}


def did(each: "Intervention") -> str:
    """Say what a rule does: refuses, warns, acts, runs out."""
    return _DID.get(each.effect.value, "runs out" if each.state == "breached" else "gives warning")


def british(day: date) -> str:
    """Return a day as people write it: 9 Feb 2018."""
    return f"{day.day} {day:%b %Y}"


def when(each: "Intervention") -> str:
    """Return the day, with a word of how sure it is."""
    return f"{'about ' if each.loose_date else ''}{british(each.on)}"


def heard(each: "Intervention") -> str:
    """Say what a rule does and when: "refuses, about 9 Feb 2018 (by silence)"."""
    return f"{did(each)}, {when(each)}{' (by silence)' if each.rests_on_silence else ''}"


def many(count: int, noun: str) -> str:
    """Return a count with its noun: 1 value, 2 values."""
    return f"{count} {noun if count == 1 else noun + 's'}"
