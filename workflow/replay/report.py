"""What `mash replay` prints: one JSON object for programs, and a timeline for people."""

import textwrap
from collections.abc import Iterator
from typing import Any, Final

from config.clock import LONDON
from models.events import Event
from workflow.replay.casebook import Told
from workflow.replay.faults import CasebookError
from workflow.replay.interventions import Answer, Intervention, Played

WIDTH: Final = 100
_MARGIN: Final = " " * 12
_SAID: Final = " " * 16

PLAYED: Final = 0
NOT_CLEAN: Final = 1
FAULTY: Final = 2
"""Exit statuses of `mash replay`."""


def exit_status(played: Played) -> int:
    """Return 0 when the file played, and 1 when a story that should be clean is not."""
    return NOT_CLEAN if played.casebook.expect == "clean" and not played.clean else PLAYED


def as_json(played: Played) -> dict[str, Any]:
    """Return the report as the casebook format describes it, ready for `json.dumps`."""
    return {
        "title": played.casebook.title,
        "events": len(played.casebook.events),
        "policy": played.policy,
        "interventions": [
            {
                "on": each.on.isoformat(),
                "event": each.event,
                "rule": each.rule,
                "effect": each.effect.value,
                "says": each.says,
                "source": each.source,
                "children": list(each.children),
                "state": each.state,
                "loose_date": each.loose_date,
                "rests_on_silence": each.rests_on_silence,
            }
            for each in played.interventions
        ],
        "summary": played.summary,
    }


def as_text(played: Played, width: int = WIDTH) -> str:
    """Return the story with the engine's answers below each event, so many columns wide."""
    return "\n".join(_lines(played, width)) + "\n"


def faults_as_text(error: CasebookError) -> str:
    """Return everything that is wrong with a file, a line each."""
    count = len(error.faults)
    head = f"{error.name or 'This casebook'} was not played: {count} {'fault' if count == 1 else 'faults'}."
    return "\n".join((head, *(f"  {fault}" for fault in error.faults))) + "\n"


def _lines(played: Played, width: int) -> Iterator[str]:
    book = played.casebook
    title = textwrap.wrap(book.title, width)
    yield from title
    yield "=" * max(map(len, title), default=0)
    yield from textwrap.wrap(f"Source: {book.source}.", width)
    yield from textwrap.wrap(f"Played under the policy of {played.policy}. {_SILENCE[book.silence]}", width)
    answers: dict[int, list[Intervention]] = {}
    for each in played.interventions:
        answers.setdefault(each.event, []).append(each)
    for event, told in zip(book.events, book.told, strict=True):
        yield ""
        yield from _event(event, told, width)
        for each in answers.get(event.index, ()):
            yield from _answer(each, event, width)
    yield ""
    yield from textwrap.wrap(summary(played), width)


_SILENCE: Final = {
    "recorded": "What the story does not say was not done.",
    "unknown": "What the story does not say may have been done.",
}


def _event(event: Event, told: Told, width: int) -> Iterator[str]:
    local = event.at.astimezone(LONDON)
    what = event.kind.value.replace("_", " ")
    detail = next((str(event.get(key)) for key in _TELLING if isinstance(event.get(key), str)), "")
    who = f" by {event.by}" if event.by else ""
    whom = f" about {', '.join(event.about)}" if event.about else ""
    times = f", {event.times} times" if event.times > 1 else ""
    loose = f" (to the {event.precision})" if event.loose else ""
    line = f"{what}{': ' if detail else ''}{detail.replace('_', ' ')}{whom}{who}{times}{loose}"
    yield from textwrap.wrap(line, width, initial_indent=f"{local:%Y-%m-%d}  ", subsequent_indent=_MARGIN)
    if told.text:
        yield from textwrap.wrap(told.text, width, initial_indent=_MARGIN, subsequent_indent=_MARGIN)


_TELLING: Final = ("outcome", "status", "grade", "access", "decision", "what", "which", "to", "reason_code", "person")
"""The key that says most about an event, in the order in which they are looked for."""


def _answer(each: Intervention, event: Event, width: int) -> Iterator[str]:
    word = f"clock {each.state}" if each.effect is Answer.CLOCK else each.effect.value
    later = f" on {each.on}" if each.on != event.at.astimezone(LONDON).date() else ""
    whom = f" ({', '.join(each.children)})"
    marks = [mark for mark, holds in _marks(each) if holds]
    head = f"{word.upper()}{later}  {each.rule}{whom}{''.join(f' [{mark}]' for mark in marks)}"
    yield from textwrap.wrap(head, width, initial_indent=f"{_MARGIN}> ", subsequent_indent=_SAID)
    says = each.says[:1].upper() + each.says[1:]
    yield from textwrap.wrap(says, width, initial_indent=_SAID, subsequent_indent=_SAID)
    yield from textwrap.wrap(f"({each.source})", width, initial_indent=_SAID, subsequent_indent=_SAID)


def _marks(each: Intervention) -> tuple[tuple[str, bool], ...]:
    return ("loose date", each.loose_date), ("rests on silence", each.rests_on_silence)


def summary(played: Played) -> str:
    """Say in a few sentences what the engine would have done."""
    count = played.summary
    said = ["In this story the engine would have had nothing to say."]
    if played.interventions:
        refused = f"refused {_many(count['refused'], 'step')}, warned of {_many(count['warned'], 'step')}"
        acted = f"acted by itself {_many(count['acted'], 'time')}"
        clocks = f"sounded {_many(count['clock'], 'clock')} ({len(played.breaches)} run out)"
        raised = f"raised {_many(count['signal'], 'pattern')}"
        said = [f"In this story the engine would have {refused}, {acted}, {clocks} and {raised}."]
    silent = sum(each.rests_on_silence for each in played.interventions)
    loose = sum(each.loose_date for each in played.interventions)
    if silent:
        said.append(f"Of these, {silent} rest only on what the source does not mention.")
    if loose:
        said.append(f"{loose} rest on a date that is known only to the week or worse.")
    if played.casebook.expect == "clean":
        said.append(
            "It should be clean, and it is."
            if played.clean
            else "It should be clean, and it is not: nothing may be refused, and no clock may run out."
        )
    return " ".join(said)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun if count == 1 else noun + 's'}"
