"""Gates of plans: a plan ends, is stepped down or closed on what it was for."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.gates import plan_contents, visits
from workflow.questions import known, listed
from workflow.rule import Finding, Gate, Terms

_IN_CARE: Final = frozenset(
    {"police_protection", "emergency_protection", "interim_care", "care", "special_guardianship"}
)
_ELSEWHERE: Final = frozenset({"left_area", "death"})
_CLOSED_AS_DONE: Final = frozenset({"needs_met", "stepped_down"})


def last_plan(case: Case) -> Event | None:
    """Return the newest plan of the chapter, running or ended: with a later change, the change."""
    plans = [event for event in case.chapter if event.kind is Kind.PLAN and event.get("status") != "ended"]
    wanted = [event for event in plans if event.codes("outcomes")]
    return (wanted or plans)[-1] if plans else None


def asks_for_outcomes(case: Case, event: Event) -> bool:
    """Tell whether this event says that a plan has done its work. A conference, not a tally, ends a protection plan."""
    match event.kind:
        case Kind.CLOSURE:
            return event.get("reason_code") in _CLOSED_AS_DONE
        case Kind.STEP_DOWN:
            agreed = event.get("status") == "agreed" or case.family.live
            return agreed and event.get("to") != "child_in_need"
        case _:
            return bool(event.get("status") == "ended" and event.get("which") == "child_in_need")


def shared(case: Case, plan: Event) -> tuple[Event, ...]:
    """Return what was recorded of any child that a plan is for: one plan for several has each outcome once."""
    if set(plan.about) <= {case.child_id}:
        return case.chapter
    start = case.chapter[0] if case.chapter else plan
    together = set(plan.about)
    later = case.family.record[case.family.record.index(start) :]
    return tuple(one for one in later if not together.isdisjoint(one.about))


def overtaken(case: Case, plan: Event) -> bool:
    """Tell whether a plan ends because something else took its place: protection, care, a move away or a death."""
    return any(
        (one.kind is Kind.CONFERENCE and one.get("outcome") == "child_protection_plan")
        or (one.kind is Kind.PLAN and one.get("which") != plan.get("which") and one.get("status") == "started")
        or (one.kind is Kind.ORDER and one.get("status") == "made" and one.get("what") in _IN_CARE)
        or (one.kind is Kind.HOUSEHOLD and one.get("what") in _ELSEWHERE and known(one))
        for one in case.since(plan)
    )


def outcomes_met(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Every outcome the plan names is met, and something shows it."""
    plan = last_plan(case)
    if plan is None or not asks_for_outcomes(case, event) or overtaken(case, plan):
        return
    wanted = tuple(str(outcome["id"]) for outcome in plan.codes("outcomes"))
    if not wanted:
        yield Finding("The plan names no outcome that could be shown to be met.", silent=True, loose=event.loose)
    newest = {one.id: one for one in shared(case, plan) if one.kind is Kind.OUTCOME}
    missing = tuple(
        name
        for name in wanted
        if name not in newest or newest[name].get("status") != "met" or not newest[name].get("evidence")
    )
    if missing:
        said = any(name in newest and newest[name].get("status") == "not_met" for name in missing)
        says = f"These outcomes of the plan are not shown to be met: {listed(missing)}."
        yield Finding(says, missing, silent=not said, loose=event.loose)


OUTCOMES_EVIDENCED: Final = Gate(
    id="plan-outcomes-evidenced",
    stage=Stage.PLANS,
    says="A child in need plan ends, and is stepped down or closed, only with every outcome met and evidence of it.",
    source="SCR Matt 5.29, 6.1.26, 6.1.27; Rec 4",
    mend="the social worker, with `record-outcome`",
    on=frozenset({Kind.CLOSURE, Kind.STEP_DOWN, Kind.PLAN}),
    judge=outcomes_met,
)

GATES: Final[tuple[Gate, ...]] = (OUTCOMES_EVIDENCED, *plan_contents.GATES, *visits.GATES)
