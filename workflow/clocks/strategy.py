"""Clocks of the strategy discussion: held the same day, and again when it was not quorate."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.gates.strategy import quorum_missing
from workflow.questions import held, mark
from workflow.rule import Clock, Running, Terms
from workflow.signals.injury import injuries
from workflow.signals.strategy import asked_for


def wanted(case: Case, terms: Terms) -> Event | None:
    """Return what calls for a strategy discussion that has not been held: the call for it, or an injured infant."""
    called: Event | None = None
    for event in case.now_of(Kind.STRATEGY_DISCUSSION, Kind.DECISION):
        if asked_for(event):
            called = called or event
        elif event.kind is Kind.STRATEGY_DISCUSSION:
            called = None
    signs = [sign for sign in injuries(case, terms) if not _considered(case, sign)]
    return min([event for event in (called, *signs[:1]) if event], key=lambda event: event.at, default=None)


def _considered(case: Case, sign: Event) -> bool:
    return any(event.kind is Kind.STRATEGY_DISCUSSION and not event.get("requested") for event in case.since(sign))


def held_the_same_day(case: Case, terms: Terms) -> Iterator[Running]:
    """From the call, or from the sign of hurt that should have led to one."""
    cause = wanted(case, terms)
    if cause is not None:
        due = terms.due(cause.at, "strategy.same_day")
        warn = terms.due(cause.at, "strategy.same_day.warn")
        says = "A strategy discussion is called for and has not been held."
        yield Running(mark(cause), cause.at, due, warn, loose=cause.loose, says=says)


SAME_DAY: Final = Clock(
    id="strategy-discussion-due",
    stage=Stage.STRATEGY,
    says="A strategy discussion is held within a day of being called, or of the sign of hurt that calls for it.",
    source="SCR Matt 6.1.8, 6.1.9; Working Together to Safeguard Children, T6",
    mend="the chair, with `hold-strategy`; anybody in social care, with `call-strategy`",
    judge=held_the_same_day,
)


def held_again(case: Case, terms: Terms) -> Iterator[Running]:
    """Runs from the last discussion that was held, if its record names who was there and somebody was missing."""
    discussions = [event for event in case.now_of(Kind.STRATEGY_DISCUSSION) if held(event)]
    if not discussions or not discussions[-1].codes("attended"):
        return
    last = discussions[-1]
    if not quorum_missing(case.before(last), last, terms):
        return
    if not any(event.kind in {Kind.SECTION47_OUTCOME, Kind.CONFERENCE} for event in case.since(last)):
        due = terms.due(last.at, "strategy.reconvene")
        says = "The strategy discussion was not quorate and is held again."
        yield Running(mark(last), last.at, due, loose=last.loose, says=says)


RECONVENE: Final = Clock(
    id="strategy-reconvene",
    stage=Stage.STRATEGY,
    says="A strategy discussion without its quorum is held again the next working day.",
    source="SCR Matt 7.1.9; West Midlands procedures 1.8",
    mend="the chair, with `call-strategy` and `hold-strategy`",
    ordinary=True,
    judge=held_again,
)

CLOCKS: Final[tuple[Clock, ...]] = (SAME_DAY, RECONVENE)
