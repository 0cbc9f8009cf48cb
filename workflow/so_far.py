"""What the record holds already of what a form is about to ask: so that nobody counts visits by hand. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.gates.strategy import may_stand_for, quorum_of
from workflow.rule import Terms


@dataclass(frozen=True, slots=True)
class Visited:
    """The visits since a moment: how many, how many of them unannounced, and when the child was last seen."""

    since: datetime | None
    visits: int
    unannounced: int
    refused: int
    seen: datetime | None
    alone: datetime | None


def visited(case: Case) -> Visited:
    """Count the visits of this assessment, or of this episode where none was begun."""
    begun = [event for event in case.now_of(Kind.ASSESSMENT) if event.get("status") == "started"]
    since = begun[-1] if begun else case.opened
    made = [event for event in case.now_of(Kind.VISIT) if since is None or event.at >= since.at]
    inside = [event for event in made if event.get("access") == "granted"]
    return Visited(
        since=since.at if since else None,
        visits=len(inside),
        unannounced=sum(event.get("announced") is False for event in inside),
        refused=len(made) - len(inside),
        seen=_last(inside, "child_seen"),
        alone=_last(inside, "child_seen_alone"),
    )


def _last(events: Iterable[Event], key: str) -> datetime | None:
    return max((event.at for event in events if event.get(key)), default=None)


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who was asked to the present strategy discussion, and what came of it."""

    who: str
    kind: str
    referrer: bool
    wrote: Event | None
    excused: str | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """The strategy discussion that was called: when it is, why, and who was asked."""

    called: Event
    starts: datetime | None
    invited: tuple[Invited, ...]


def meeting(case: Case) -> Meeting | None:
    """Return the strategy discussion that waits to be held, if there is one."""
    calls = [event for event in case.now_of(Kind.STRATEGY_DISCUSSION) if event.get("requested")]
    first = next((event for event in reversed(calls) if not event.get("moved")), None)
    if first is None or any(event.get("decision") for event in case.since(first, Kind.STRATEGY_DISCUSSION)):
        return None
    asked = [who for event in case.since(first, Kind.INVITED) for who in event.codes("who")]
    wrote = {event.by: event for event in case.since(first, Kind.ACCOUNT)}
    excused = {event.get("who"): event.get("code") for event in case.since(first, Kind.EXCUSED)}
    people = case.family.practitioners
    return Meeting(
        called=first,
        starts=_moment(calls[-1].get("starts")),
        invited=tuple(
            Invited(
                who,
                str(people[who].kind) if who in people else "",
                who in case.referrers,
                wrote.get(who),
                excused.get(who),
            )
            for who in dict.fromkeys([*case.referrers, *asked])
        ),
    )


def _moment(written: Any) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def could_stand_for(case: Case, terms: Terms, invited: Iterable[Invited]) -> dict[str, tuple[str, ...]]:
    """Return, for each part of the quorum, who of those invited could stand for it."""
    people = case.family.practitioners
    agencies = {one.who: people[one.who].agency for one in invited if one.who in people}
    return {
        part: tuple(who for who, agency in agencies.items() if agency and agency.kind in may_stand_for(part, terms))
        for part in quorum_of(case, terms)
    }
