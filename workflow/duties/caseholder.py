"""Duties towards whoever holds the case: no gap when a worker goes, and none when a family complains."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case, participants
from models.vocabulary import Kind, Role, Stage
from workflow.casework import CONTACTS, social_care, taken_on
from workflow.questions import mark
from workflow.rule import Duty, Ought, Terms

_GOES_ON: Final = frozenset({Kind.SPOKE_TO, Kind.ATTEMPT, *CONTACTS})


def holders(case: Case, until: Event) -> set[str]:
    """Return who holds the case once an event has happened."""
    found: set[str] = set()
    for event in case.episode:
        if event.kind is Kind.ALLOCATED:
            if event.get("to"):
                found.add(event.get("to"))
            found.discard(event.get("ended") or "")
        if event is until:
            break
    return found


def handed_over(case: Case, gone: Event) -> bool:
    """Tell whether the one who went and the one who came spoke: a note, a visit together, or a meeting of both."""
    left = gone.get("ended")
    for event in case.chapter:
        if event.kind is Kind.ALLOCATED and event.get("handover"):
            return True
        people = set(participants(event))
        if event.kind in CONTACTS and left in people and len(people & {*_comers(case), left}) > 1:
            return True
    return False


def _comers(case: Case) -> set[str]:
    return {event.get("to") for event in case.chapter if event.kind is Kind.ALLOCATED and event.get("to")}


def left_over(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """From the worker's last day: somebody else holds the case, and knows what was left to do."""
    for gone in case.episode:
        if gone.kind is not Kind.ALLOCATED or not gone.get("ended"):
            continue
        taken = holders(case, gone) or any(event.get("to") for event in case.since(gone, Kind.ALLOCATED))
        if taken and (handed_over(case, gone) or gone.get("handover") is not False):
            continue
        due = terms.due(gone.at, "handover")
        lacks = "nobody has been given the case" if not taken else "nothing was handed over"
        yield Ought(
            key=f"handover:{mark(gone)}",
            says=f"Give the case to somebody, with a note of what is left to do: the worker has gone and {lacks}.",
            template="task",
            to_role=Role.TEAM_MANAGER,
            task=True,
            due=due,
            act_by=due,
            silent=not taken,
            loose=gone.loose,
        )


HANDOVER: Final = Duty(
    id="caseholder-handover",
    stage=Stage.PLANS,
    says="When a worker goes, the case is given to another by the last day, with a note of what is left to do.",
    source="National review into the murders of Arthur Labinjo-Hughes and Star Hobson (2022)",
    mend="the manager, with `allocate` and handover=true",
    judge=left_over,
)


def complained(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """After a complaint the work goes on: somebody of social care calls as before, or another worker does."""
    begun = taken_on(case)
    for event in case.episode:
        if event.kind is not Kind.COMPLAINT or begun is None or (begun.at, begun.index) > (event.at, event.index):
            continue
        if any(one.kind in _GOES_ON and social_care(case, one) for one in case.since(event)):
            continue
        due = terms.due(event.at, "complaint")
        yield Ought(
            key=f"complaint:{mark(event)}",
            says="Go on with visits and dates: a complaint is answered apart, and pauses nothing.",
            template="task",
            to_role=Role.TEAM_MANAGER,
            task=True,
            due=due,
            act_by=due,
            loose=event.loose,
        )


COMPLAINT: Final = Duty(
    id="complaint-does-not-pause",
    stage=Stage.PLANS,
    says="A family's complaint is answered on a track of its own, and pauses no visit, assessment or enquiry.",
    source="Serious case review: Khyra Ishaq (Birmingham, 2010)",
    mend="the worker, with `record-visit`; the manager, with `allocate`",
    judge=complained,
)

DUTIES: Final[tuple[Duty, ...]] = (HANDOVER, COMPLAINT)
