"""Signals of the strategy discussion."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Grade, Kind, Stage
from workflow.questions import decides_section47, held, mark
from workflow.rule import Raised, Signal, Terms


def asked_for(event: Event) -> bool:
    """Tell whether a strategy discussion was called, or decided on at the front door."""
    if event.kind is Kind.DECISION:
        return bool(event.get("outcome") == "strategy_discussion")
    return event.kind is Kind.STRATEGY_DISCUSSION and bool(event.get("requested"))


def protecting(case: Case) -> Event | None:
    """Return what keeps a case red: a discussion asked for and not held, or the enquiry it began and nobody ended."""
    cause: Event | None = None
    for event in case.now_of(Kind.DECISION, Kind.STRATEGY_DISCUSSION, Kind.SECTION47_OUTCOME, Kind.CONFERENCE):
        if asked_for(event):
            cause = cause or event
        elif event.kind is Kind.STRATEGY_DISCUSSION:
            cause = event if decides_section47(event) else None
        elif event.kind in {Kind.SECTION47_OUTCOME, Kind.CONFERENCE}:
            cause = None
    return cause


def red_while_protecting(case: Case, _terms: Terms, _now: datetime) -> Iterator[Raised]:
    """Red from the moment a discussion is asked for, until it or the enquiry it begins has come to its end."""
    cause = protecting(case)
    if cause is None:
        return
    says = "a section 47 enquiry is under way." if held(cause) else "a strategy discussion has been asked for."
    yield Raised(f"strategy:{mark(cause)}", says, Grade.RED, cause.at, loose=cause.loose)


REQUESTED_IS_RED: Final = Signal(
    id="strategy-requested-is-red",
    stage=Stage.STRATEGY,
    says="A case is red from the moment a strategy discussion is asked for, not only after it was held.",
    source="SCR Matt 6.5.3",
    mend="the chair, with `hold-strategy`; the manager, with `conclude-enquiry`",
    judge=red_while_protecting,
)

SIGNALS: Final[tuple[Signal, ...]] = (REQUESTED_IS_RED,)
