"""The page docs/rules.md: the rule book by stage, each rule with its values, its source, who mends it and an example."""

from collections.abc import Iterator
from typing import Final

from cli.markdown import contents, page
from models.vocabulary import Stage
from workflow import rule_cards, rulebook
from workflow.heard import many
from workflow.reads import keys_read
from workflow.rule import Rule

ORDER: Final = {"gate": "Gates", "duty": "Duties", "clock": "Clocks", "signal": "Signals"}


def rules() -> str:
    """Write the rule book."""
    chosen = {stage: _of(stage) for stage in Stage}
    titles = [_title(stage) for stage in Stage]
    return page(
        "Rules",
        f"{many(len(rulebook.RULES), 'rule')}, in the words in which the engine says them."
        " [review.md](review.md) shows which paragraph of the review each answers, and when.",
        HOW_TO_READ,
        "## Contents",
        contents([*titles, "Values that no rule reads"]),
        *(part for stage, ordered in chosen.items() for part in _stage(stage, ordered)),
        "## Values that no rule reads",
        _unread(),
    )


HOW_TO_READ: Final = """A **gate** refuses a step, or warns of it, until what it misses is there. A **duty** is what the engine does by
itself. A **clock** gives warning, runs out, and climbs. A **signal** is a pattern across events.

The brackets behind a value name the authorities that work by it. Whoever disagrees with a value writes a pack that holds
nothing else, and asks:

    mash policy check mine.yaml                     # is it written soundly?
    mash policy diff england mine.yaml --replay     # what would it have changed in the casebooks?

`mash rules RULE` shows one rule, `mash rules --search WORD` those that speak of something. The line in an example is that
of the casebook's file; *by silence* means that the rule speaks because the source does not mention what ought to have been
done."""


def _title(stage: Stage) -> str:
    name = stage.value.replace("_", " ")
    return name[:1].upper() + name[1:]


def _of(stage: Stage) -> list[Rule]:
    mine = [rule for rule in rulebook.RULES if rule.stage is stage]
    return sorted(mine, key=lambda rule: list(ORDER).index(rule_cards.sort(rule)))


def _stage(stage: Stage, ordered: list[Rule]) -> Iterator[str]:
    yield f"## {_title(stage)}"
    for sort, several in ORDER.items():
        of_sort = [f"[{rule.id}](#{rule.id})" for rule in ordered if rule_cards.sort(rule) == sort]
        if of_sort:
            yield f"{several} ({len(of_sort)}): {', '.join(of_sort)}"
    for rule in ordered:
        yield f"### `{rule.id}`"
        yield f"**{rule.says}**"
        yield "\n".join(f"- {line}" for line in _lines(rule))


def _lines(rule: Rule) -> Iterator[str]:
    yield f"A {rule_cards.sort(rule)}: it {rule_cards.does(rule)}."
    for authority, effect in rule_cards.changed(rule):
        yield f"In {rule_cards.named(authority)} it {rule_cards.does(rule, effect)}."
    yield f"Who can mend it: {rule.mend}"
    for reading in rule_cards.readings(rule):
        yield f"Value `{reading.key}`: {reading}"
    yield f"Source: {rule.source}"
    yield f"Example: {rule_cards.shown(rule)}"


def _unread() -> str:
    """List what serves what goes on around the rules: letters, lists and the replay."""
    known = rule_cards.known_keys()
    read = {key for rule in rulebook.RULES for key in keys_read(rule, known)}
    return "\n".join(f"- `{key}`" for key in sorted(known - read))
