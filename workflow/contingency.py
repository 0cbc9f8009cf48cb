"""What a plan says will be done if the family cannot be seen, and whether it was done. Pure."""

from datetime import date, datetime, timedelta
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.engagement import failed
from workflow.questions import day_of
from workflow.rule import Terms
from workflow.sightings import seen_since

_DOOR: Final = frozenset({"access_denied", "not_seen", "non_attendance"})
_NOT_THERE: Final = frozenset({"was_not_brought", "missed"})
_STEPS: Final = frozenset({Kind.CONTINGENCY_USED, Kind.POLICE_CHECK, Kind.CONFERENCE, Kind.ORDER})
_TALKS: Final = frozenset({Kind.SPOKE_TO, Kind.ATTEMPT, Kind.MEETING, Kind.CONTACT, Kind.VISIT, Kind.CONCERN})


def promised(case: Case, event: Event) -> dict[str, tuple[str, ...]]:
    """Return what the plan running at an event had laid down: from each occasion to what follows."""
    running: Event | None = None
    laid_down: dict[str, tuple[str, ...]] = {}
    for plan in case.of(Kind.PLAN):
        if (plan.at, plan.index) >= (event.at, event.index):
            break
        if plan.get("status") == "ended":
            if running is not None and plan.get("which") == running.get("which"):
                running, laid_down = None, {}
            continue
        if plan.get("status") == "started":
            running, laid_down = plan, {}
        for one in plan.codes("contingencies"):
            laid_down[str(one["when"])] = tuple(one.get("then") or ())
    return laid_down


def lays_down(event: Event) -> bool:
    """Tell whether a plan says what happens if the family cannot be seen."""
    return event.kind is Kind.PLAN and bool(event.codes("contingencies"))


def occasions(case: Case, event: Event, terms: Terms) -> frozenset[str]:
    """Return the occasions that an event is one of. No answer at the door counts as access denied."""
    if failed(event):
        return _DOOR
    if event.kind is Kind.APPOINTMENT and event.get("outcome") in _NOT_THERE:
        return frozenset({"non_attendance"})
    if event.kind is Kind.HOUSEHOLD and event.get("what") == "birth" and preterm(case, day_of(event.at), terms):
        return frozenset({"preterm_birth"})
    return frozenset()


def preterm(case: Case, born: date, terms: Terms) -> bool:
    """Tell whether the child was born before its term."""
    term = int(terms.policy.number("preterm_before.weeks"))
    if case.child.gestation_at_birth:
        return int(case.child.gestation_at_birth.partition("+")[0]) < term
    missing = timedelta(weeks=terms.policy.number("pregnancy_length.weeks") - term)
    return case.child.due is not None and born < case.child.due - missing


def met_by(case: Case, event: Event, terms: Terms) -> tuple[str, ...]:
    """Return what the plan says follows on an event, or nothing where it says nothing about it."""
    hit = occasions(case, event, terms)
    if not hit:
        return ()
    laid_down = promised(case, event)
    return tuple(dict.fromkeys(means for when in sorted(hit) for means in laid_down.get(when, ())))


def answered(case: Case, event: Event, means: tuple[str, ...], by: datetime) -> bool:
    """Tell whether what was laid down was done, or something as strong; a child seen in time needs neither."""
    later = case.since(event)
    if any(_is_a_step(one) for one in later) or seen_since(case, event, by):
        return True
    if event.kind is Kind.APPOINTMENT:
        return any(
            (one.kind in _TALKS and one.get("access") in {None, "granted"})
            or (one.kind is Kind.APPOINTMENT and one.get("outcome") == "attended")
            for one in later
        )
    return bool(event.kind is Kind.HOUSEHOLD and means and any(one.kind is Kind.MEETING for one in later))


def _is_a_step(event: Event) -> bool:
    if event.kind is Kind.STRATEGY_DISCUSSION:
        return event.get("held") is not False or bool(event.get("rationale"))
    if event.kind is Kind.MEDICAL:
        return event.get("what") in {"child_protection_medical", "clinician_report"}
    return event.kind in _STEPS or (event.kind is Kind.LEGAL_ADVICE)
