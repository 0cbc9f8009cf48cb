"""Signals of engagement, second part: doors at the wrong address."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.questions import known, mark
from workflow.rule import Raised, Signal, Terms
from workflow.sightings import sees


def place(event: Event) -> str | None:
    """Return an address as two agencies would compare it."""
    address = event.get("address")
    return " ".join(str(address).casefold().split()) if address else None


def nobody_met(visit: Event) -> bool:
    """Tell whether a call met nobody it was meant for: a talk with a parent somewhere else is no wrong door."""
    return visit.get("access") != "granted" or not (visit.codes("with") or visit.get("sleep_space_seen"))


def wrong_door(case: Case, _terms: Terms, _now: datetime) -> Iterator[Raised]:
    """A call at an address that is not the newest one, where the child was not seen either."""
    newest: str | None = None
    chapter = set(map(id, case.chapter))
    for event in case.of(Kind.HOUSEHOLD, Kind.VISIT):
        address = place(event)
        if address is None or not known(event):
            continue
        if event.kind is Kind.HOUSEHOLD:
            newest = address if event.get("what") in {"moved_address", "placed", "returned_home"} else newest
        elif sees(case, event):
            newest = address
        elif newest is None:
            newest = address
        elif address != newest and id(event) in chapter and nobody_met(event):
            says = "A call was made at an address that is not the newest one known; it counts as no visit."
            yield Raised(f"address:{mark(event)}", says, on=event.at, loose=event.loose)


ADDRESS: Final = Signal(
    id="address-mismatch",
    stage=Stage.PLANS,
    says="When two agencies hold different addresses for a child, somebody finds out the same day which is right.",
    source="Local child safeguarding practice review: Sara (Surrey, 2025)",
    mend="the worker, with `record-household` and what=moved_address, or `record-visit` at the right one",
    judge=wrong_door,
)

SIGNALS: Final[tuple[Signal, ...]] = (ADDRESS,)
