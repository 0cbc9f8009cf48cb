"""Alarms that somebody has answered with a reason: they stay answered until the facts, and so the key, change. Pure.

The key of a pattern grows with what it counts; the key of a warning holds just
what was recorded when it was given: the same again is not asked again, and anything else is.
An answer quietens; it never lowers a grade's floor, and it lets nothing pass that a rule refuses.
"""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.rule import Raised

FINGERPRINT: Final = 16
"""So many letters tell one thing that is recorded from another."""


def pattern_key(pattern: Raised) -> str:
    """Return what an answer to a pattern answers: the pattern, and how much it counts up to which event."""
    return f"{pattern.key}|{len(pattern.of)}|{pattern.of[-1]}" if pattern.of else pattern.key


def warning_key(missing: str, event: Event) -> str:
    """Return what an answer to a warning answers: its sentence, about just what was then recorded and nothing else."""
    told = json.dumps({str(key): event.data[key] for key in sorted(event.data)}, default=str, sort_keys=True)
    return f"{missing}|{sha256(told.encode()).hexdigest()[:FINGERPRINT]}"


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
