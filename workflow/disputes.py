"""Open professional disagreements with both sides: what was decided, who challenges it and why, and the ladder. Pure."""

from dataclasses import dataclass
from datetime import datetime

from models.events import Event
from models.facts import Case
from workflow.ladder import rung, rung_due
from workflow.rule import Terms


@dataclass(frozen=True, slots=True)
class Side:
    """What one side said, and when."""

    who: tuple[str, ...]
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """One open disagreement. `about` is the kind of what was decided; `rungs` the ladder, `rung` counted from 1."""

    about: str
    raised: Side
    decided: Side | None
    rung: int
    rungs: tuple[str, ...]
    since: datetime
    due: datetime


def disputes(case: Case, terms: Terms) -> tuple[Dispute, ...]:
    """Return the open disagreements, the newest first: that is the one which is settled next."""
    return tuple(_dispute(case, raised, terms) for raised in reversed(case.open_challenges))


def _dispute(case: Case, raised: Event, terms: Terms) -> Dispute:
    stage, since = rung(case, raised, terms)
    return Dispute(
        about=str(raised.get("with")),
        raised=Side((raised.by,) if raised.by else (), raised.at, str(raised.get("words") or "")),
        decided=_decided(case, raised),
        rung=stage,
        rungs=tuple(terms.policy.words("challenge.ladder")),
        since=since,
        due=rung_due(case, raised, terms),
    )


def _decided(case: Case, raised: Event) -> Side | None:
    """Return what was decided, with everybody who had a hand in it or in what was decided in the same breath."""
    place = case.chronology.place(raised)
    before = [event for event in case.record[:place] if event.kind == raised.get("with")]
    made = [event for event in before if event.get("status") != "started"]
    if not made:
        return None
    newest = made[-1]
    breath = [newest, *(event for event in case.record[:place] if event.at == newest.at)]
    who = dict.fromkeys(one for event in breath for one in (event.get("manager"), event.by) if one)
    return Side(tuple(who), newest.at, str(newest.get("words") or newest.get("outcome") or ""))
