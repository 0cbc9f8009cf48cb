"""Clocks of a child's health: a practice to be registered with, and somebody who has weighed and measured it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from config.clock import LONDON
from models.events import Event
from models.facts import Case, participants
from models.vocabulary import HEALTH, AgencyKind, Concern, Kind, Stage
from workflow.casework import taken_on
from workflow.questions import day_of, known, mark, unborn, younger
from workflow.rule import Clock, Running, Terms
from workflow.sightings import dead, sees

_GROWTH: Final = frozenset({Concern.WEIGHT, Concern.DEVELOPMENT})
_TO_MEASURE: Final = frozenset({"paediatric", "gp", "health_visitor", "immunisation"})
_MEASURES: Final = HEALTH - {AgencyKind.AMBULANCE, AgencyKind.MENTAL_HEALTH}
_MEETINGS: Final = frozenset({Kind.MEETING, Kind.CONFERENCE, Kind.STRATEGY_DISCUSSION})


def registered(case: Case) -> bool:
    """Tell whether the child has a practice: said so from the start, since, or by being seen at one."""
    if case.child.gp != "none":
        return True
    for event in case.record:
        if event.get("person") not in {None, case.child_id}:
            continue
        if event.kind is Kind.HOUSEHOLD and event.get("what") == "gp_registered" and known(event):
            return True
        if event.kind is Kind.APPOINTMENT and event.get("outcome") == "attended":
            who = case.family.practitioners.get(event.by or "")
            if who is not None and who.agency is not None and who.agency.kind is AgencyKind.GP:
                return event.get("what") in _TO_MEASURE
    return False


def born_at(case: Case) -> datetime | None:
    """Return the beginning of the day of birth."""
    born = case.child.born
    return datetime(born.year, born.month, born.day, tzinfo=LONDON) if born is not None else None


def without_practice(case: Case, terms: Terms) -> Iterator[Running]:
    """From the birth, or for an older child from the day the case opens; again in each episode that opens without."""
    born, opened = born_at(case), case.opened
    if (
        born is None
        or opened is None
        or registered(case)
        or unborn(case, case.record[-1].at)
        or dead(case, case.record[-1].at)
    ):
        return
    due = terms.due(born, "gp_registration")
    if due <= opened.at:
        due = terms.due(opened.at, "gp_registration.once_open")
    says = "The child is registered with no practice."
    yield Running(f"gp:{mark(opened)}", max(born, opened.at), due, silent=False, loose=opened.loose, says=says)


GP: Final = Clock(
    id="gp-registration-due",
    stage=Stage.PLANS,
    says="A child is registered with a practice by six weeks of age; until it is, that is a sign of neglect.",
    source="SCR Matt 5.9, 5.12, 5.38, 6.1.19, 6.3.5, 7.1.10",
    mend="health visitor or worker, with `record-household` and what=gp_registered",
    judge=without_practice,
)


def measured(case: Case, event: Event) -> bool:
    """Tell whether an event shows that health knows how the child grows: seen, checked, answered for or discussed."""
    match event.kind:
        case Kind.APPOINTMENT:
            child = event.get("person") in {None, case.child_id}
            return child and event.get("outcome") == "attended" and event.get("what") in _TO_MEASURE
        case Kind.TOOL:
            return bool(event.get("what") == "development_check")
        case Kind.CHECK:
            agency = case.family.agencies.get(event.get("agency")) if event.get("status") == "replied" else None
            return agency is not None and agency.kind in _MEASURES
        case Kind.MEDICAL:
            return sees(case, event)
        case Kind.VISIT:
            return _health_there(case, event) and sees(case, event)
        case _:
            talked = event.kind is Kind.SPOKE_TO and event.get("done") is not False
            return (event.kind in _MEETINGS or talked) and _health_there(case, event)


def _health_there(case: Case, event: Event) -> bool:
    people = (case.family.practitioners.get(one) for one in (*participants(event), event.get("person") or ""))
    return any(who is not None and who.agency is not None and who.agency.kind in _MEASURES for who in people)


def measured_since(case: Case, moment: datetime) -> bool:
    """Tell whether health has known how the child grows since a moment."""
    last = case.once(_last_measured)
    return last is not None and last >= moment


def _last_measured(case: Case) -> datetime | None:
    return next((event.at for event in reversed(case.record) if measured(case, event)), None)


def ages(case: Case, terms: Terms, begun: Event) -> Iterator[Running]:
    """The reviews that every child has at its age, while social care holds its case."""
    born = born_at(case)
    if born is None:
        return
    for week in terms.policy.words("growth_data.weeks"):
        age = born + timedelta(weeks=int(week))
        early = terms.calendar.end_of_day(day_of(age)) - timedelta(weeks=terms.span("growth_data.early").amount)
        if begun.at > age or measured_since(case, early):
            continue
        due = terms.due(age, "growth_data.grace")
        yield Running(f"growth:{week}", age, due, says="Nobody from health has looked at how the child grows.")


def _of_growth(event: Event) -> bool:
    return known(event) and not _GROWTH.isdisjoint(event.codes("concerns"))


def worries(case: Case, terms: Terms, begun: Event) -> Iterator[Running]:
    """The first worry about weight or development that nobody from health has answered."""
    for event in case.chronology.where(_of_growth):
        if (event.at, event.index) < (case.episode[0].at, case.episode[0].index) or measured(case, event):
            continue
        if not younger(case, event.at, "growth_data.age", terms):
            continue
        if any(measured(case, later) for later in case.since(event)):
            continue
        start = max(event.at, begun.at)
        due = terms.due(start, "growth_data.worry")
        says = "There is a worry about weight or development, and nobody from health has answered it."
        yield Running(f"growth:{mark(event)}", start, due, loose=event.loose, says=says)
        return


def not_measured(case: Case, terms: Terms) -> Iterator[Running]:
    """At the ages of every child's reviews, and when somebody worries."""
    begun = taken_on(case)
    if begun is None or unborn(case, case.record[-1].at) or dead(case, case.record[-1].at):
        return
    if not case.family.silence_unknown:  # What a review does not tell of an ordinary check proves nothing.
        yield from ages(case, terms, begun)
    yield from worries(case, terms, begun)


GROWTH: Final = Clock(
    id="development-data-overdue",
    stage=Stage.PLANS,
    says="A young child whose case is open is weighed and its development checked at the usual ages, and on any worry.",
    source="SCR Matt 5.21",
    mend="health visitor or nurse, with `record-tool` and what=development_check or `record-appointment`",
    judge=not_measured,
)

CLOCKS: Final[tuple[Clock, ...]] = (GP, GROWTH)
