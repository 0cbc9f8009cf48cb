"""One referral's agenda on the screen: each act with whose it is, by when and why; what to watch; what is folded away."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from cli.printing import say, section
from config.clock import LONDON
from notifications.due import due
from workflow.agenda import Agenda, Line, Reason, Watched

MOST_COUNTED: Final = 8
"""So many events of a pattern are named; of a longer row the last ones."""


def print_agenda(agenda: Agenda, now: datetime, *, unfold: bool) -> None:
    """Print what must happen now, then what to watch, then how much more there is."""
    section("What must happen now", (row for line in agenda.now for row in _line(line, now, whole=unfold)))
    section("Watch", (row for one in agenda.watch for row in _watched(one)))
    if unfold:
        section("Later", (row for line in agenda.later for row in _line(line, now, whole=True)))
        section("Answered", (row for one in agenda.answered for row in _watched(one)))
        return
    folded = list(_folded(agenda, now))
    if folded:
        print()
        say(f"Folded away: {'; '.join(folded)}. `--all` shows everything.")


def _line(line: Line, now: datetime, *, whole: bool) -> Iterator[str]:
    yield f"{due(line.due, now)}: {line.says}" if line.due else line.says
    tasks = ", ".join(f"task {one.number}, {one.who}" for one in line.tasks)
    yield f"  By {line.by}" + (f" ({tasks})" if tasks else "") + f". How: {line.how}."
    if not whole:
        yield f"  Why: {'; '.join(_short(reason) for reason in line.because)}."
        return
    for reason in line.because:
        when = f"{due(reason.due, now)}: " if reason.due else ""
        yield f"  - {when}{reason.says} [{_short(reason)}]"
    for task in line.tasks:
        if task.says != line.says:
            yield f"  - {task.says} (task {task.number}, {task.who})"


def _short(reason: Reason) -> str:
    return f"{reason.rule} ({reason.source})" if reason.source else reason.rule


def _watched(one: Watched) -> Iterator[str]:
    holds = f" It holds the grade at {one.floor} or higher." if one.floor else ""
    yield f"{one.says}{holds} [{one.rule}, {one.source}]"
    last = one.counted[-MOST_COUNTED:]
    before = f"the last {len(last)} of {len(one.counted)}: " if len(last) < len(one.counted) else ""
    if last:
        yield f"  Counted: {before}" + "; ".join(_event(event.at, event.kind, event.by) for event in last) + "."
    if one.answered is not None:
        yield f"  Answered: {one.answered}"
    yield f"  What changes it: {one.changes}."


def _event(at: datetime, kind: str, by: str | None) -> str:
    local = at.astimezone(LONDON)
    who = f" ({by})" if by else ""
    return f"{local.day} {local:%b %Y} {kind.replace('_', ' ')}{who}"


def _folded(agenda: Agenda, now: datetime) -> Iterator[str]:
    if agenda.later:
        yield f"{_count(agenda.later, 'thing')} due later, the next {due(agenda.later[0].due, now)}"
    if agenda.answered:
        yield f"{_count(agenda.answered, 'pattern')} answered with a reason"


def _count(things: Iterable[object], name: str) -> str:
    number = len(list(things))
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
