"""Clocks of plans: core groups, reviews and child in need meetings."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.casework import met
from workflow.questions import mark
from workflow.rule import Clock, Running, Terms

_TOGETHER: Final = (Kind.MEETING, Kind.CONFERENCE, Kind.STRATEGY_DISCUSSION)
_OF_SOME: Final = frozenset({"legal_planning", "supervision"})
"""Meetings to which neither the family nor those who work with it are asked."""


def protection(case: Case) -> list[Event]:
    """Return the conferences that keep a child protection plan running, the one that made it first."""
    keeping: list[Event] = []
    for event in case.now_of(Kind.CONFERENCE, Kind.PLAN):
        if event.kind is Kind.CONFERENCE:
            if event.get("outcome") == "child_protection_plan":
                keeping = [event]
            elif event.get("outcome") == "continue":
                keeping = [*keeping, event]
            else:
                keeping = []
        elif event.kind is Kind.PLAN and event.get("which") == "child_protection" and event.get("status") == "ended":
            keeping = []
    return keeping


def core_group(case: Case, terms: Terms) -> Iterator[Running]:
    """From the conference to the first core group."""
    for conference in protection(case)[:1]:
        if not any(meeting.get("which") == "core_group" for meeting in _meetings(case, conference)):
            due, warn = terms.due(conference.at, "core_group"), terms.due(conference.at, "core_group.warn")
            says = "A child protection plan waits for its first core group."
            yield Running(mark(conference), conference.at, due, warn, loose=conference.loose, says=says)


def _meetings(case: Case, start: Event) -> list[Event]:
    return [event for event in case.since(start, Kind.MEETING) if event.get("status", "held") == "held"]


CORE_GROUP: Final = Clock(
    id="core-group-ten-working-days",
    stage=Stage.PLANS,
    says="The first core group meets within ten working days of the conference.",
    source="Working Together to Safeguard Children, T14",
    mend="the worker, with `hold-meeting` and which=core_group",
    ordinary=True,
    judge=core_group,
)


def reviewed(case: Case, terms: Terms) -> Iterator[Running]:
    """The first review, then the later ones, each from the conference before it."""
    conferences = protection(case)
    if conferences:
        last = conferences[-1]
        first = last is conferences[0] and last.get("which") != "review"
        due = terms.due(last.at, "review_first" if first else "review_next")
        warn = terms.due(last.at, "review.warn") if first else None
        says = "A child protection plan waits for its review conference."
        yield Running(mark(last), last.at, due, warn, loose=last.loose, says=says)


REVIEW: Final = Clock(
    id="review-conference-due",
    stage=Stage.PLANS,
    says="A child protection plan is reviewed within three months, and then every six.",
    source="Working Together to Safeguard Children, T15, T16",
    mend="the chair, with `hold-conference` and which=review",
    ordinary=True,
    judge=reviewed,
)


def need_meetings(case: Case, terms: Terms) -> tuple[Event, list[Event]] | None:
    """Return the child in need plan now running, and the meetings held on it, by whatever name they went.

    The one before it, that drew it up or last reviewed what it goes on from, is the first of them.
    """
    plan = case.plan
    if plan is None or plan.get("which") != "child_in_need" or not case.is_open:
        return None
    meetings = [event for event in case.now_of(*_TOGETHER) if met(event) and event.get("which") not in _OF_SOME]
    return plan, [event for event in meetings if terms.due(event.at, "cin_first.drawn_up") >= plan.at]


def first_meeting(case: Case, terms: Terms) -> Iterator[Running]:
    """From the plan to the first meeting on it."""
    found = need_meetings(case, terms)
    if found is not None and not found[1]:
        plan = found[0]
        says = "A child in need plan waits for its first meeting."
        due, warn = terms.due(plan.at, "cin_first"), terms.due(plan.at, "cin_first.warn")
        yield Running(mark(plan), plan.at, due, warn, loose=plan.loose, says=says)


FIRST_MEETING: Final = Clock(
    id="cin-first-meeting",
    stage=Stage.PLANS,
    says="A child in need plan has its first meeting soon after it starts.",
    source="Working Together to Safeguard Children, T20; Sefton procedures",
    mend="the worker, with `hold-meeting` and which=child_in_need_review",
    ordinary=True,
    judge=first_meeting,
)


def next_meeting(case: Case, terms: Terms) -> Iterator[Running]:
    """From each meeting to the next one, and from the plan where the meeting came before it.

    Nobody is warned of a meeting that is already called.
    """
    found = need_meetings(case, terms)
    if found is not None and found[1]:
        plan, meetings = found
        last = meetings[-1]
        start = max(last.at, plan.at)
        called = any(one.get("status") == "requested" for one in case.since(last, Kind.MEETING))
        warn = None if called else terms.due(start, "cin_review.warn")
        says = "A child in need plan waits for its review."
        yield Running(mark(last), start, terms.due(start, "cin_review"), warn, loose=last.loose, says=says)


NEXT_MEETING: Final = Clock(
    id="cin-review-due",
    stage=Stage.PLANS,
    says="A child in need plan is reviewed in a meeting every few weeks.",
    source="Working Together to Safeguard Children, T20; SCR Matt 5.26",
    mend="the worker, with `hold-meeting` and which=child_in_need_review",
    ordinary=True,
    judge=next_meeting,
)

CLOCKS: Final[tuple[Clock, ...]] = (CORE_GROUP, REVIEW, FIRST_MEETING, NEXT_MEETING)
