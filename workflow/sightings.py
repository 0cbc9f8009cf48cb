"""When a child was last set eyes on, and by whom. Pure readings of the record, shared by the rules of every stage.

A sighting is a professional's own: a relative's word, a message and a visit that was never written up are none.
"""

from datetime import datetime
from itertools import takewhile
from typing import Final

from models.events import Event
from models.facts import Case, participants
from models.vocabulary import AgencyKind, Concern, Kind
from workflow.questions import day_of, known, unborn, younger
from workflow.rule import Terms

_EXAMINED: Final = frozenset({"child_protection_medical", "admitted", "attended", "discharged"})
_BROUGHT_TO: Final = frozenset({"paediatric", "gp", "health_visitor", "ophthalmology", "immunisation"})
_A_CHILDS: Final = _BROUGHT_TO - {"gp"}
"""Appointments that are a child's, whoever of the family is named with them."""
_MEETINGS: Final = frozenset({Kind.MEETING, Kind.CONFERENCE, Kind.STRATEGY_DISCUSSION})
_OBSERVED: Final = frozenset({"development_check", "lived_experience"})
_DAILY: Final = frozenset({AgencyKind.SCHOOL, AgencyKind.NURSERY})
_GONE: Final = frozenset({Concern.SCHOOL_ABSENCE, Concern.SCHOOL_WITHDRAWAL, Concern.OUT_OF_SIGHT, Concern.MISSING})
_OFF_ROLL: Final = frozenset({"school_left", "school_withdrawal_asked", "left_area"})
_IN_CARE: Final = frozenset({"police_protection", "emergency_protection", "interim_care", "care"})
_AWAY: Final = "in care"


def sees(case: Case, event: Event) -> bool:
    """Tell whether a professional saw the child on this occasion.

    Where a story leaves much out, a visit that was let in and says nothing of the child is taken to have seen it.
    """
    if not known(event) or unborn(case, event.at) or not _professional(case, event):
        return False
    if event.kind is Kind.VISIT and (event.get("recorded") is False or event.get("access") != "granted"):
        return event.get("recorded") is not False and bool(event.get("child_seen"))
    if event.get("child_seen") or event.get("child_seen_alone"):
        return event.kind is not Kind.ASSESSMENT
    if event.get("child_seen") is False:
        return False
    return _shows(case, event)


def _shows(case: Case, event: Event) -> bool:
    child = case.child_id
    match event.kind:
        case Kind.VISIT:
            return case.family.silence_unknown or bool(event.get("injury"))
        case Kind.APPOINTMENT:
            own = event.get("person") in {None, child} or event.get("what") in _A_CHILDS
            return own and event.get("outcome") == "attended" and event.get("what") in _BROUGHT_TO
        case Kind.MEDICAL:
            return event.get("what") in _EXAMINED and event.get("for") in {None, child}
        case Kind.TOOL:
            return event.get("what") in _OBSERVED and event.get("for") in {None, child}
        case Kind.SPOKE_TO:
            return event.get("person") == child and event.get("done") is not False
        case _:
            return event.kind in _MEETINGS and child in event.codes("attended")


def _professional(case: Case, event: Event) -> bool:
    """Tell whether a professional was there; where nobody is named, somebody who keeps records was."""
    if event.by is None:
        return True
    people = [case.family.practitioners.get(who) for who in (event.by, *event.codes("with"))]
    return any(who is not None and who.agency is not None for who in people)


def sightings(case: Case) -> list[Event]:
    """Return every occasion on which a professional saw the child, the first one first."""
    return [event for event in case.record if sees(case, event)]


def last_seen(case: Case) -> Event | None:
    """Return the newest occasion on which a professional saw the child."""
    return case.once(_last_seen)


def _last_seen(case: Case) -> Event | None:
    return next((event for event in reversed(case.record) if sees(case, event)), None)


def seen_by(event: Event) -> tuple[str, ...]:
    """Return who saw the child on an occasion."""
    return tuple(dict.fromkeys(who for who in (event.by, *event.codes("with")) if who))


