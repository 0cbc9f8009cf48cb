"""Gates of plans, about leaving hospital: a baby with an open case goes home on a plan made before the day."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.newborn import infant, morning
from workflow.questions import day_of, held, unborn
from workflow.rule import Finding, Gate, Terms

_PLANNING: Final = frozenset({"discharge_planning", "professionals", "core_group", "child_in_need_review"})
_NIGHT: Final = timedelta(days=1)


def stay(case: Case) -> Event | None:
    """Return what began the stay that is about to end: the admission, or a birth no longer ago than any discharge."""
    began: Event | None = None
    for event in case.record:
        if event.kind is Kind.MEDICAL and event.get("for") in {None, case.child_id}:
            if event.get("what") == "admitted":
                began = event if began is None or began.kind is Kind.HOUSEHOLD else began
            elif event.get("what") == "discharged":
                began = None
        elif event.kind is Kind.HOUSEHOLD and event.get("what") == "birth":
            began = event
    return began


def agreed(case: Case, began: Event) -> list[Event]:
    """Return the meetings of several agencies that can have planned this discharge: in the stay, or before the birth."""
    before_birth = began.kind is Kind.HOUSEHOLD or began.at - _NIGHT <= _born(case)
    return [
        event
        for event in case.episode
        if together(event)
        and (
            event.at >= began.at
            or event.get("which") == "discharge_planning"
            or (before_birth and unborn(case, event.at))
        )
    ]


def together(event: Event) -> bool:
    """Tell whether several agencies sat together over the child."""
    held_so = event.kind is Kind.MEETING and event.get("status", "held") == "held"
    return (held_so and event.get("which") in _PLANNING) or event.kind is Kind.CONFERENCE


def _born(case: Case) -> datetime:
    return morning(case.child.born) if case.child.born is not None else datetime.min.replace(tzinfo=UTC)


def planned_before(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """With the others, and early enough that what is missing can still be put right.

    A story is warned of an older child with a plan of whom it says that nobody planned it, and of a baby whose family
    the hub has heard of and let go.
    """
    began = stay(case)
    if event.get("what") != "discharged" or event.get("planned") or began is None:
        return
    if event.get("for") not in {None, case.child_id}:
        return
    small = infant(case, event.at, terms)
    firm = case.is_open and small
    if not firm and (case.family.live or not (heard_of(case, event, terms) if small else unplanned(case, event))):
        return
    if event.at - began.at < _NIGHT or any(held(one) or one.kind is Kind.CONFERENCE for one in case.since(began)):
        return
    meetings = agreed(case, began)
    if not meetings:
        says = "The baby goes home and no meeting of the agencies has planned it."
        says = says if small else "The child goes home and no meeting of the agencies has planned it."
        yield Finding(says, silent="planned" not in event.data, loose=event.loose, light=not firm)
    elif firm and not in_time(meetings, began, event, terms) and not any(senior(case, one, terms) for one in meetings):
        says = "The discharge was planned so late that nothing could be put right, and nobody senior has agreed to it."
        yield Finding(says, loose=event.loose or meetings[-1].loose)


def heard_of(case: Case, event: Event, terms: Terms) -> bool:
    """Tell whether the hub was told of a worry about the child, and the case is closed, not so long ago."""
    return any(terms.due(one.at, "rereferral_window") >= event.at for one in case.of(Kind.CONTACT))


def unplanned(case: Case, event: Event) -> bool:
    """Tell whether a child with a plan leaves hospital and the record says that nobody planned it."""
    return case.is_open and case.plan is not None and event.get("planned") is False


def in_time(meetings: list[Event], began: Event, event: Event, terms: Terms) -> bool:
    """Tell whether one meeting was early enough, or on an earlier day of a stay too short for that."""
    if terms.due(began.at, "discharge.planned_before") > event.at:
        return any(day_of(one.at) < day_of(event.at) for one in meetings)
    return any(
        terms.due(one.at, "discharge.planned_before") <= terms.calendar.end_of_day(day_of(event.at)) for one in meetings
    )


def senior(case: Case, meeting: Event, terms: Terms) -> bool:
    """Tell whether somebody who may answer for a late discharge was there."""
    known = case.family.practitioners
    roles = terms.policy.words("discharge.senior_roles")
    return any(who in known and known[who].kind in roles for who in (meeting.by, *meeting.codes("attended")))


DISCHARGE: Final = Gate(
    id="discharge-plan-before-discharge",
    stage=Stage.PLANS,
    says="A baby with an open case leaves hospital on a plan that the agencies made some days before.",
    source="SCR Matt 5.44, 6.1.33",
    mend="the worker, with `hold-meeting` and which=discharge_planning; a manager, by being there",
    on=frozenset({Kind.MEDICAL}),
    judge=planned_before,
)

GATES: Final[tuple[Gate, ...]] = (DISCHARGE,)
