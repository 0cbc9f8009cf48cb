"""Duties towards whoever has the next step: an agency that was asked is told so, and a case without a worker gets one."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Grade, Kind, Role, Stage
from workflow.questions import after, current, mark
from workflow.rule import Duty, Ought, Terms

_BEGINS_WORK: Final = frozenset({Kind.ASSESSMENT, Kind.PLAN})


def unanswered(case: Case) -> Iterator[Event]:
    """Yield the questions to agencies that have no answer yet, in the newest episode."""
    for event in current(case):
        if event.kind is Kind.CHECK and event.get("status") == "asked" and event.get("of"):
            later = after(case, event, Kind.CHECK)
            if not any(one.get("agency") == event.get("agency") and one.get("status") != "asked" for one in later):
                yield event


def questions_asked(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Whoever was asked hears of it at once, and has it on their list until they answer. Live only."""
    if not case.family.live or not case.is_open:
        return
    colour = case.grade or Grade.AMBER.code
    for event in unanswered(case):
        yield Ought(
            key=f"asked:{mark(event)}",
            says="Say what your agency knows of this family.",
            template="information_wanted",
            to=(event.get("of"),),
            task=True,
            due=terms.due(event.at, f"partner_return.{colour}"),
        )


ASKED: Final = Duty(
    id="asked-agency-told",
    stage=Stage.FRONT_DOOR,
    says="An agency that is asked what it knows is told so at once, with the hour by which it is needed.",
    source="Merton MASH guide; Child Safeguarding Practice Review Panel (2022)",
    mend="the agency, with `reply`",
    ordinary=True,
    judge=questions_asked,
)


def without_worker(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Once somebody has to assess or to carry out a plan, the case is a social worker's. Live only."""
    begun = next((event for event in current(case) if event.kind in _BEGINS_WORK), None)
    if not case.family.live or not case.is_open or begun is None or case.allocated_to is not None:
        return
    yield Ought(
        key=f"allocate:{mark(begun)}",
        says="Give this case to a social worker.",
        template="task",
        to_role=Role.TEAM_MANAGER,
        task=True,
        due=terms.due(begun.at, "decision_and_ack"),
    )


ALLOCATE: Final = Duty(
    id="case-gets-a-worker",
    stage=Stage.FRONT_DOOR,
    says="A case that is to be assessed or planned for is given to a social worker within a working day.",
    source="Working Together to Safeguard Children, T1",
    mend="the team manager, with `allocate`",
    ordinary=True,
    judge=without_worker,
)

DUTIES: Final[tuple[Duty, ...]] = (ASKED, ALLOCATE)
