"""Duties of plans: what was threatened or agreed beforehand is done when its day comes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Role, Stage
from workflow.contingency import answered, lays_down, met_by
from workflow.duties import caseholder, network, plan_controls
from workflow.questions import in_chapter, known, listed, mark
from workflow.rule import Duty, Ought, Terms

_ANSWERS: Final = frozenset({Kind.LEGAL_ADVICE, Kind.STRATEGY_DISCUSSION, Kind.CONFERENCE, Kind.ORDER})


def takes_up(event: Event) -> bool:
    """Tell whether an event makes a broken agreement count: advice, the legal panel, or a stronger step."""
    if event.kind is Kind.MEETING:
        return bool(event.get("which") == "legal_planning")
    if event.kind is Kind.CONTINGENCY_USED:
        return event.get("what") in {"legal_advice", "strategy_discussion"}
    return event.kind in _ANSWERS and event.get("status") != "ended"


def broken_agreements(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """From each breach to the legal advice, or whatever weighs more, that the agreement stood for."""
    for breach in in_chapter(case, Kind.AGREEMENT):
        if breach.get("status") != "breached":
            continue
        if any(takes_up(event) for event in case.since(breach)):
            continue
        due = terms.due(breach.at, "agreement_breach")
        yield Ought(
            key=f"agreement:{mark(breach)}",
            says="Ask for legal advice: a written agreement has been broken.",
            template="task",
            to_role=Role.TEAM_MANAGER,
            task=True,
            due=due,
            act_by=due,
            loose=breach.loose,
        )


AGREEMENT: Final = Duty(
    id="written-agreement-breach",
    stage=Stage.PLANS,
    says="When a written agreement is broken, legal advice is asked for within two working days.",
    source="SCR Matt 5.9, 5.10, 6.2.6",
    mend="the manager, with `record-legal-advice` or `call-strategy`",
    judge=broken_agreements,
)


def contingencies(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """What the plan says will happen when access fails happens, unless the child is seen after all."""
    planned = case.chronology.where(lays_down)
    for event in in_chapter(case, Kind.VISIT, Kind.APPOINTMENT, Kind.HOUSEHOLD) if planned else ():
        means = met_by(case, event, terms) if known(event) else ()
        if not means:
            continue
        key = "contingency.answer" if event.kind is Kind.VISIT else "contingency.attendance"
        due = terms.due(event.at, key)
        if answered(case, event, means, due):
            continue
        yield Ought(
            key=f"contingency:{mark(event)}",
            says=f"Do what the plan says when access fails: {listed(means)}.",
            template="task",
            to_role=Role.TEAM_MANAGER,
            task=True,
            due=due,
            act_by=due,
            loose=event.loose,
        )


CONTINGENCY: Final = Duty(
    id="contingency-fires",
    stage=Stage.PLANS,
    says="What a plan says will happen if the family cannot be seen happens the day it comes to that.",
    source="SCR Matt 5.21, 5.22, 5.28, 6.1.23, 6.1.25, 6.2.6",
    mend="the worker, with `use-contingency` or `record-police-check`; the manager, with `call-strategy`",
    judge=contingencies,
)


DUTIES: Final[tuple[Duty, ...]] = (AGREEMENT, CONTINGENCY, *plan_controls.DUTIES, *network.DUTIES, *caseholder.DUTIES)
