"""Parts of the packet of evidence: who was heard, what was reached, how the child was seen, what was closed before. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.carers import heard_by, parents, partners
from workflow.chronology_read import unread
from workflow.own_visits import saw_child, seen_by_others, seen_by_the_service
from workflow.questions import day_of, in_chapter, unsettled
from workflow.rule import Terms

MOST_VISITS: Final = 6
"""So many visits are listed, the newest; the others are counted."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody at work with the child thinks of it. Without a view they are silent, and that is no agreement."""

    who: str
    view: str | None
    words: str
    at: datetime | None
    asked: datetime | None
    due: datetime | None
    settled: bool = True
    """False where they disagree, and the disagreement was never raised and settled."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Whether somebody of the family was heard in this episode: how and when last, and by whom."""

    who: str
    child: bool
    how: str | None = None
    at: datetime | None = None
    by: str | None = None
    alone: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """One outcome of a plan, and what shows that it was reached."""

    name: str
    status: str | None
    evidence: str
    at: datetime | None
    by: str | None


@dataclass(frozen=True, slots=True)
class Visited:
    """One visit."""

    at: datetime
    by: str | None
    let_in: bool
    announced: bool | None
    seen: bool
    alone: bool
    conditions: str | None


@dataclass(frozen=True, slots=True)
class Visits:
    """The visits of the episode: the newest ones, how many there were, and when the child was last seen by whom."""

    newest: tuple[Visited, ...]
    made: int
    saw: int
    alone: int
    refused: int
    own: Event | None
    """The newest occasion on which social care itself saw the child."""
    others: Event | None


@dataclass(frozen=True, slots=True)
class Ended:
    """A closure of an earlier episode, and when somebody was worried again."""

    at: datetime
    reason_code: str
    manager: str | None
    back: datetime | None


@dataclass(frozen=True, slots=True)
class SentBack:
    """A closure that was put forward before in this episode, and sent back."""

    at: datetime
    by: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the chronology was read: by this person today, and by anybody last. `upto` is its last entry."""

    upto: int
    today: bool
    """True where this person has read it to its end today."""
    by: str | None = None
    at: datetime | None = None
    new: int = 0


def voices(case: Case, since: Event | None, terms: Terms) -> Iterator[Voice]:
    """Yield the view of everybody who is asked for one, as given since something began or was put forward.

    On a closure that is put forward, a view is due by a day; otherwise whenever something is decided.
    """
    said = {event.by: event for event in case.since(since, Kind.VIEW) if event.by} if since is not None else {}
    asked = since.at if since is not None and since.kind is Kind.CLOSURE_PROPOSED else None
    due = terms.due(asked, "view_reply") if asked else None
    everybody = dict.fromkeys((*(who.id for who in case.views_due), *said))
    views = {who: event.get("view") for who, event in said.items()}
    against = set(unsettled(case, Event(case.record[-1].at, Kind.VIEW, data={"views": views})))
    for who in everybody:
        event = said.get(who)
        if event is None:
            yield Voice(who, None, "", None, asked, due)
        else:
            words = str(event.get("words") or "")
            yield Voice(who, str(event.get("view")), words, event.at, asked, due, who not in against)


def heard(case: Case) -> Iterator[Heard]:
    """Yield the child, and each adult who cares for it, with the last time each was heard."""
    yield _child(case)
    adults = dict.fromkeys((*parents(case), *partners(case)))
    known = case.family.people
    for who in adults or {one.id: None for one in known.values() if not one.child}:
        yield _adult(case, who)


def _adult(case: Case, who: str) -> Heard:
    for event in reversed(case.chapter):
        if who in heard_by(case, [event]):
            return Heard(who, False, event.kind.value, event.at, event.by, bool(event.get("alone")), _words(event))
    return Heard(who, False)


def _child(case: Case) -> Heard:
    for event in reversed(case.chapter):
        spoke = event.kind is Kind.SPOKE_TO and event.get("person") == case.child_id and event.get("done") is not False
        daily = event.kind is Kind.TOOL and event.get("what") == "lived_experience"
        alone = bool(event.get("child_seen_alone")) or (spoke and bool(event.get("alone")))
        if spoke or daily or alone:
            return Heard(case.child_id, True, event.kind.value, event.at, event.by, alone, _words(event))
    return Heard(case.child_id, True)


def _words(event: Event) -> str:
    return str(event.get("words") or "") if event.kind in {Kind.SPOKE_TO, Kind.TOOL, Kind.VIEW} else ""


def outcomes(case: Case) -> Iterator[Reached]:
    """Yield every outcome that the plans of the episode name, with the newest word on each."""
    newest = {event.id: event for event in case.now_of(Kind.OUTCOME)}
    for event in case.now_of(Kind.PLAN):
        for wanted in event.codes("outcomes") if event.get("status") == "started" else ():
            name = str(wanted["id"])
            yield _reached(name, newest[name]) if name in newest else Reached(name, None, "", None, None)


def _reached(name: str, said: Event) -> Reached:
    shows = str(said.get("words") or "evidence is said to be there") if said.get("evidence") else ""
    return Reached(name, str(said.get("status")), shows, said.at, said.by)


def visits(case: Case) -> Visits:
    """Return the visits of the episode. A visit that was never written up shows nothing."""
    made = [event for event in in_chapter(case, Kind.VISIT) if event.get("recorded") is not False]
    read = [_visited(case, event) for event in made]
    newest_first = list(reversed(case.chapter))
    return Visits(
        newest=tuple(reversed(read[-MOST_VISITS:])),
        made=len(read),
        saw=sum(one.seen for one in read),
        alone=sum(one.alone for one in read),
        refused=sum(not one.let_in for one in read),
        own=next((event for event in newest_first if seen_by_the_service(case, event)), None),
        others=next((event for event in newest_first if seen_by_others(case, event)), None),
    )


def _visited(case: Case, event: Event) -> Visited:
    return Visited(
        event.at,
        event.by,
        event.get("access") == "granted",
        event.get("announced"),
        saw_child(case, event),
        bool(event.get("child_seen_alone")),
        event.get("conditions"),
    )


def unmet_conditions(case: Case) -> Iterator[str]:
    """Yield the conditions that were set and are not met."""
    newest = {one.id: one for one in in_chapter(case, Kind.CONDITION)}
    yield from (str(name) for name, one in newest.items() if one.get("status") != "met")


def closures(case: Case) -> Iterator[Ended]:
    """Yield every closure of this child's earlier episodes, the newest first, with when somebody was worried again."""
    for closed in reversed(case.of(Kind.CLOSURE)):
        back = next(iter(case.since(closed, Kind.CONTACT)), None)
        code = str(closed.get("reason_code") or "other")
        yield Ended(closed.at, code, closed.get("manager"), back.at if back else None)


def sent_back(case: Case) -> Iterator[SentBack]:
    """Yield how often a closure was put forward in this episode and sent back, the newest first."""
    for event in reversed(case.now_of(Kind.CLOSURE_RETURNED)):
        yield SentBack(event.at, event.by, str(event.get("words") or ""))


def reading(case: Case, who: str, now: datetime) -> Reading:
    """Return how far the chronology was read."""
    upto = max((event.index for event in case.record), default=-1)
    seen = case.of(Kind.CHRONOLOGY_SEEN)
    own = [one for one in seen if one.by == who and day_of(one.at) == day_of(now) and not unread(case, one)]
    if not seen:
        return Reading(upto, today=False)
    return Reading(upto, bool(own), seen[-1].by, seen[-1].at, len(unread(case, seen[-1])))
