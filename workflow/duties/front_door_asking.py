"""Duties of the front door, fourth part: who knew a parent as a child is asked, and who has come into the home checked."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import HEALTH, Concern, Factor, Kind, Role, Stage
from workflow.carers import KNEW_LEAVERS, SPEAKS, of_a_leaver, parents, partners
from workflow.checks import sort_of
from workflow.questions import after, awaiting, held, known, mark, within_episode
from workflow.rule import Duty, Ought, Terms

_SHOWS: Final = (
    Kind.HOUSEHOLD, Kind.INCIDENT, Kind.CONTACT, Kind.CONCERN, Kind.VISIT, Kind.APPOINTMENT, Kind.MEDICAL, Kind.SPOKE_TO,
)  # fmt: skip
_CAME: Final = frozenset({"joined", "new_partner"})


def in_care_once(case: Case) -> tuple[str, ...]:
    """Return the parents who were looked after as children."""
    people = case.family.people
    return tuple(one for one in parents(case) if one in people and Factor.CARE_LEAVER in people[one].factors)


def knew_the_parent(case: Case, event: Event) -> bool:
    """Tell whether those who looked after a parent were asked, heard or spoke up."""
    if event.kind is Kind.CHECK:
        sort = sort_of(case, event.get("agency"))
        return sort in KNEW_LEAVERS or (sort in HEALTH and event.get("person") in in_care_once(case))
    advisers = of_a_leaver(case)
    if not advisers:
        return False
    names = {event.get("person"), *event.codes("attended"), *event.codes("accounts")}
    names |= {*event.codes("with"), *event.codes("discussed_with"), *event.codes("shared_with")}
    names |= set(event.get("views") or {})
    if event.kind in SPEAKS or event.kind is Kind.CONCERN:
        names.add(event.by)
    return not advisers.isdisjoint(names)


def unasked(case: Case) -> Iterator[Event]:
    """Yield the assessment that a story completes without asking; of the live record, the open case itself."""
    if case.family.live:
        if case.opened is not None and not any(knew_the_parent(case, event) for event in case.episode):
            yield case.opened
        return
    closed = case.last(Kind.CLOSURE)
    begin = 0 if closed is None else (case.chronology.place(closed) or 0) + 1
    for assessed in case.chronology.of((Kind.ASSESSMENT,), begin)[-1:]:
        completed = assessed.get("status") == "completed"
        if completed and not any(knew_the_parent(case, event) for event in case.record[begin:]):
            yield assessed


def carers_of_the_parent_asked(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """The live engine asks as soon as a case opens; a story shows with its assessment that nobody did."""
    if not in_care_once(case):
        return
    for event in unasked(case):
        yield Ought(
            key=f"parent-lac:{mark(event)}",
            says="Ask the health team and the adviser who looked after the parent what they know.",
            template="task",
            to_role=Role.TRIAGE_WORKER,
            task=True,
            due=terms.due(event.at, "decision_and_ack"),
            act_by=event.at,
            loose=event.loose,
        )


PARENT_LAC: Final = Duty(
    id="parent-lac-health-request",
    stage=Stage.FRONT_DOOR,
    says="Where a parent grew up in care, the health team and adviser who know the parent are asked.",
    source="SCR Matt 6.1.17, 7.1.3",
    mend="the worker, with `ask`",
    judge=carers_of_the_parent_asked,
)


def strangers(case: Case, event: Event) -> tuple[str | None, ...]:
    """Return the adults whom an event brings into the child's life; None for one whom nobody has named."""
    people, links = case.family.people, case.family.links
    if not known(event):
        return ()
    if event.kind is Kind.HOUSEHOLD:
        who = event.get("person")
        came = event.get("what") in _CAME and who not in parents(case) and not _a_child(case, who)
        # Who moves in while a case is open is looked at by the signal of the household.
        return (who,) if came and not (who and within_episode(case, event)) else ()
    if not event.codes("involving") and not event.codes("concerns"):
        return ()
    near = {case.child_id, *parents(case), *partners(case)}
    linked = {one for link in links if {link.one, link.other} & near for one in (link.one, link.other)}
    named = (one for one in event.codes("involving") if one in people and one not in linked | near)
    return tuple(one for one in named if not _a_child(case, one)) or (
        (None,) if Concern.UNKNOWN_ADULT in event.codes("concerns") else ()
    )


def _a_child(case: Case, who: str | None) -> bool:
    return who is not None and who in case.family.people and case.family.people[who].child


def checked(case: Case, event: Event, who: str | None) -> bool:
    """Tell whether somebody who came was looked up, or talked over with the police."""
    if who is not None and any(one.get("person") == who for one in case.of(Kind.CHECK)):
        return True
    for one in after(case, event):
        if one.kind is Kind.HISTORY_CHECKED and {"household", "police"} & set(one.codes("scope")):
            return True
        if one.kind is Kind.POLICE_CHECK or held(one):
            return True
        if who is None and (one.kind is Kind.CHECK or strangers(case, one) not in {(), (None,)}):
            return True
    return False


def strangers_checked(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Each of them once. Whoever was looked up before has no need of it again."""
    for event, due in awaiting(case, terms, "decision_and_ack", *_SHOWS):
        for who in strangers(case, event):
            if not checked(case, event, who):
                yield Ought(
                    key=f"adult:{who or 'somebody'}",
                    says="Find out who this adult is, and ask the police and social care about them.",
                    template="task",
                    to_role=Role.TRIAGE_WORKER,
                    task=True,
                    due=due,
                    act_by=due,
                    loose=event.loose,
                )


ADULT: Final = Duty(
    id="hidden-adult-check",
    stage=Stage.FRONT_DOOR,
    says="An adult who turns up in a child's life and is not known to the record is looked up at once.",
    source=(
        "National review into the murders of Arthur Labinjo-Hughes and Star Hobson (2022); "
        "Serious case reviews: Baby Peter (2009), Khyra Ishaq (2010), Daniel Pelka (2013)"
    ),
    mend="the worker, with `ask` and person=ID, or `check-history`",
    ordinary=True,
    judge=strangers_checked,
)

DUTIES: Final[tuple[Duty, ...]] = (PARENT_LAC, ADULT)
