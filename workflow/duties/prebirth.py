"""Duties of the front door, second part: what was put off wakes, the unborn child, and people told of their turn."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Factor, Kind, Role, Stage
from workflow.clocks.deferred import put_off, wake_day
from workflow.questions import AVOIDING, as_day, day_of, known, mark, unborn
from workflow.rule import Duty, Ought, Terms

_HISTORY: Final = frozenset(
    {
        Factor.CARE_LEAVER,
        Factor.OWN_CHILD_PROTECTION_HISTORY,
        Factor.PREVIOUS_CHILD_REMOVED,
        Factor.PREVIOUS_CHILD_DEATH,
    }
)
_WORRIES: Final = frozenset({Concern.NEGLECT, *AVOIDING})


def first_known(case: Case) -> Event | None:
    """Return what first told anybody of a child not yet born."""
    for event in case.record:
        pregnancy = event.kind is Kind.HOUSEHOLD and event.get("what") == "pregnancy_known"
        if known(event) and (pregnancy or event.kind is Kind.CONTACT):
            return event if unborn(case, event.at) else None
    return None


def family_history(case: Case, until: Event) -> bool:
    """Tell whether what was known by then calls for a look before the birth."""
    links = case.family.links
    parents = {link.one for link in links if link.other == case.child_id and link.relation in {"mother", "father"}}
    siblings = {link.one for link in links if link.relation in {"mother", "father"} and link.one in parents}
    children = {link.other for link in links if link.one in siblings and link.relation in {"mother", "father"}}
    people = case.family.people
    if any(_HISTORY & people[one].factors for one in parents if one in people):
        return True
    for event in case.family.record:
        if event.at > until.at or not known(event) or not children & set(event.about):
            continue
        if event.kind in {Kind.PLAN, Kind.SECTION47_OUTCOME} or _WORRIES & set(event.codes("concerns")):
            return True
    return False


def taken_up(event: Event, now: datetime) -> bool:
    """Tell whether an event is a look before the birth, or puts it off to a day that has not passed."""
    if event.kind is Kind.DECISION:
        until = as_day(event.get("until")) or as_day(event.get("review_on"))
        later = event.get("outcome") == "deferred" and until is not None and until >= day_of(now)
        return later or event.get("outcome") in {"assessment", "strategy_discussion"}
    return event.kind in {Kind.ASSESSMENT, Kind.STRATEGY_DISCUSSION}


def looked_at(case: Case, terms: Terms, now: datetime) -> Iterator[Ought]:
    """From the day the pregnancy is known, until the birth."""
    first = first_known(case)
    if first is None or not unborn(case, now) or not family_history(case, first):
        return
    if any(taken_up(event, now) for event in case.since(first)):
        return
    due = terms.due(first.at, "decision_and_ack")
    yield Ought(
        key=f"prebirth:{case.child_id}",
        says="Begin a pre-birth assessment: the family is known.",
        template="task",
        to_role=Role.MASH_MANAGER,
        task=True,
        due=due,
        act_by=due,
        loose=first.loose,
    )


PREBIRTH: Final = Duty(
    id="prebirth-trigger",
    family=True,
    stage=Stage.FRONT_DOOR,
    says="An unborn child of a family with neglect, a plan, avoidance or a parent's care history is assessed in time.",
    source="SCR Matt 6.1.30, 7.1.7; Rec 4, Rec 7",
    mend="the manager, with `decide` and outcome=assessment, or deferred until=DATE",
    judge=looked_at,
)


def second_person_asked(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """A lower grade that waits is put before a manager."""
    proposed = case.now_of(Kind.GRADE_PROPOSED)
    if proposed and not case.since(proposed[-1], Kind.GRADE):
        yield Ought(
            key=f"lower:{mark(proposed[-1])}",
            says="Agree to a lower grade, or leave it as it is.",
            template="second_signature_wanted",
            to_role=Role.MASH_MANAGER,
            besides=(proposed[-1].by,) if proposed[-1].by else (),
            task=True,
            due=terms.due(proposed[-1].at, "decision_and_ack"),
        )


SECOND_PERSON: Final = Duty(
    id="second-person-asked",
    stage=Stage.FRONT_DOOR,
    says="A manager is asked whether a grade may be lowered.",
    source="SCR Matt 6.5.3",
    mend="a second person, with `agree-grade`",
    ordinary=True,
    judge=second_person_asked,
)


def holder_told(case: Case, _terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Whoever is given a case hears of it at once."""
    if case.family.live:
        for event in case.now_of(Kind.ALLOCATED):
            if event.get("to"):
                to = (event.get("to"),)
                yield Ought(f"allocated:{mark(event)}", "This case is yours now.", "allocated", to=to)


HOLDER: Final = Duty(
    id="new-holder-told",
    stage=Stage.FRONT_DOOR,
    says="Whoever is given a case is told so at once.",
    source="National review into the murders of Arthur Labinjo-Hughes and Star Hobson (2022)",
    mend="the engine, by itself",
    ordinary=True,
    judge=holder_told,
)


def woken(case: Case, terms: Terms, now: datetime) -> Iterator[Ought]:
    """In the live record the engine wakes a referral on its day; in a story the clock says that nobody did."""
    if not case.family.live:
        return
    decision = put_off(case)
    day = wake_day(case, terms, decision) if decision is not None else None
    if decision is not None and day is not None and day_of(now) >= day:
        yield Ought(key=f"wake:{mark(decision)}", says="Bring it back for its decision.", template="woken", verb="wake")
    for event in case.now_of(Kind.WOKEN):
        due = terms.due(event.at, "decision_and_ack")
        yield Ought(key=f"woken:{mark(event)}", says="Decide now what was put off.", template="woken", due=due)


WAKES: Final = Duty(
    id="deferred-wakes",
    stage=Stage.FRONT_DOOR,
    says="What was put off comes back by itself on its day.",
    source="SCR Matt 6.1.28, 6.1.30",
    mend="the engine, by itself",
    judge=woken,
)

DUTIES: Final[tuple[Duty, ...]] = (WAKES, PREBIRTH, SECOND_PERSON, HOLDER)
