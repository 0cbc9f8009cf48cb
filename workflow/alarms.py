"""Alarms that somebody has answered with a reason: they stay answered until the facts, and so the key, change. Pure.

The key of a pattern is the signal's; the key of a warning is its sentence, which names whom and what it speaks of.
An answer quietens; it never lowers a grade's floor, and it lets nothing pass that a rule refuses.
"""

from collections.abc import Iterable

from models.facts import Case
from models.vocabulary import Kind


def answers(case: Case) -> dict[tuple[str, str], str]:
    """Return every answer of the episode now open, by rule and key, with its reason."""
    return case.once(_answers)


def _answers(case: Case) -> dict[tuple[str, str], str]:
    return {
        (str(event.get("rule")), str(key)): str(event.get("words", ""))
        for event in case.now_of(Kind.ALARM_ANSWERED)
        for key in event.codes("keys")
    }


def unanswered(case: Case, rule: str, keys: Iterable[str]) -> list[str]:
    """Return those of a rule's keys that nobody has answered."""
    said = answers(case)
    return [key for key in keys if (rule, key) not in said]
