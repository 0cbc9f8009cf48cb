"""What an assessment rests on: the work done since the one before it, whoever recorded it and however. Pure."""

from collections.abc import Iterable, Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import AgencyKind, Kind, PractitionerKind
from workflow.carers import parents
from workflow.questions import known

STEPS_UP: Final = frozenset({"strategy_discussion", "conference"})
"""Outcomes that lead to protection: what an assessment lacks never stands in their way."""

_KIN: Final = frozenset({"grandparent", "relative", "sibling", "other"})


def signed_off(event: Event) -> bool:
    """Tell whether an assessment ends here, otherwise than in protection."""
    return event.kind is Kind.ASSESSMENT and event.get("status") == "completed" and event.get("outcome") not in STEPS_UP


def work(case: Case) -> tuple[Event, ...]:
    """Return the events that an assessment about to end rests on: those since the last one, or of the chapter."""
    chapter = tuple(event for event in case.chapter if known(event))
    ends = [
        at for at, event in enumerate(chapter) if event.kind is Kind.ASSESSMENT and event.get("status") == "completed"
    ]
    return chapter[ends[-1] + 1 :] if ends else chapter


def visits(case: Case, events: Iterable[Event]) -> list[Event]:
    """Return the visits on which social care was let in."""
    people = case.family.practitioners
    made = []
    for event in events:
        there = {event.by, *event.codes("with")}
        ours = any(who in people and people[who].in_social_care for who in there if who)
        if event.kind is Kind.VISIT and event.get("access") == "granted" and (ours or event.by is None):
            made.append(event)
    return made


def tools(events: Iterable[Event], what: str) -> list[Event]:
    """Return the times a tool was used."""
    return [event for event in events if event.kind is Kind.TOOL and event.get("what") == what]


def spoken_to(events: Iterable[Event]) -> Iterator[str]:
    """Yield whom somebody spoke to, visited with, met or heard in writing."""
    for event in events:
        if event.kind is Kind.SPOKE_TO and event.get("done") is not False and event.get("person"):
            yield event.get("person")
        if event.kind in {Kind.MEETING, Kind.CONFERENCE, Kind.STRATEGY_DISCUSSION}:
            yield from (*event.codes("attended"), *event.codes("accounts"), *(event.get("views") or {}))
        if event.kind is Kind.VISIT:
            yield from event.codes("with")


def kin(case: Case) -> list[str]:
    """Return the wider family as the record names it: relatives of the child or of a parent who are no carers."""
    near = {case.child_id, *parents(case)}
    people = case.family.people
    found = dict.fromkeys(
        link.one
        for link in case.family.links
        if link.relation in _KIN and link.other in near and link.one in people and not people[link.one].child
    )
    return [who for who in found if who not in near]


def by_hospital(case: Case, who: str | None) -> bool:
    """Tell whether somebody is a clinician, or works in a hospital."""
    person = case.family.practitioners.get(who or "")
    return person is not None and (
        person.kind is PractitionerKind.CLINICIAN
        or (person.agency is not None and person.agency.kind is AgencyKind.HOSPITAL)
    )


def seen(events: Iterable[Event]) -> bool:
    """Tell whether anybody saw the child."""
    return any(event.get("child_seen") or event.get("child_seen_alone") for event in events)


def seen_alone(case: Case, events: Iterable[Event]) -> bool:
    """Tell whether the child was seen or spoken to without any carer."""
    return any(
        event.get("child_seen_alone")
        or (
            event.kind is Kind.SPOKE_TO
            and event.get("person") == case.child_id
            and (event.get("alone") or event.get("done") is False)
            and (event.get("done") is not False or event.get("reason"))
        )
        for event in events
    )
