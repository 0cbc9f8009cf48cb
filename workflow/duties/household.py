"""Duties of the household: what befalls an adult reaches the child's worker, and a changed home is looked at anew."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Agency, Case
from models.vocabulary import Kind, Role, Stage
from workflow.carers import carers, residents
from workflow.late_news import told_late
from workflow.questions import day_of, known, mark
from workflow.rule import Duty, Ought, Terms

_BEFALLS: Final = frozenset({"domestic_abuse", "assault", "weapon", "overdose", "arrest"})
_CHANGES: Final = frozenset({"joined", "new_partner", "returned_home", "left", "death", "placed"})
_WEIGHS: Final = frozenset(
    {Kind.ASSESSMENT, Kind.STRATEGY_DISCUSSION, Kind.CONFERENCE, Kind.SECTION47_OUTCOME, Kind.DECISION, Kind.PLAN}
)


def of_interest(case: Case, terms: Terms, moment: datetime) -> bool:
    """Tell whether anybody should hear of it: the case is open, or was closed not long ago."""
    if case.is_open:
        return True
    ended = [case.record[end].at for _, end in case.episodes if end is not None]
    return bool(ended) and terms.due(ended[-1], "rereferral_window") >= moment


def adult_events(case: Case) -> Iterator[Event]:
    """Yield what befell an adult of the child's and was recorded without a word of any child.

    In the live record everything is written on some child's referral: there another child's counts as well.
    """
    people = case.family.people
    near = {*carers(case), *residents(case)}
    for event in case.family.record:
        if (event.about and not case.family.live) or case.child_id in event.about or not known(event):
            continue
        who: set[str] = set()
        if event.kind is Kind.INCIDENT and event.get("what") in _BEFALLS:
            who = {*event.codes("involving")}
        elif event.kind is Kind.MEDICAL and event.get("for") in people and not people[event.get("for")].child:
            who = {event.get("for")}
        if near & who:
            yield event


def _agency(case: Case, event: Event) -> Agency | None:
    who = case.family.practitioners.get(event.by or "")
    return who.agency if who is not None else None


def told_of_adult(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Whoever saw the adult, or their agency, has told those who work with the child; or a worker asked.

    A story shows, too, what was told too late.
    """
    for seen, contact in () if case.family.live else told_late(case, terms):
        yield Ought(
            key=f"late:{mark(contact)}",
            says=f"Weigh it today: the police saw it in front of the child on {day_of(seen.at)} and tell it only now.",
            template="task",
            to_role=Role.MASH_MANAGER,
            task=True,
            act_by=contact.at,
            silent=False,
            loose=contact.loose,
        )
    for event in adult_events(case):
        if not of_interest(case.before(event), terms, event.at):
            continue
        agency = _agency(case, event)
        told = [
            one
            for one in case.since(event)
            if ((event.by and one.by == event.by) or (agency and _agency(case, one) == agency))
            or one.kind in {Kind.STRATEGY_DISCUSSION, Kind.MEETING, Kind.INCIDENT}
        ]
        if not told:
            due = terms.due(event.at, "adult_event_told")
            yield Ought(
                key=f"adult:{event.kind.value}:{event.index}",
                says="Weigh what has befallen an adult who looks after the child.",
                template="task",
                to_role=Role.TEAM_MANAGER,
                task=True,
                due=due,
                act_by=due,
                loose=event.loose,
            )


ADULT_EVENT: Final = Duty(
    id="adult-event-links-to-child",
    family=True,
    stage=Stage.ENQUIRY,
    says="What befalls an adult who looks after a child, such as an assault, is told to those who work with the child.",
    source="SCR Matt 5.42, 6.3.5, 7.1.11",
    mend="whoever saw the adult, with `record-incident` or `add-concern`; the worker, with `spoke-to`",
    judge=told_of_adult,
)


def concluded(case: Case) -> tuple[Event, list[Event]] | None:
    """Return the last completed assessment of the open episode, and what came after it."""
    done = [one for one in case.episode if one.kind is Kind.ASSESSMENT and one.get("status") == "completed"]
    return (done[-1], case.since(done[-1])) if done else None


def weighed(case: Case, change: Event, event: Event) -> bool:
    """Tell whether somebody has looked at a change: anew, in a meeting, or at the person who came."""
    person = change.get("person")
    about = person is not None and person in {event.get("person"), event.get("for"), *event.codes("with")}
    held = event.kind is Kind.MEETING and event.get("status", "held") == "held"
    asked = event.kind in {Kind.SPOKE_TO, Kind.CHECK, Kind.TOOL, Kind.VISIT} and about
    return held or asked or event.kind in _WEIGHS or event.kind is Kind.HISTORY_CHECKED


def look_again(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """What was concluded about a home holds for that home."""
    found = concluded(case)
    if found is None:
        return
    people = case.family.people
    for change in found[1]:
        person = change.get("person")
        adult = person is not None and not (person in people and people[person].child)
        moved = change.kind is Kind.HOUSEHOLD and change.get("what") in _CHANGES
        if not (moved and adult) or not known(change) or any(weighed(case, change, one) for one in case.since(change)):
            continue
        due = terms.due(change.at, "stale_assessment")
        yield Ought(
            key=f"stale:{mark(change)}",
            says="Look again at who keeps the child safe: the home has changed since the assessment.",
            template="task",
            to_role=Role.TEAM_MANAGER,
            task=True,
            due=due,
            act_by=due,
            loose=change.loose,
        )


STALE: Final = Duty(
    id="stale-assessment",
    stage=Stage.ENQUIRY,
    says="What was concluded about who keeps a child safe is looked at again when somebody moves in or out.",
    source="National review into the murders of Arthur Labinjo-Hughes and Star Hobson (2022)",
    mend="the worker, with `ask` about whoever came and `spoke-to`; the manager, with `hold-meeting`",
    ordinary=True,
    judge=look_again,
)

DUTIES: Final[tuple[Duty, ...]] = (ADULT_EVENT, STALE)
