"""Duties of plans, second part: those who watch over a child are not lost unnoticed, and sit down together."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case, participants
from models.vocabulary import AgencyKind, Kind, Role, Stage
from workflow.casework import MEETINGS, met, still_here, taken_on, worked
from workflow.questions import known, mark
from workflow.rule import Duty, Ought, Terms
from workflow.sightings import sees

_CALLS: Final = frozenset({Kind.VISIT, Kind.APPOINTMENT})
_PASSING: Final = frozenset({AgencyKind.POLICE, AgencyKind.HOSPITAL, AgencyKind.AMBULANCE, AgencyKind.COURT})
_GOES: Final = frozenset({"moved_address", "support_ended", "contact_ended"})


def calls_of(case: Case, who: str, until: Event) -> int:
    """Count how often somebody had called on the family, or had it come, before an event of the same chapter."""
    before = (event for event in case.chapter if (event.at, event.index) < (until.at, until.index))
    return sum(event.times for event in before if event.kind in _CALLS and who in set(participants(event)))


def losses(case: Case, terms: Terms) -> Iterator[tuple[Event, str | None]]:
    """Yield what took a regular look at the child away while a plan ran: who left, or that the family moved."""
    enough = terms.policy.number("monitoring_lost.calls")
    for event in case.chapter:
        if event.kind is Kind.HOUSEHOLD and event.get("what") in _GOES and known(event):
            yield event, None
        elif event.kind is Kind.INVOLVEMENT and event.get("status") == "ended":
            who = case.family.practitioners.get(event.get("who"))
            if who is None or not who.gives_a_view or who.agency is None or who.agency.kind in _PASSING:
                continue
            if calls_of(case, who.id, event) >= enough:
                yield event, who.agency.id


def planned_at(case: Case, event: Event) -> bool:
    """Tell whether a plan ran when something happened, and still runs."""
    plan = case.plan
    return plan is not None and (plan.at, plan.index) < (event.at, event.index)


def made_good(case: Case, event: Event, agency: str | None) -> bool:
    """Tell whether a review followed, somebody else took over, or the new home was seen."""
    others = {who.id for who in case.involved}
    for later in case.since(event):
        if met(later) or later.kind in {Kind.PLAN, Kind.CLOSURE, Kind.ALLOCATED, Kind.STEP_DOWN}:
            return True
        if later.kind is Kind.INVOLVEMENT and later.get("status") == "started":
            return True
        if event.kind is Kind.HOUSEHOLD and later.kind is Kind.VISIT and sees(case, later):
            return True
        if agency is not None and later.kind in _CALLS:
            people = (case.family.practitioners.get(who) for who in participants(later) if who in others)
            if any(who is not None and who.agency is not None and who.agency.id == agency for who in people):
                return True
    return False


def monitoring(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Whoever goes leaves a gap, and the plan says who fills it."""
    for event, agency in losses(case, terms):
        if not planned_at(case, event) or made_good(case, event, agency):
            continue
        due = terms.due(event.at, "monitoring_lost")
        lost = "the family has moved" if agency is None else "somebody who saw the child regularly has gone"
        yield Ought(
            key=f"watch:{mark(event)}",
            says=f"Look at the plan again, and say who watches over the child from now on: {lost}.",
            template="task",
            to_role=Role.TEAM_MANAGER,
            task=True,
            due=due,
            act_by=due,
            loose=event.loose,
        )


MONITORING: Final = Duty(
    id="monitoring-lost-review",
    stage=Stage.PLANS,
    says="When the family moves or a service that saw the child goes, the plan is looked at within five working days.",
    source="SCR Matt 5.25, 6.1.25",
    mend="the worker, with `hold-meeting`, or `involve` for whoever takes over",
    judge=monitoring,
)


def apart(case: Case, terms: Terms, now: datetime) -> Iterator[Ought]:
    """Counted from the last time agencies sat down together, or from the day the case was taken on.

    Nobody is asked weeks ahead for what a review already planned will do; the days that are left suffice to call it.
    In a story, the clock of the plan's own reviews says it, and says it alone.
    """
    begun = taken_on(case)
    if begun is None or (case.plan is not None and not case.family.live):
        return
    met_last = [event for event in case.now_of(*MEETINGS) if met(event)]
    start = met_last[-1] if met_last else begun
    here = still_here(case)
    first = sorted(at for agency, at in worked(case, lambda at: at >= start.at).items() if agency in here)
    enough = int(terms.policy.number("agencies_meet.agencies"))
    if len(first) < enough:
        return
    due = max(terms.due(start.at, "agencies_meet"), first[enough - 1])
    if case.family.live and terms.due(now, "agenda.horizon") < due:
        return
    yield Ought(
        key=f"meet:{mark(start)}",
        says=f"Call a meeting: {len(first)} agencies are at work, and have not met for weeks.",
        template="task",
        to_role=Role.SOCIAL_WORKER,
        task=True,
        due=due,
        act_by=due,
        loose=start.loose,
    )


MEETING: Final = Duty(
    id="multi-agency-meeting-due",
    stage=Stage.PLANS,
    says="Where three agencies or more are at work with a child, they meet at least every eight weeks.",
    source="SCR Matt 6.5.1",
    mend="the worker, with `hold-meeting`",
    ordinary=True,
    judge=apart,
)

DUTIES: Final[tuple[Duty, ...]] = (MONITORING, MEETING)
