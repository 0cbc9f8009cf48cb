"""Whom anybody may ring about a child, from the policy pack: an authority checks the numbers, and sets its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from config.policy import Policy

KEYS: Final = (
    "help_line.emergency",
    "help_line.hub",
    "help_line.out_of_hours",
    "help_line.nspcc",
    "help_line.childline",
    "help_line.domestic_abuse",
)
"""In the order in which somebody in a hurry looks for theirs."""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One line: its name, its number as it is dialled or where it is found, and when to ring it."""

    name: str
    number: str
    when: str
    checked: bool
    """False until an authority has said that the number is right."""

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it; empty where it is words."""
        digits = self.number.replace(" ", "")
        return digits if digits.isascii() and digits.isdigit() else ""


def help_lines(policy: Policy) -> tuple[HelpLine, ...]:
    """Return the lines in force."""
    return tuple(_lines(policy))


def hub_line(policy: Policy) -> HelpLine:
    """Return the hub's own line."""
    return next(one for key, one in zip(KEYS, _lines(policy), strict=True) if key == "help_line.hub")


def _lines(policy: Policy) -> Iterator[HelpLine]:
    for key in KEYS:
        name, number, when = policy.words(key)
        yield HelpLine(name, number, when, not policy.value(key).proposed)
