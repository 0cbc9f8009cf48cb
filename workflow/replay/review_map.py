"""The review, mapped: what a published review criticised, and which rules answer it in the replay of its casebook."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from config.yaml_marks import read
from workflow.replay.interventions import Intervention, Played
from workflow.rulebook import BY_ID

SHIPPED: Final = "luke-and-matt"
ORDINARY: Final = "ordinary"
"""The shared reason of every rule whose work is ordinary: see `Rule.ordinary`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a review criticised. `unheard` holds the rules that answer it and do not speak, each with why.

    A reason that several rows share is the key of one of the map's `reasons`.
    """

    what: str
    rules: tuple[str, ...]
    unheard: Mapping[str, str] = field(default_factory=dict)
    paragraphs: tuple[str, ...] = ()
    when: str = ""
    window: tuple[date, date] = (date.min, date.max)
    number: int = 0

    @property
    def named(self) -> tuple[str, ...]:
        """Return every rule that the row names."""
        return (*self.rules, *self.unheard)

    def firsts(self, played: Played) -> dict[str, Intervention | None]:
        """Return for each rule the first time that it speaks within the window, or None where it does not."""
        first, last = self.window
        within = [each for each in played.interventions if first <= each.on <= last]
        return {rule: next((each for each in within if each.rule == rule), None) for rule in self.named}


@dataclass(frozen=True, slots=True)
class ReviewMap:
    """A review's rows and recommendations, how many paragraphs its sections have, and what finds no fault."""

    casebook: str
    source: str
    sections: Mapping[str, int]
    rows: tuple[Row, ...]
    recommendations: tuple[Row, ...]
    no_fault: Mapping[str, str]
    reasons: Mapping[str, str]

    def paragraphs(self) -> Iterator[str]:
        """Yield every paragraph of the sections that the map covers."""
        for section, count in self.sections.items():
            yield from (f"{section}.{number}" for number in range(1, count + 1))

    def why(self, row: Row, rule: str) -> str:
        """Return why a rule need not speak in a row: the row's reason, or that its work is ordinary; "" for none."""
        return row.unheard.get(rule) or (ORDINARY if rule in BY_ID and BY_ID[rule].ordinary else "")

    def answered_by(self, rule: str) -> list[Row]:
        """Return the rows in which a rule answers, or would."""
        return [row for row in self.rows if rule in row.named]


def cited(source: str, review: str) -> tuple[str, ...]:
    """Return the paragraphs of a review that a rule's source names: "SCR Matt 5.19, 6.1.21; Rec 4" names two."""
    parts = [part.strip().removeprefix(review).strip() for part in source.split(";") if part.strip().startswith(review)]
    return tuple(one.strip().split(" to ")[0].split(":")[0] for part in parts for one in part.split(",") if one.strip())


@lru_cache(maxsize=4)
def review_map(name: str = SHIPPED) -> ReviewMap:
    """Read the map that comes with a shipped casebook."""
    path = Path(str(resources.files("workflow.replay") / "reviews" / f"{name}.yaml"))
    told: dict[str, Any] = read(path.read_text(encoding="utf-8")).plain()
    return ReviewMap(
        told["casebook"],
        told["source"],
        told["sections"],
        tuple(_rows(told["rows"])),
        tuple(_rows(told["recommendations"])),
        told["no_fault"],
        told["reasons"],
    )


def _rows(told: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    for one in told:
        first, last = one.get("window", (date.min, date.max))
        yield Row(
            one["what"],
            tuple(one["rules"]),
            one.get("unheard", {}),
            tuple(one.get("paragraphs", ())),
            one.get("when", ""),
            (first, last),
            one.get("number", 0),
        )
