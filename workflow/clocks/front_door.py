"""Clocks of the front door: a contact is decided, a colour is kept, a deferred referral wakes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.questions import as_day, day_of, held, mark, unborn
from workflow.rule import Clock, Running, Terms

_ANSWERS_ANYWAY: Final = frozenset({Kind.STRATEGY_DISCUSSION, Kind.CLOSURE})
_AT_WORK: Final = frozenset({Kind.VISIT, Kind.MEETING, Kind.GRADE, Kind.SPOKE_TO})
_WEEK: Final = timedelta(weeks=1)


def answers(event: Event, contact: Event, *, held_by_a_worker: bool) -> bool:
    """Tell whether an event answers a contact. On a case that a worker holds, doing something about it does as well."""
    if event.kind is Kind.DECISION:
        named = event.codes("for")
        return not named or contact.id in named
    if event.kind in _ANSWERS_ANYWAY:
        return True
    if event.kind is Kind.ASSESSMENT:
        return event.get("status") in {"started", "completed"}
    if event.kind is Kind.ALLOCATED:
        return bool(event.get("to"))
    return held_by_a_worker and event.kind in _AT_WORK


def unanswered(case: Case) -> list[Event]:
    """Return the contacts that nobody has decided on or done anything about."""
    waiting: list[Event] = []
    worker: str | None = None
    for event in case.record:
        waiting = [one for one in waiting if not answers(event, one, held_by_a_worker=worker is not None)]
        if event.kind is Kind.CONTACT:
            waiting.append(event)
        elif event.kind is Kind.ALLOCATED:
            worker = event.get("to") or (None if event.get("ended") == worker else worker)
        elif event.kind is Kind.CLOSURE:
            worker = None
    return waiting


def decided_in_a_day(case: Case, terms: Terms) -> Iterator[Running]:
    """Each contact has its own clock, whoever it reached and by whatever way."""
    for contact in unanswered(case):
        yield Running(
            mark(contact),
            contact.at,
            terms.due(contact.at, "decision_and_ack"),
            terms.due(contact.at, "decision_and_ack.warn"),
            loose=contact.loose,
            says="A contact waits for its decision.",
        )


ONE_DAY: Final = Clock(
    id="referral-decision-one-day",
    stage=Stage.FRONT_DOOR,
    says="Every contact is decided on within one working day of its arrival.",
    source="Working Together to Safeguard Children, T1; SCR Matt 5.41, 6.1.32",
    mend="the manager, with `decide`",
    judge=decided_in_a_day,
)


def colour_kept(case: Case, terms: Terms) -> Iterator[Running]:
    """The colour's own time from the grade; a contact in the live record that has no grade yet runs as the first step."""
    waiting = [contact for contact in unanswered(case) if contact in case.episode]
    if not waiting:
        return
    graded = case.now_of(Kind.GRADE)
    if not graded:
        if case.family.live:
            first = waiting[0]
            says = "A contact waits for its grade."
            yield Running("ungraded", first.at, terms.due(first.at, "rag.unanswered"), loose=first.loose, says=says)
        return
    grade = graded[-1]
    colour = grade.get("grade")
    start = max(grade.at, waiting[0].at)
    warn = None if colour == "amber" else terms.due(start, f"rag.{colour}.warn")
    says = f"What is graded {colour} waits for its decision."
    yield Running(f"{colour}", start, terms.due(start, f"rag.{colour}"), warn, loose=grade.loose, says=says)


RAG: Final = Clock(
    id="rag-clock",
    stage=Stage.FRONT_DOOR,
    says="A graded contact is decided within the time of its colour.",
    source="Oxfordshire multi-agency procedures, contacts and referrals, section 2; SCR Matt 6.5.3",
    mend="the manager, with `decide`; anybody in social care, with `call-strategy`",
    judge=colour_kept,
)


def put_off(case: Case) -> Event | None:
    """Return the decision that put a referral off, or called a pregnancy too early, if nothing has taken it up since."""
    for event in reversed(case.record):
        if event.kind is Kind.DECISION:
            waits = event.get("outcome") == "deferred" or event.get("reason_code") == "too_early_in_pregnancy"
            return event if waits else None
        if event.kind in {Kind.ASSESSMENT, Kind.CLOSURE, Kind.WOKEN} or held(event):
            return None
        if event.kind is Kind.STRATEGY_DISCUSSION or (event.kind is Kind.CONTACT and case.family.live):
            return None
    return None


def week_days(case: Case, terms: Terms, decision: Event) -> list[date]:
    """Return the days after a decision on which the pregnancy reaches the weeks at which it is looked at again."""
    known = [event for event in case.of(Kind.CONTACT) if (event.get("pregnancy") or {}).get("weeks") is not None]
    if known:
        weeks = known[-1].get("pregnancy")["weeks"]
        began = day_of(known[-1].at) - _WEEK * weeks
    elif case.child.due is not None:
        began = case.child.due - _WEEK * terms.policy.number("pregnancy_length.weeks")
    else:
        return []
    days = [began + _WEEK * int(week) for week in terms.policy.words("prebirth_wake.weeks")]
    return [day for day in days if day > day_of(decision.at)]


def wake_day(case: Case, terms: Terms, decision: Event) -> date | None:
    """Return the day on which something put off comes back: the one named, otherwise that of the pregnancy."""
    named = as_day(decision.get("until")) or as_day(decision.get("review_on"))
    return named or min(week_days(case, terms, decision), default=None)


def wakes(case: Case, terms: Terms) -> Iterator[Running]:
    """Deferred is not closed: it comes back on its day, and is late the day after."""
    decision = put_off(case)
    if decision is None:
        return
    by_weeks = decision.get("until") is None and decision.get("review_on") is None
    if by_weeks and not unborn(case, decision.at):
        return
    day = wake_day(case, terms, decision)
    if day is not None:
        dawn = datetime(day.year, day.month, day.day, tzinfo=UTC)
        due = terms.calendar.end_of_day(day)
        says = "What was put off is due for its decision."
        yield Running(mark(decision), decision.at, due, max(dawn, decision.at), loose=decision.loose, says=says)


WAKE: Final = Clock(
    id="prebirth-wake",
    stage=Stage.FRONT_DOOR,
    says="What was put off, a pregnancy above all, comes back on its day for a fresh decision.",
    source="SCR Matt 6.1.28, 6.1.30; Doncaster pre-birth procedures",
    mend="the manager, with `decide`",
    judge=wakes,
)


CLOCKS: Final[tuple[Clock, ...]] = (ONE_DAY, RAG, WAKE)
