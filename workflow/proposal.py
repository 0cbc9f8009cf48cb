"""A closure that is put forward and still stands, as the live record shows it."""

from models.events import Event
from models.facts import Case, Practitioner
from models.vocabulary import Kind
from workflow.questions import after

_TAKES_BACK = frozenset({Kind.CLOSURE, Kind.CLOSURE_RETURNED, Kind.CONTACT, Kind.INCIDENT, Kind.STRATEGY_DISCUSSION})


def proposal(case: Case) -> Event | None:
    """Return the closure now put forward: not signed, sent back, challenged or overtaken by something new."""
    proposed = case.last(Kind.CLOSURE_PROPOSED)
    if proposed is None:
        return None
    for event in after(case, proposed):
        if event.kind in _TAKES_BACK:
            return None
        if event.kind is Kind.DISAGREEMENT and event.get("status") == "raised":
            return None
    return proposed


def waiting_for(case: Case) -> tuple[Practitioner, ...]:
    """Return those who are at work with the child and have given no view on the closure put forward."""
    return tuple(who for who in case.views_due if who.id not in case.views)
