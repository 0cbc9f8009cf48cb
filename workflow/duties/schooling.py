"""Duties of the front door, about schooling: a child taken out of school is a contact in its own right."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Role, Stage
from workflow.duties.patterns import met
from workflow.own_visits import seen_by_the_service
from workflow.questions import mark
from workflow.rule import Duty, Ought, Terms
from workflow.schooling import back, of_this_child, off_roll, watched, withdrawn

_PUT: Final = frozenset({Kind.CONTACT, Kind.DECISION, Kind.GRADE, Kind.ASSESSMENT})


def causes(case: Case, terms: Terms) -> Iterator[Event]:
    """Yield each time the child was taken out of school, or that was asked for; leaving counts after a contact only."""
    for event in case.chronology.where(_leaving):
        if of_this_child(case, event) and (withdrawn(event) or watched(case, event, terms)):
            yield event


def _leaving(event: Event) -> bool:
    return event.kind is not Kind.CONTACT and (withdrawn(event) or off_roll(event))


def put_to_the_manager(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Asked once for a withdrawal and the leaving that follows from it."""
    answered = False
    for cause in causes(case, terms):
        if any(answers(case, event) for event in case.since(cause)):
            answered = True
            continue
        if answered and off_roll(cause) and not case.family.live:
            continue
        due = terms.due(cause.at, "school_withdrawal.told")
        says = "A child is taken out of school: treat it as a contact, read the history, and have the child seen."
        yield Ought(
            f"withdrawn:{mark(cause)}", says, "task", to_role=Role.MASH_MANAGER, task=True, due=due, act_by=due,
            silent=True, loose=cause.loose,
        )  # fmt: skip
        return


def answers(case: Case, event: Event) -> bool:
    """Tell whether the withdrawal reached those who decide, the child was seen by them, or it goes to school again."""
    return event.kind in _PUT or met(event) or seen_by_the_service(case, event) or back(case, event)


WITHDRAWAL: Final = Duty(
    id="school-withdrawal-trigger",
    stage=Stage.FRONT_DOOR,
    says="Taking a child out of school is a new contact, put to a manager with the history, and the child is seen first.",
    source="Sara (Surrey, 2025); Khyra Ishaq (Birmingham, 2010)",
    mend="the school, with `refer` or `add-concern`; the worker, with `record-visit`",
    judge=put_to_the_manager,
)

DUTIES: Final[tuple[Duty, ...]] = (WITHDRAWAL,)
