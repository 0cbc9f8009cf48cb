"""What is wrong with a casebook, said so that whoever wrote it can mend it: a line and a plain sentence."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from config.yaml_marks import Placed

LONGEST: Final = 40
"""How much of a value a sentence quotes."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong on one line, in a plain sentence."""

    line: int
    says: str

    def __str__(self) -> str:
        """Say it as it is printed."""
        return f"line {self.line}: {self.says}"


class CasebookError(Exception):
    """The file is faulty and nothing of it is played. `faults` holds everything that is wrong, by line."""

    def __init__(self, faults: Iterable[Fault], name: str = "") -> None:
        """Keep the faults in the order of the file."""
        self.faults = tuple(sorted(set(faults)))
        self.name = name
        super().__init__("\n".join(map(str, self.faults)))


def near(written: object, known: Iterable[str]) -> str:
    """Return a suggestion for a misspelt word, or nothing."""
    if not isinstance(written, str) or len(written) > LONGEST:
        return ""
    found = difflib.get_close_matches(written, list(known), n=1, cutoff=0.6)
    return f"; did you mean {found[0]}?" if found else ""


def shown(placed: Placed) -> str:
    """Return a value as a fault quotes it: short, and on one line."""
    if placed.is_mapping or placed.is_list:
        return "a mapping" if placed.is_mapping else "a list"
    if placed.value is None:
        return "nothing"
    words = str(placed.value).lower() if isinstance(placed.value, bool) else str(placed.value)
    plain = "".join(letter if letter.isprintable() else "?" for letter in words)
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 3]}..."
