"""What `mash replay` prints: one JSON object for programs, and a timeline for people."""

import textwrap
from collections.abc import Iterator
from typing import Any, Final

from workflow.replay.faults import CasebookError
from workflow.replay.interventions import Played
from workflow.replay.timeline import rules_that_spoke, timeline

WIDTH: Final = 100

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
    yield from timeline(played, width)
    yield ""
    yield from textwrap.wrap(summary(played), width)
    if played.interventions:
        yield ""
        yield "The rules that spoke, the most frequent first:"
        yield from rules_that_spoke(played, width)


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
