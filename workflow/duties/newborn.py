"""Duties of plans, about the newborn: a birth too early is planned for at once, and risk in sleep is tiered, not advised."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Role, Stage
from workflow.duties.patterns import met
from workflow.duties.prebirth import family_history
from workflow.newborn import arrival, at_risk_asleep, tiered
from workflow.own_visits import by_the_service
from workflow.questions import mark
from workflow.rule import Duty, Ought, Terms

_TAKEN_UP: Final = frozenset({Kind.CONTACT, Kind.DECISION, Kind.ALLOCATED, Kind.ASSESSMENT, Kind.SAFETY_PLAN})
_HOW_TO_SLEEP: Final = frozenset(
    {Kind.SAFETY_PLAN, Kind.AGREEMENT, Kind.CONDITION, Kind.CONFERENCE, Kind.STRATEGY_DISCUSSION}
)


def foreseen(case: Case) -> bool:
    """Tell whether the plan made before the birth says what happens if it comes early."""
    plans = [event for event in case.of(Kind.PLAN) if event.get("status") != "ended"]
    return any(one.get("when") == "preterm_birth" for plan in plans for one in plan.codes("contingencies"))


def planned_at_once(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """From the birth or the ward to whoever plans with the hospital."""
    birth = arrival(case, terms)
    if birth is None or foreseen(case) or not family_history(case, birth):
        return
    for event in case.since(birth):
        visited = event.kind in {Kind.VISIT, Kind.SPOKE_TO} and by_the_service(case, event)
        if event.kind in _TAKEN_UP or met(event) or visited:
            return
    due = terms.due(birth.at, "preterm.alert")
    says = "Plan now with the hospital: a baby of a known family has come early or is kept on a ward."
    yield Ought(
        f"preterm:{mark(birth)}", says, "task", to_role=Role.MASH_MANAGER, task=True, due=due, act_by=due,
        loose=birth.loose,
    )  # fmt: skip


PRETERM: Final = Duty(
    id="preterm-with-history-alert",
    family=True,
    stage=Stage.PLANS,
    says="When a baby of a known family comes early or stays on a ward, the hub hears of it and plans with the hospital.",
    source="SCR Matt 5.41, 6.1.32",
    mend="the hospital, with `refer`; the worker, with `hold-meeting` and which=discharge_planning",
    judge=planned_at_once,
)


def risk_tiered(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Advice on safe sleep is given to everybody; where the risk is high it needs a plan."""
    tier = tiered(case)
    cause = at_risk_asleep(case, terms) if tier is None else tier
    if cause is None:
        return
    if tier is not None and (tier.get("result") != "significant" or answered(case, tier)):
        return
    due = terms.due(cause.at, "sudi_tier.due" if tier is None else "sudi_tier.plan")
    says = "Tier the risk of a sudden death in sleep: advice alone has been the answer."
    if tier is not None:
        says = (
            "Plan for a significant risk of a sudden death in sleep: where the baby sleeps, what is taken, both carers."
        )
    key = f"sudi:{mark(cause)}" if tier is not None else f"sudi:{case.child_id}"
    yield Ought(key, says, "task", to_role=Role.TEAM_MANAGER, task=True, due=due, act_by=due, loose=cause.loose)


def answered(case: Case, tier: Event) -> bool:
    """Tell whether a plan of some sort followed the highest tier, or the plan of the day covers it."""
    if any(event.kind in _HOW_TO_SLEEP or plans(event) for event in case.since(tier)):
        return True
    plan = case.plan
    return plan is not None and "safe_sleep" in plan.codes("covers")


def plans(event: Event) -> bool:
    """Tell whether a plan was started or changed, or a meeting went over it."""
    return met(event) or (event.kind is Kind.PLAN and event.get("status") != "ended")


SUDI: Final = Duty(
    id="sudi-risk-tier",
    stage=Stage.PLANS,
    says="The risk of a sudden death is tiered for a baby in danger in its sleep, and the highest tier gets a plan.",
    source="SCR Matt 5.44, 5.46, 6.4.2 to 6.4.7, 7.1.2; Rec 2",
    mend="the health visitor or the worker, with `record-tool` and what=sudi; the worker, with `change-plan`",
    judge=risk_tiered,
)

DUTIES: Final[tuple[Duty, ...]] = (PRETERM, SUDI)
