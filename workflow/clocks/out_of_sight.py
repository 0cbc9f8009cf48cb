"""Clocks of plans: a child who stops being seen day by day gets a day by which a professional sees it."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.questions import mark, unborn
from workflow.rule import Clock, Running, Terms
from workflow.schooling import back, handed_over, leaves_sight, watched
from workflow.sightings import dead, in_hospital, looked_after, sees

_GONE: Final = frozenset({"died", "moved_away"})


def vanished(case: Case, terms: Terms) -> Event | None:
    """Return what first took the child out of sight, if nobody has seen it since or another authority holds it now."""
    since: list[Event] = []
    for event in reversed(case.record):
        passed_on = event.kind is Kind.CLOSURE and event.get("reason_code") in _GONE
        if sees(case, event) or back(case, event) or passed_on or handed_over(case, event):
            break
        if leaves_sight(case, event) and not unborn(case, event.at):
            since.append(event)
    return next((event for event in reversed(since) if watched(case, event, terms)), None)


def to_be_seen(case: Case, terms: Terms) -> Iterator[Running]:
    """From the day the child dropped out of sight, whether its case is open or was closed within the year."""
    cause = vanished(case, terms)
    if cause is None or in_hospital(case) or looked_after(case) or dead(case, case.record[-1].at):
        return
    due, warn = terms.due(cause.at, "out_of_sight.seen_within"), terms.due(cause.at, "out_of_sight.warn")
    says = "A child is no longer seen day by day, and nobody has seen it since."
    yield Running(mark(cause), cause.at, due, warn, loose=cause.loose, says=says)


OUT_OF_SIGHT: Final = Clock(
    id="out-of-sight",
    stage=Stage.PLANS,
    says="A child who stops being seen day by day, with a worry open or lately closed, is seen by a set day.",
    source="National review into the murders of Arthur Labinjo-Hughes and Star Hobson (2022); Khyra Ishaq (2010)",
    mend="the worker, with `record-visit` and child_seen=true; the manager, with `decide`",
    judge=to_be_seen,
)

CLOCKS: Final[tuple[Clock, ...]] = (OUT_OF_SIGHT,)
