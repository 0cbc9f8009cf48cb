"""Clocks of the front door, second part: what was put off comes back on its day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.questions import as_day, day_of, held, mark, unborn
from workflow.rule import Clock, Running, Terms

_WEEK: Final = timedelta(weeks=1)
_TAKES_UP: Final = frozenset(
    {Kind.DECISION, Kind.ASSESSMENT, Kind.CLOSURE, Kind.WOKEN, Kind.STRATEGY_DISCUSSION, Kind.CONTACT}
)


def put_off(case: Case) -> Event | None:
    """Return the decision that put a referral off, or called a pregnancy too early, if nothing has taken it up since."""
    for event in reversed(case.of(*_TAKES_UP)):
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

CLOCKS: Final[tuple[Clock, ...]] = (WAKE,)