def seen_since(case: Case, start: Event, until: datetime | None = None) -> bool:
    """Tell whether a professional saw the child after an event, and by a moment if one is given."""
    later = takewhile(lambda event: until is None or event.at <= until, case.since(start))
    return any(sees(case, event) for event in later)


def in_hospital(case: Case) -> bool:
    """Tell whether the child is on a ward, where somebody sees it every day."""
    stays = [
        event.get("what")
        for event in case.of(Kind.MEDICAL)
        if event.get("what") in {"admitted", "discharged"} and event.get("for") in {None, case.child_id}
    ]
    return bool(stays) and stays[-1] == "admitted"


def looked_after(case: Case) -> bool:
    """Tell whether the child lives away from home, placed or under an order, with carers who answer for it."""
    away: dict[str, None] = {}
    for event in case.of(Kind.HOUSEHOLD, Kind.ORDER):
        what = event.get("what")
        if event.kind is Kind.ORDER and what in _IN_CARE:
            if event.get("status") == "ended":
                away.pop(what, None)
            else:
                away[what] = None
        elif what == "placed":
            away[_AWAY] = None
        elif what == "returned_home":
            away.clear()
    return bool(away)


def _comes_daily(case: Case, who: str, moment: datetime, terms: Terms) -> bool:
    """Tell whether somebody works where this child spends its days: a nursery, or a school once it is old enough."""
    found = case.family.practitioners.get(who)
    kind = found.agency.kind if found is not None and found.agency is not None else None
    if kind is AgencyKind.SCHOOL:
        return not younger(case, moment, "school_age", terms)
    return kind is AgencyKind.NURSERY and not unborn(case, moment)


def _daily_people(case: Case) -> frozenset[str]:
    people = case.family.practitioners.values()
    return frozenset(who.id for who in people if who.agency is not None and who.agency.kind in _DAILY)


def gone_from_daily_sight(case: Case, terms: Terms) -> Event | None:
    """Return what said that the child no longer comes to school or nursery, if nobody there has met it since."""
    return case.once(_gone_from_daily_sight, terms)


def _gone_from_daily_sight(case: Case, terms: Terms) -> Event | None:
    daily = case.once(_daily_people)
    if not daily or not case.chapter or not case.chronology.where(_leaves):
        return None
    gone: Event | None = None
    begin = (case.chapter[0].at, case.chapter[0].index)
    told: tuple[Event, ...] = case.chronology.told(_of_daily_sight, (), daily)
    chapter = [event for event in told if (event.at, event.index) >= begin]
    for event in reversed(chapter):
        if _leaves(event):
            gone = event
        elif known(event) and (event.get("what") == "school_joined" or _seen_there(case, event, terms)):
            break
    if gone is None:
        return None
    there = ((who, event.at) for event in chapter for who in daily.intersection(participants(event)))
    return gone if any(_comes_daily(case, who, at, terms) for who, at in there) else None


def _of_daily_sight(found: tuple[Event, ...], event: Event, daily: frozenset[str]) -> tuple[Event, ...]:
    joined = event.get("what") == "school_joined"
    return (*found, event) if joined or _leaves(event) or not daily.isdisjoint(participants(event)) else found


def _leaves(event: Event) -> bool:
    off_roll = event.kind is Kind.HOUSEHOLD and event.get("what") in _OFF_ROLL
    return known(event) and (off_roll or not _GONE.isdisjoint(event.codes("concerns")))


def _seen_there(case: Case, event: Event, terms: Terms) -> bool:
    there = case.once(_daily_people).intersection(participants(event))
    return any(_comes_daily(case, who, event.at, terms) for who in there) and sees(case, event)


def in_daily_sight(case: Case, terms: Terms) -> bool:
    """Tell whether a school or nursery sees the child every day, and nobody has said that it does not come."""
    now = case.record[-1].at if case.record else None
    comes = now is not None and any(_comes_daily(case, who.id, now, terms) for who in case.involved)
    return comes and gone_from_daily_sight(case, terms) is None


def dead(case: Case, moment: datetime) -> bool:
    """Tell whether the child had died by a moment."""
    return any(
        event.get("what") == "death" and event.get("person") in {None, case.child_id}
        for event in case.of(Kind.HOUSEHOLD)
        if day_of(event.at) <= day_of(moment)
    )
