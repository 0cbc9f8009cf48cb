"""Clocks of visits: a child that nobody has seen, and a visit that nobody has written up."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from config.clock import LONDON
from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Kind, Stage
from workflow.casework import taken_on
from workflow.clocks.plans import protection
from workflow.engagement import entry
from workflow.own_visits import seen_by_the_service
from workflow.questions import AVOIDING, decides_section47, mark, unborn, younger
from workflow.rule import Clock, Running, Terms
from workflow.sightings import dead, gone_from_daily_sight, in_daily_sight, in_hospital, last_seen, looked_after

_KEEPS_OUT: Final = AVOIDING | {Concern.OUT_OF_SIGHT, Concern.HOSTILITY}


def safe_elsewhere(case: Case, moment: datetime, terms: Terms) -> bool:
    """Tell whether somebody sees the child every day, or there is no child to see."""
    if unborn(case, moment) or dead(case, moment):
        return True
    return in_hospital(case) or looked_after(case) or in_daily_sight(case, terms)


def counted_from(case: Case, begun: Event, terms: Terms) -> Event:
    """Return what the time is counted from: the last sighting, what took the case on, or what ended a daily one.

    An assessment that says that it saw the child saw it before it was completed, where no visit is told of one by one.
    """
    seen, gone = last_seen(case), gone_from_daily_sight(case, terms)
    assessed = (event for event in reversed(case.now_of(Kind.ASSESSMENT)) if seen_by_the_service(case, event))
    home = [event for event in case.now_of(Kind.HOUSEHOLD) if event.get("what") in {"birth", "returned_home"}]
    return max(
        [event for event in (seen, gone, begun, *home[-1:], next(assessed, None)) if event is not None],
        key=lambda event: (event.at, event.index),
    )


def guarded(case: Case) -> bool:
    """Tell whether the child is under a protection plan or an enquiry, which leave no long gaps."""
    enquiry = False
    for event in case.now_of(Kind.STRATEGY_DISCUSSION, Kind.SECTION47_OUTCOME):
        enquiry = (enquiry or decides_section47(event)) and event.kind is not Kind.SECTION47_OUTCOME
    return enquiry or bool(protection(case))


def first_missed(case: Case, start: Event) -> Event | None:
    """Return the first sign since a sighting that the family cannot be reached, or keeps the child out of sight."""
    for event in case.since(start):
        line = entry(case, event)
        missed = line is not None and not line.achieved and event.get("outcome") != "rearranged"
        if missed or not _KEEPS_OUT.isdisjoint(event.codes("concerns")):
            return event
    return None


def lost_sight(case: Case, start: Event, terms: Terms) -> bool:
    """Tell whether anything says that nobody went, or got, to see the child since it was last seen."""
    if first_missed(case, start) is not None or gone_from_daily_sight(case, terms) is not None:
        return True
    return any(
        event.kind is Kind.COMPLAINT or (event.kind is Kind.ALLOCATED and bool(event.get("ended")))
        for event in case.since(start)
    )


def span(case: Case, start: Event, terms: Terms) -> tuple[str, Event | None]:
    """Name the interval: short for a baby who is protected or out of reach, longer for others; and what made it so."""
    if not younger(case, start.at, "child_not_seen.young_age", terms):
        return "child_not_seen.other", None
    if not younger(case, start.at, "infant_age", terms):
        return "child_not_seen.young", None
    if guarded(case):
        return "child_not_seen.baby", None
    missed = first_missed(case, start)
    return ("child_not_seen.baby" if missed is not None else "child_not_seen.young"), missed


def unseen(case: Case, terms: Terms) -> Iterator[Running]:
    """Any professional's sighting winds the clock back; a phone call, a parent's word or a shut door does not.

    Where a story leaves much out, that it tells of no visit proves nothing until something says that there was none.
    """
    begun = taken_on(case)
    if begun is None or safe_elsewhere(case, case.record[-1].at, terms):
        return
    start = counted_from(case, begun, terms)
    if case.family.silence_unknown and not lost_sight(case, start, terms):
        return
    began = start.at
    if case.child.born is not None:
        began = max(began, datetime(case.child.born.year, case.child.born.month, case.child.born.day, tzinfo=LONDON))
    key, missed = span(case, start, terms)
    due, warn = terms.due(began, key), terms.due(began, f"{key}.warn")
    if missed is not None:  # A call that met nobody shortens the time, and leaves some in which to call again.
        due, warn = max(due, terms.due(missed.at, "child_not_seen.again")), max(warn, missed.at)
    yield Running(mark(start), began, due, warn, loose=start.loose, says="No professional has seen the child.")


NOT_SEEN: Final = Clock(
    id="child-not-seen",
    stage=Stage.PLANS,
    says="A child whose case is open is seen by a professional within weeks, a baby within ten working days.",
    source="SCR Matt 5.28, 6.1.25",
    mend="the worker, with `record-visit` and child_seen=true; the manager, with `record-police-check`",
    judge=unseen,
)


def unwritten(case: Case, terms: Terms) -> Iterator[Running]:
    """A visit that is not on record helps nobody after it; until it is, it does not count."""
    for event in case.now_of(Kind.VISIT):
        if event.get("recorded") is False:
            due = terms.due(event.at, "visit_recorded")
            says = "A visit has not been written up."
            yield Running(mark(event), event.at, due, loose=event.loose, silent=False, says=says)


RECORDED: Final = Clock(
    id="visit-recorded-in-24h",
    stage=Stage.PLANS,
    says="A visit is written up within one working day, and does not count until it is.",
    source="SCR Matt 5.46",
    mend="whoever made it, with `record-visit`",
    judge=unwritten,
)

CLOCKS: Final[tuple[Clock, ...]] = (NOT_SEEN, RECORDED)
