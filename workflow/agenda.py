"""What one referral asks for, as one ordered list: what must happen now, what to watch, and what is folded away. Pure.

Ninety rules may speak of one child. What they ask for is a handful of acts, so the acts are listed, and the rules
stand beside them as the reasons.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from workflow import rulebook
from workflow.alarms import answers, pattern_key
from workflow.questions import mark
from workflow.rule import Raised, Signal, Terms

_ACT: Final = re.compile(r"`([a-z-]+)`(?: and ([a-z_]+=[a-z_]+))?")
_HOLDS_IT: Final = frozenset({"the worker", "the social worker", "the lead worker", "the owner"})


@dataclass(frozen=True, slots=True)
class Deadline:
    """A clock that runs on a referral, or a task that somebody has."""

    rule: str
    says: str
    due: datetime | None
    who: str | None = None
    number: int | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that asks for an act: its id, its sentence, who says so, and its own deadline."""

    rule: str
    says: str
    source: str
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One act that is wanted, however many rules ask for it. `due` is the earliest of their deadlines.

    `act` is the verb that would do it, in words, where one verb does; `by` the people asked, or whose turn it is.
    """

    act: str
    says: str
    by: str
    due: datetime | None
    how: str
    because: tuple[Reason, ...]
    tasks: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """One event that a pattern counts."""

    at: datetime
    kind: str
    by: str | None


@dataclass(frozen=True, slots=True)
class Watched:
    """A pattern that a signal sees: what it counts, the grade it holds, what would change it, and what was answered."""

    rule: str
    says: str
    source: str
    floor: str | None
    counted: tuple[Counted, ...]
    changes: str
    answered: str | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """One referral's list. `later` and `answered` are folded: they are counted, and shown when asked for."""

    now: tuple[Line, ...] = ()
    watch: tuple[Watched, ...] = ()
    later: tuple[Line, ...] = ()
    answered: tuple[Watched, ...] = ()


def agenda(
    case: Case, owner: str, terms: Terms, now: datetime, clocks: Iterable[Deadline], tasks: Iterable[Deadline]
) -> Agenda:
    """Make the list of one referral from its clocks and tasks, and from the patterns in its record."""
    ordered = lines(clocks, tasks, owner)
    horizon = terms.due(now, "agenda.horizon")
    pressing = tuple(line for line in ordered if line.due is None or line.due <= horizon) or ordered[:1]
    seen = tuple(watched(case, terms, now))
    return Agenda(
        now=pressing,
        watch=tuple(one for one in seen if one.answered is None),
        later=tuple(line for line in ordered if line not in pressing),
        answered=tuple(one for one in seen if one.answered is not None),
    )


def lines(clocks: Iterable[Deadline], tasks: Iterable[Deadline], owner: str) -> tuple[Line, ...]:
    """Merge what is asked for into acts, what is due first at the top and what has no date last."""
    by_act: dict[tuple[str, ...], list[Deadline]] = {}
    for one in (*clocks, *tasks):
        by_act.setdefault(_act(one), []).append(one)
    merged = [_merged(asked, owner) for asked in by_act.values()]
    return tuple(sorted(merged, key=lambda line: (_when(line.due), line.says)))


def _when(due: datetime | None) -> float:
    """Return what sorts deadlines: what has none comes last."""
    return due.timestamp() if due else math.inf


def verb_of(rule: str) -> str:
    """Return the act that a rule names as its mend, or nothing where it names none."""
    found = _ACT.search(rulebook.BY_ID[rule].mend) if rule in rulebook.BY_ID else None
    return found[1] if found else ""


def _act(one: Deadline) -> tuple[str, ...]:
    """Return what tells one act from another: the verb that would do it, with the detail that makes it that one."""
    rule = rulebook.BY_ID.get(one.rule)
    verb = _ACT.search(rule.mend) if rule else None
    return (verb[1], verb[2] or "") if verb else (one.rule, str(one.number))


def _merged(asked: list[Deadline], owner: str) -> Line:
    ordered = sorted(asked, key=lambda one: (_when(one.due), one.number or 0))
    own_words = [one for one in ordered if one.number is not None and " is late: " not in one.says]
    first = (own_words or ordered)[0]
    dues = [one.due for one in ordered if one.due is not None]
    rule = rulebook.BY_ID.get(first.rule)
    how = rule.mend if rule else "whoever has the task"
    people = dict.fromkeys(one.who for one in own_words if one.who) or dict.fromkeys(
        one.who for one in ordered if one.who
    )
    verb, detail = (*_act(first), "")[:2] if rule and _ACT.search(how) else ("", "")
    return Line(
        act=_words(verb, detail),
        says=first.says,
        by=", ".join(people) or _who(how, owner),
        due=min(dues, default=None),
        how=how,
        because=tuple(_reasons(ordered)),
        tasks=tuple(one for one in ordered if one.number is not None),
    )


def _words(verb: str, detail: str) -> str:
    more = detail.partition("=")[2].replace("_", " ")
    named = more if more not in {"", "true", "false"} else ""
    return verb.replace("-", " ") + (f" ({named})" if named else "")


def _who(how: str, owner: str) -> str:
    who = re.split(r", with |;", how)[0]
    return f"{who} ({owner})" if who in _HOLDS_IT else who


def _reasons(asked: Iterable[Deadline]) -> Iterator[Reason]:
    told: set[str] = set()
    for one in asked:
        rule = rulebook.BY_ID.get(one.rule)
        if one.rule not in told:
            told.add(one.rule)
            yield Reason(one.rule, rule.says if rule else one.says, rule.source if rule else "", one.due)


def watched(case: Case, terms: Terms, now: datetime) -> Iterator[Watched]:
    """Yield every pattern that the signals see, what was answered with the answer."""
    said = answers(case)
    for signal, pattern in rulebook.raised(case, terms, now):
        reply = said.get((signal.id, pattern_key(pattern)))
        yield Watched(
            rule=signal.id,
            says=pattern.says[:1].upper() + pattern.says[1:],
            source=signal.source,
            floor=pattern.floor.code if pattern.floor else None,
            counted=tuple(Counted(event.at, event.kind.value, event.by) for event in counted(case, signal, pattern)),
            changes=signal.mend,
            answered=reply,
        )


def counted(case: Case, _signal: Signal, pattern: Raised) -> list[Event]:
    """Return the events that a pattern counts: those it names, or the one that its key does."""
    named = set(pattern.of) or {pattern.key.partition(":")[2]}
    return [event for event in case.record if mark(event) in named]
