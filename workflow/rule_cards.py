"""A rule in full: what it does, the values it reads for each authority, and the first time it speaks in a casebook."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from config.policy import BASE, Effect, PolicyBook, Value, shipped
from workflow.heard import heard
from workflow.reads import keys_read
from workflow.replay.interventions import Intervention, Played
from workflow.replay.play import play
from workflow.replay.review_map import review_map
from workflow.replay.shelf import open_casebook
from workflow.rule import Rule

EFFECTS: Final = {
    Effect.REFUSE: "refuses the step until it is mended",
    Effect.WARN: "warns: the step goes on with a reason on record",
    Effect.OFF: "is off",
}
SORTS: Final = {
    "duty": "is done by the engine itself",
    "clock": "runs until it is answered, and climbs when it is not",
    "signal": "raises the grade, or tells somebody, when it sees the pattern",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One value that a rule reads, as each shipped authority has it."""

    key: str
    said: dict[str, str]
    proposed: bool

    def __str__(self) -> str:
        """Say it once where all have the same."""
        by_value: dict[str, list[str]] = {}
        for authority, value in self.said.items():
            by_value.setdefault(value, []).append(authority)
        values = "; ".join(f"{value} ({' and '.join(map(named, whose))})" for value, whose in by_value.items())
        return f"{values}{', proposed: nobody has published it' if self.proposed else ''}"


@dataclass(frozen=True, slots=True)
class Example:
    """The first time that a rule speaks in a casebook: the answer, the line of the file, the paragraph of its source."""

    casebook: str
    line: int
    paragraph: str
    answer: Intervention

    def __str__(self) -> str:
        """Say when, where and what."""
        several = "paragraphs" if "," in self.paragraph else "paragraph"
        of = f", {several} {self.paragraph} of the source" if self.paragraph else ""
        says = self.answer.says[:1].upper() + self.answer.says[1:]
        return f"{self.casebook}, line {self.line}{of}: it {heard(self.answer)}. {says}"


def sort(rule: Rule) -> str:
    """Return what a rule is: a gate, a duty, a clock or a signal."""
    return type(rule).__name__.lower()


def does(rule: Rule, effect: Effect | None = None) -> str:
    """Say what a rule does, by itself or as an authority has it."""
    effect = effect or rule.effect
    return SORTS[sort(rule)] if sort(rule) != "gate" and effect is not Effect.OFF else EFFECTS[effect]


def changed(rule: Rule) -> Iterator[tuple[str, Effect]]:
    """Yield the authorities that make something else of a rule, with its effect there."""
    for authority, book in _books().items():
        effect = book.on(date.max).effect(rule.id, rule.effect)
        if effect is not rule.effect:
            yield authority, effect


def readings(rule: Rule) -> list[Reading]:
    """Return the values that a rule reads, as they stand at the end of each pack."""
    policies = {authority: book.on(date.max) for authority, book in _books().items()}
    keys = keys_read(rule, {value.key for value in policies[BASE].entries()})
    return [
        Reading(
            key,
            {authority: said(policy.value(key)) for authority, policy in policies.items()},
            policies[BASE].value(key).proposed,
        )
        for key in keys
    ]


def said(value: Value) -> str:
    """Return a value in words."""
    if isinstance(value.given, bool):
        return "yes" if value.given else "no"
    return (
        ", ".join(word.replace("_", " ") for word in value.given)
        if isinstance(value.given, tuple)
        else str(value.given)
    )


def example(rule: Rule) -> Example | None:
    """Return the first time that a rule speaks, by preference on what the review map names it for."""
    name, played = review_map().casebook, _played()
    mapped = (row.firsts(played)[rule.id] for row in review_map().answered_by(rule.id))
    speaks = (each for each in played.interventions if each.rule == rule.id)
    answer = next((each for each in (*mapped, *speaks) if each is not None), None)
    if answer is None:
        return None
    told = played.casebook.told[answer.event]
    return Example(name, told.line, told.ref, answer)


def shown(rule: Rule) -> str:
    """Say where a rule speaks, or why it does nowhere."""
    found = example(rule)
    if found is not None:
        return str(found)
    mapped = review_map()
    why = next(filter(None, (mapped.why(row, rule.id) for row in mapped.answered_by(rule.id))), "")
    return f"none in {mapped.casebook}. {mapped.reasons.get(why, why)}".rstrip()


def named(authority: str) -> str:
    """Return an authority's name as it is written."""
    return authority.replace("_", " ").replace("-", " ").title()


def data(rule: Rule) -> dict[str, Any]:
    """Return a rule as plain data."""
    return {
        "values": {one.key: one.said for one in readings(rule)},
        "changed by": {authority: effect.value for authority, effect in changed(rule)},
        "example": shown(rule),
    }


def matches(rule: Rule, words: str) -> bool:
    """Tell whether a rule speaks of every one of some words."""
    read = keys_read(rule, known_keys())
    text = " ".join((rule.id, rule.id.replace("-", " "), rule.says, rule.mend, rule.source, *read)).lower()
    return all(word in text for word in words.lower().split())


@lru_cache(maxsize=1)
def known_keys() -> frozenset[str]:
    """Return every key that a policy has."""
    return frozenset(value.key for value in _books()[BASE].on(date.max).entries())


@lru_cache(maxsize=1)
def _books() -> dict[str, PolicyBook]:
    return {authority: PolicyBook.load(authority) for authority in sorted(shipped(), key=lambda one: one != BASE)}


@lru_cache(maxsize=1)
def _played() -> Played:
    return play(open_casebook(review_map().casebook))
