"""The parts of a policy pack: spans, effects, and values with their day and source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class PolicyError(Exception):
    """A pack is faulty, or asks for a key that is not there. The message is a sentence."""


class Unit(StrEnum):
    """In what a span is counted."""

    HOURS = "hours"
    MASH_HOURS = "mash_hours"
    WORKING_DAYS = "working_days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class Effect(StrEnum):
    """What a rule does when it finds something: refuse, warn (pass with a recorded reason), or nothing."""

    REFUSE = "refuse"
    WARN = "warn"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Duration:
    """A span of time, in the unit the authority counts it in."""

    amount: float
    unit: Unit

    def __str__(self) -> str:
        """Say it as people do: "1 working day"."""
        words = {Unit.MASH_HOURS: "hub hours"}.get(self.unit, self.unit.value.replace("_", " "))
        amount = int(self.amount) if self.amount == int(self.amount) else self.amount
        return f"{amount} {words.removesuffix('s') if amount == 1 else words}"


Given = Duration | float | int | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value as it stands in a pack: from which day it holds, and who says so."""

    key: str
    given: Given
    start: date
    source: str
    pack: str
    proposed: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """What a pack makes of one rule, from a day on."""

    rule: str
    effect: Effect
    start: date
    source: str
    pack: str


@dataclass(frozen=True, slots=True)
class Pack:
    """One file, read and found sound."""

    authority: str
    values: tuple[Value, ...]
    effects: tuple[RuleEffect, ...]
    labels: Mapping[str, str]


def kind_of(given: Any) -> str:
    """Name the sort of a value, for comparing an override with the base."""
    if isinstance(given, bool):
        return "true or false"
    if isinstance(given, Duration):
        return "a span such as '4 hours'"
    return "a list of words" if isinstance(given, tuple) else "a number"
