"""Every rule that a step is held to, met or missing, with who can mend it and by which act. Pure.

The engine says what refuses a step. Whoever signs wants to see as well what was looked at and found to be there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from config.policy import Effect
from models.events import Event
from models.facts import Case
from workflow import rulebook
from workflow.alarms import unanswered, warning_key
from workflow.reckoned import said
from workflow.rule import Finding, Gate, Terms

_VERBS: Final = re.compile(r"`([a-z-]+)`")


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a rule misses: a sentence, the people or things it speaks of, and what was counted, if anything."""

    says: str
    of: tuple[str, ...] = ()
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """One rule that a step is held to. It is met where nothing is missing; `refuses` where what is missing must be mended.

    What only warns can be passed with a recorded reason.
    """

    rule: str
    says: str
    source: str
    who_can_mend: str
    mended_by: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    refuses: bool = False
    answered: bool = field(default=False)
    """True where it warned of just this before, and somebody has said why they went on."""


def held_to(case: Case, events: Iterable[Event], terms: Terms) -> tuple[Held, ...]:
    """Return every rule that a step is held to, in the order in which they speak; each once, whatever it was asked of."""
    found: dict[str, Held] = {}
    family = case.family
    for event in events:
        now = family.case(case.child_id)
        for gate in rulebook.GATES:
            effect = terms.policy.effect(gate.id, gate.effect)
            if event.kind in gate.on and event.at.date() >= gate.since and effect is not Effect.OFF:
                judged = _judged(gate, effect, now, event, terms)
                found[gate.id] = _worse(found.get(gate.id), judged)
        family = family.after([event])
    return tuple(found.values())


def standing_in_the_way(rules: Iterable[Held]) -> tuple[Held, ...]:
    """Return the rules that something is missing for, those that refuse first."""
    return tuple(sorted((one for one in rules if one.missing), key=lambda one: not one.refuses))


def _judged(gate: Gate, effect: Effect, case: Case, event: Event, terms: Terms) -> Held:
    found = list(gate.judge(case, event, terms))
    open_ = [one for one in found if _refuses(one, effect) or not _answered(gate, one, case, event)]
    return Held(
        gate.id,
        gate.says,
        gate.source,
        gate.mend,
        tuple(dict.fromkeys(_VERBS.findall(gate.mend))),
        tuple(Missing(one.missing, one.of, said(one.reckoned)) for one in open_),
        any(_refuses(one, effect) for one in open_),
        answered=bool(found) and not open_,
    )


def _refuses(finding: Finding, effect: Effect) -> bool:
    return effect is Effect.REFUSE and not finding.light


def _answered(gate: Gate, finding: Finding, case: Case, event: Event) -> bool:
    return not unanswered(case, gate.id, [warning_key(finding.missing, event)])


def _worse(before: Held | None, judged: Held) -> Held:
    return before if before is not None and before.missing and not judged.missing else judged
