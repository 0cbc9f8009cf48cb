"""Who has been told of which outcome: what the referrer is owed, as the record shows it. Pure."""

from collections.abc import Iterable, Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.questions import current, held, mark, professional

TOLD_IN_A_CASEBOOK: Final = frozenset({Kind.DECISION, Kind.CLOSURE})
"""The outcomes of which a casebook can say that the referrer was told."""
_OUTCOMES: Final = TOLD_IN_A_CASEBOOK | {
    Kind.SECTION47_OUTCOME,
    Kind.CONFERENCE,
    Kind.STEP_DOWN,
    Kind.STRATEGY_DISCUSSION,
    Kind.ASSESSMENT,
}


def referrers_of(case: Case, outcome: Event) -> list[str]:
    """Return the professionals whose contacts of the same episode came before an outcome."""
    end = case.chronology.place(outcome)
    closed = case.chronology.of((Kind.CLOSURE,), end=end)
    start = case.chronology.place(closed[-1]) if closed else 0
    contacts = case.chronology.of((Kind.CONTACT,), start or 0, end)
    return list(dict.fromkeys(event.by for event in contacts if event.by and professional(case, event.by)))


def outcomes(case: Case) -> Iterator[Event]:
    """Yield what was decided in the newest episode, in order of time."""
    for event in current(case, *_OUTCOMES):
        if event.kind is Kind.STRATEGY_DISCUSSION and not held(event):
            continue
        if event.kind is Kind.ASSESSMENT and event.get("status") != "completed":
            continue
        yield event


def reached(record: Iterable[Event]) -> set[tuple[str, str]]:
    """Return which outcomes reached whom, as pairs of the outcome's mark and the account. What came back did not."""
    found: dict[tuple[str, str], bool] = {}
    for event in record:
        if event.kind is Kind.TOLD:
            said = event.get("who")
            for who in [said] if isinstance(said, str) else said or ():
                found[str(event.get("of")), str(who)] = not event.get("came_back")
    return {pair for pair, arrived in found.items() if arrived}


def untold(case: Case, among: Iterable[Event] | None = None) -> Iterator[tuple[Event, tuple[str, ...]]]:
    """Yield each outcome with the referrers whom the record does not show to have been told (live record)."""
    posted = reached(case.of(Kind.TOLD))
    for event in outcomes(case) if among is None else among:
        to = tuple(who for who in referrers_of(case, event) if (mark(event), who) not in posted)
        if to:
            yield event, to
