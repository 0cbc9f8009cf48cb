"""Duties of harm: a discussion the day a child may have been hurt, and a decision on where it sleeps that night."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Kind, Role, Stage
from workflow.hurt import by_somebody
from workflow.questions import mark, unborn
from workflow.rule import Duty, Ought, Terms
from workflow.sightings import in_hospital, looked_after
from workflow.undiscussed import to_discuss

_FINDINGS: Final = frozenset({Kind.VISIT, Kind.MEDICAL, Kind.POLICE_CHECK, Kind.APPOINTMENT})
_SAFE: Final = frozenset({Kind.SAFETY_PLAN, Kind.ORDER, Kind.PLAN})
_SERIOUS: Final = frozenset({Concern.NEGLECT, Concern.MEDICAL_NEGLECT})


def discuss_today(case: Case, terms: Terms, now: datetime) -> Iterator[Ought]:
    """The youngest, on whom the clock of the discussion runs already, are not counted twice."""
    if not case.is_open or unborn(case, now):
        return
    for sign in to_discuss(case, terms):
        due = terms.due(sign.at, "strategy.same_day")
        yield Ought(
            key=f"discuss:{mark(sign)}",
            says="Hold a strategy discussion, or say why not: a child may have been hurt by somebody.",
            template="task",
            to_role=Role.TEAM_MANAGER,
            task=True,
            due=due,
            act_by=due,
            loose=sign.loose,
        )


TRIGGER: Final = Duty(
    id="strategy-discussion-trigger",
    stage=Stage.STRATEGY,
    says="A sign that somebody hurt a child of any age, or a second hurt within weeks, is discussed the same day.",
    source="National review into the murders of Arthur Labinjo-Hughes and Star Hobson (2022); Sara (Surrey, 2025)",
    mend="anybody in social care, with `call-strategy`; the manager, with `decline-strategy` and the reasons",
    ordinary=True,
    judge=discuss_today,
)


def found_today(event: Event) -> bool:
    """Tell whether a professional found a child hurt by nobody knows whom, or gravely neglected, on this occasion."""
    if event.kind not in _FINDINGS or event.get("what") == "admitted":
        return False  # Whoever is admitted sleeps on the ward.
    bad = event.get("finding") in {"non_accidental", "unexplained"}
    neglect = event.get("conditions") == "poor" and set(event.codes("concerns")) >= _SERIOUS
    return bad or neglect or by_somebody(event)


def stays_safe(event: Event) -> bool | None:
    """Tell whether an event settles where the child sleeps until further notice; None where it says nothing of that."""
    if event.kind in {Kind.SAFETY_PLAN, Kind.ORDER}:
        return bool(event.get("status") == "made")
    if event.kind is Kind.HOUSEHOLD and event.get("what") in {"placed", "left", "returned_home"}:
        return bool(event.get("what") != "returned_home")
    protects = event.kind is Kind.PLAN and event.get("which") == "child_protection" and event.get("status") == "started"
    return True if protects or event.get("interim_safety_plan") else None


def made_safe(event: Event) -> bool:
    """Tell whether an event settles where the child sleeps, or shows that somebody did."""
    if event.kind in _SAFE and event.get("status") in {"made", "started", "changed"}:
        return True
    if event.kind is Kind.STRATEGY_DISCUSSION:
        return bool(event.get("interim_safety_plan"))
    if event.kind is Kind.MEDICAL:
        return bool(event.get("what") == "admitted" or event.get("finding") == "explained")
    moved = bool(event.kind is Kind.HOUSEHOLD and event.get("what") in {"placed", "left"})
    return moved or event.kind in {Kind.AGREEMENT, Kind.CONDITION}


def safe_tonight(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Until midnight; a child on a ward or placed elsewhere is safe for the night."""
    if not case.is_open:
        return
    open_: Event | None = None
    safe = False
    for event in case.episode if case.chronology.where(found_today) else ():
        settled = stays_safe(event)
        safe = safe if settled is None else settled
        if safe or (open_ is not None and made_safe(event)):
            open_ = None
        elif open_ is None and found_today(event):
            before = case.before(event)
            open_ = None if in_hospital(before) or looked_after(before) else event
    if open_ is not None:
        due = terms.due(open_.at, "safe_tonight")
        yield Ought(
            key=f"tonight:{mark(open_)}",
            says="Decide where the child sleeps tonight, who is with it, and who checks.",
            template="task",
            to_role=Role.TEAM_MANAGER,
            task=True,
            due=due,
            act_by=due,
            loose=open_.loose,
        )


TONIGHT: Final = Duty(
    id="immediate-safety-action",
    stage=Stage.ENQUIRY,
    says="When a child is found hurt or gravely neglected, it is decided that day where it sleeps and who checks.",
    source="Serious case review: Baby Peter (Haringey, second review, 2009); SCR Matt 5.8, 6.1.8",
    mend="the worker, with `record-safety-plan`; the chair, with `hold-strategy` and interim_safety_plan=true",
    judge=safe_tonight,
)

DUTIES: Final[tuple[Duty, ...]] = (TRIGGER, TONIGHT)
