"""Signals of plans: what comes back, and what swings, whatever the last visit found."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.facts import Case
from models.vocabulary import Grade, Stage
from workflow.questions import fresh, listed, mark
from workflow.rule import Raised, Signal, Terms
from workflow.swings import recurred, swung


def comes_back(case: Case, terms: Terms, _now: datetime) -> Iterator[Raised]:
    """The same worry again and again, each time explained, is a finding of its own."""
    new = set(map(id, fresh(case)))
    for pattern in recurred(case, terms):
        event = pattern.event
        floor = Grade.AMBER if id(event) in new else None
        within = terms.span("recurring_concern.window")
        says = f"the same worry has come up again within {within}: {listed(pattern.words)}."
        of = tuple(map(mark, pattern.of))
        yield Raised(f"recurring:{mark(event)}", says, floor, event.at, loose=event.loose, of=of)


RECURRING: Final = Signal(
    id="recurring-concern-counter",
    stage=Stage.PLANS,
    says="A worry that comes up again and again is reviewed as neglect, whatever the last visit found.",
    source="SCR Matt 5.17, 5.44, 5.47, 5.50, 6.1.34",
    mend="anybody in social care, with `call-strategy`; the worker, with `hold-meeting` and which=professionals",
    judge=comes_back,
)


def swings(case: Case, terms: Terms, _now: datetime) -> Iterator[Raised]:
    """A home that is good when somebody is looking is not a good home."""
    new = set(map(id, fresh(case)))
    for pattern in swung(case, terms):
        event = pattern.event
        floor = Grade.AMBER if id(event) in new else None
        says = "the home has swung between poor and good: what improves does not last."
        of = tuple(map(mark, pattern.of))
        yield Raised(f"swings:{mark(event)}", says, floor, event.at, loose=event.loose, of=of)


OSCILLATION: Final = Signal(
    id="oscillation-detected",
    stage=Stage.PLANS,
    says="A home that swings between poor and good has not improved, and no step-down rests on its good days.",
    source="SCR Matt 5.16, 5.19, 6.1.4, 6.2.2, 6.1.35",
    mend="the worker, with `record-visit` and announced=false, over weeks",
    lasts=True,
    judge=swings,
)

SIGNALS: Final[tuple[Signal, ...]] = (RECURRING, OSCILLATION)
