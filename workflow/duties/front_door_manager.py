"""Duties of the front door, third part: what is new is looked at again, and a worker's own worry is a manager's."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import AgencyKind, Kind, PractitionerKind, Role, Stage
from workflow.checks import under_way
from workflow.hurt import speaks_of_hurt
from workflow.questions import after, awaiting, known, mark, professional
from workflow.rule import Duty, Ought, Terms

_REVIEWS: Final = frozenset(
    {
        Kind.GRADE, Kind.DECISION, Kind.STRATEGY_DISCUSSION, Kind.ASSESSMENT, Kind.SECTION47_OUTCOME, Kind.CONFERENCE,
        Kind.PLAN, Kind.MEETING,
    }
)  # fmt: skip
_TELLS: Final = frozenset({Kind.CONCERN, Kind.VISIT, Kind.APPOINTMENT, Kind.MEDICAL, Kind.CONTACT})
_PASSES_ON: Final = frozenset({Kind.CONTACT, Kind.CONCERN, Kind.SPOKE_TO, Kind.MEDICAL})
_MANAGERS: Final = frozenset(
    {PractitionerKind.TEAM_MANAGER, PractitionerKind.MASH_MANAGER, PractitionerKind.HEAD_OF_SERVICE}
)


def looks_again(case: Case, event: Event) -> bool:
    """Tell whether the colour was looked at again, or social care went to see or to ask."""
    if event.kind in _REVIEWS:
        return True
    who = professional(case, event.by)
    return who is not None and who.in_social_care and event.kind in {Kind.VISIT, Kind.SPOKE_TO}


def brings_news(case: Case, event: Event) -> bool:
    """Tell whether a professional outside social care reports a new worry. What reaches the hub has clocks of its own."""
    if event.kind not in _TELLS or not known(event) or not (event.codes("concerns") or event.get("injury")):
        return False
    who = professional(case, event.by)
    to_hub = event.kind is Kind.CONTACT and event.get("to") == "hub"
    return who is not None and not who.in_social_care and not to_hub


def unlooked(case: Case) -> Event | None:
    """Return the first news, after a grade or decision, that nobody has looked at yet."""
    news: Event | None = None
    for event in reversed(case.episode):
        if looks_again(case, event):
            settled = event.kind in _REVIEWS or any(one.kind in _REVIEWS for one in case.episode)
            return news if settled else None
        if brings_news(case, event):
            news = event
    return None


def again_by_the_family(case: Case) -> Event | None:
    """Return the last report to a worker by family or public, if it is not their first and nobody has reviewed it."""
    told: list[Event] = []
    for event in reversed(case.episode):
        if event.kind in _REVIEWS:
            break
        if event.kind is Kind.CONTACT and event.get("to") == "worker" and professional(case, event.by) is None:
            told.append(event)
    return told[0] if sum(event.times for event in told) > 1 else None


def kept_to_themselves(case: Case) -> Event | None:
    """Return the hurt that somebody outside social care saw in passing, if nobody has spoken of it since."""
    for event in reversed(case.episode):
        if looks_again(case, event) or event.kind in _PASSES_ON:
            return None
        if event.kind is Kind.APPOINTMENT and speaks_of_hurt(event) and brings_news(case, event):
            return event
    return None


def looked_at_again(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Within the time of the colour. Where an assessment, an enquiry or a plan runs, colours no longer decide.

    There, what the family says again and hurt that somebody saw in passing reach whoever holds the case the same day.
    """
    if not case.is_open:
        return
    if under_way(case):
        news = kept_to_themselves(case) or again_by_the_family(case)
    else:
        news = unlooked(case) or again_by_the_family(case)
    if news is not None:
        due = terms.due(news.at, "seen_in_passing" if under_way(case) else f"rag.{case.grade or 'amber'}")
        yield Ought(
            key=f"news:{mark(news)}",
            says="Look at this again: something new was reported.",
            template="task",
            to_role=Role.MASH_MANAGER,
            task=True,
            due=due,
            act_by=due,
            loose=news.loose,
        )


NEWS: Final = Duty(
    id="new-information-reopens-rating",
    stage=Stage.FRONT_DOOR,
    says="What is newly seen or said of a child whose case is open is looked at again, in the time of its colour.",
    source="SCR Matt 5.6; Local child safeguarding practice review: Sara (Surrey, 2025)",
    mend="the triage worker, with `grade`; the manager, with `decide`, `call-strategy` or `hold-meeting`",
    judge=looked_at_again,
)


def worker_worried(case: Case, event: Event) -> bool:
    """Tell whether somebody of social care, other than a manager, sends a worry to the hub or logs it."""
    who = professional(case, event.by)
    if who is None or who.agency is None or who.agency.kind is not AgencyKind.SOCIAL_CARE or who.kind in _MANAGERS:
        return False
    return event.kind is Kind.CONCERN or event.get("to") == "hub"


def manager_has_it(case: Case, event: Event) -> bool:
    """Tell whether a worker's worry reached a manager: told, or by what was done upon it."""
    people = case.family.practitioners
    managers = {one for one, who in people.items() if who.kind in _MANAGERS}
    if managers & set(event.codes("shared_with")):
        return True
    for one in after(case, event):
        if one.by in managers or one.kind in {Kind.STRATEGY_DISCUSSION, Kind.DECISION, Kind.MEETING}:
            return True
        if managers & {one.get("manager"), one.get("person"), one.get("second_person"), *one.codes("attended")}:
            return True
    return False


def worker_heard(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """A worker who knows the family does not join the queue."""
    for event, due in awaiting(case, terms, "worker_concern", Kind.CONTACT, Kind.CONCERN):
        if worker_worried(case, event) and not manager_has_it(case, event):
            yield Ought(
                key=f"worker:{mark(event)}",
                says="Look at this now: a worker who knows the family is worried.",
                template="task",
                to_role=Role.TEAM_MANAGER,
                task=True,
                due=due,
                act_by=due,
                loose=event.loose,
            )


WORKER: Final = Duty(
    id="open-case-concern-to-manager",
    stage=Stage.FRONT_DOOR,
    says="A worry of a social worker who knows the family goes to the team manager at once, not to the triage queue.",
    source="SCR Matt 5.7, 5.8, 6.1.8",
    mend="the team manager, with `call-strategy` or `decide`",
    judge=worker_heard,
)

DUTIES: Final[tuple[Duty, ...]] = (NEWS, WORKER)
