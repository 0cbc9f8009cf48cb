"""The lowest grade the facts allow, for the gate on grading: the signals are asked directly."""

from datetime import datetime

from models.facts import Case
from models.vocabulary import Grade
from workflow.rule import Terms
from workflow.signals import front_door, patterns, strategy


def lowest_grade(case: Case, terms: Terms, now: datetime) -> tuple[Grade, str]:
    """Return the lowest grade that the facts allow, and the sentence of one pattern that holds it there."""
    lowest, why = Grade.GREEN, ""
    for signal in (*front_door.SIGNALS, *strategy.SIGNALS, *patterns.SIGNALS):
        for pattern in signal.judge(case, terms, now):
            if pattern.floor is not None and pattern.floor > lowest:
                lowest, why = pattern.floor, pattern.says
    return lowest, why
