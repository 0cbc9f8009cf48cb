"""What the engine would have said or done in a story, and the account of a whole replay."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from workflow.replay.casebook import Casebook
from workflow.rule import Finding, Rule

MOST_SAID: Final = 3
"""So many findings of one rule are said in full; the rest are counted."""


class Answer(StrEnum):
    """How the engine would have answered: the `effect` of the report."""

    REFUSED = "refused"
    WARNED = "warned"
    ACTED = "acted"
    CLOCK = "clock"
    SIGNAL = "signal"


@dataclass(frozen=True, slots=True)
class Sound:
    """One answer about one child, before those of brothers and sisters are joined to it. `index` is the event's."""

    at: datetime
    rule: Rule
    child: str
    effect: Answer
    says: str
    index: int
    state: str | None = None
    loose: bool = False
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Intervention:
    """One answer of the engine. `event` is the index of the event it answers, or of the last before a clock sounded.

    `state` is `warned` or `breached` for a clock, and None for everything else.
    """

    on: date
    event: int
    rule: str
    effect: Answer
    says: str
    source: str
    children: tuple[str, ...]
    state: str | None = None
    loose_date: bool = False
    rests_on_silence: bool = False


@dataclass(frozen=True, slots=True)
class Played:
    """A casebook with everything the engine would have said to it, by day and event."""

    casebook: Casebook
    policy: str
    interventions: tuple[Intervention, ...]

    @property
    def summary(self) -> dict[str, int]:
        """Count the interventions by effect."""
        counted = Counter(each.effect for each in self.interventions)
        return {answer.value: counted[answer] for answer in Answer}

    @property
    def breaches(self) -> tuple[Intervention, ...]:
        """Return the clocks that ran out."""
        return tuple(each for each in self.interventions if each.state == "breached")

    @property
    def clean(self) -> bool:
        """True where nothing was refused and no clock ran out: what a well-run journey must be."""
        return not self.summary[Answer.REFUSED] and not self.breaches


def joined(findings: Iterable[Finding]) -> str:
    """Say several findings as one sentence."""
    missing = list(dict.fromkeys(finding.missing.strip().rstrip(".") for finding in findings))
    rest = len(missing) - MOST_SAID
    said = "; ".join((missing[0], *(_lower(part) for part in missing[1:MOST_SAID])))
    return f"{said}; and {rest} more." if rest > 0 else f"{said}."


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
