"""Gates of plans, about what does not change: advice said twice, and a hazard that everybody has seen."""

from collections.abc import Iterator
from typing import Final

from config.policy import Effect
from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Kind, Stage
from workflow.gates.closure_risks import since_weighed
from workflow.questions import OPENS_NOTHING, concludes, known, listed
from workflow.rule import Finding, Gate, Terms
from workflow.swings import recurred

_ADVISED: Final = frozenset(
    {
        Concern.SAFE_SLEEP, Concern.FEEDING, Concern.HYGIENE, Concern.HOME_CONDITIONS, Concern.SUPERVISION,
        Concern.DANGEROUS_ANIMAL, Concern.WEIGHT, Concern.MEDICAL_NEGLECT, Concern.SUBSTANCE_MISUSE,
        Concern.ALCOHOL_MISUSE, Concern.SCHOOL_ABSENCE,
    }
)  # fmt: skip
"""Worries to which the usual answer is advice."""

_ADVISES: Final = frozenset({Kind.VISIT, Kind.APPOINTMENT})
_HAZARD: Final = frozenset({Concern.DANGEROUS_ANIMAL, Concern.WEAPON})
_BOUND: Final = frozenset({Kind.CONDITION, Kind.AGREEMENT, Kind.SAFETY_PLAN, Kind.CONTINGENCY_USED, Kind.LEGAL_ADVICE})
_ACTED: Final = frozenset(
    {
        Kind.CONTACT, Kind.DECISION, Kind.MEDICAL, Kind.TOOL, Kind.ASSESSMENT, Kind.SECTION47_OUTCOME,
        Kind.CONFERENCE, Kind.MEETING, Kind.EARLY_HELP, Kind.POLICE_CHECK, Kind.ORDER,
    }
)  # fmt: skip


def binds(event: Event) -> bool:
    """Tell whether something more than advice was done: a condition, an agreement, a plan that was changed for it."""
    if event.kind is Kind.PLAN:
        return bool(event.get("status") != "ended")
    return event.kind in _BOUND and event.get("status") not in {"breached", "ended", "missed"}


def acted(event: Event) -> bool:
    """Tell whether anything but another visit came of it."""
    return binds(event) or event.kind in _ACTED or event.kind is Kind.STRATEGY_DISCUSSION


def said_again(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Speaks once in a row of visits that find the same, and leaves a row of many to the count of what comes back."""
    wanted = terms.policy.number("advice_repeated.times") - 1
    rows: dict[str, list[int]] = {code: [] for code in set(event.codes("concerns")) & _ADVISED}
    for earlier in reversed(case.record):
        if acted(earlier) or terms.due(earlier.at, "advice_repeated.window") < event.at:
            break
        if earlier.kind in _ADVISES and known(earlier):
            for code in rows.keys() & set(earlier.codes("concerns")):
                rows[code].append(earlier.times)
    again = sorted(code for code, times in rows.items() if sum(times) >= wanted > sum(times[1:]))
    if again:
        following = case.family.after([event]).case(case.child_id)
        if not any(found.event is event for found in recurred(following, terms)):
            says = f"The same was found before and only talked about: {listed(again)}."
            yield Finding(says, tuple(again), silent=True, loose=event.loose)


ADVICE: Final = Gate(
    id="advice-repeated-escalates",
    stage=Stage.PLANS,
    says="When the same advice has been given twice and nothing has changed, something else is done.",
    source="SCR Matt 5.38, 5.46",
    mend="the worker, with `set-condition`, `hold-meeting` or `change-plan`; anybody, with `add-concern`",
    on=_ADVISES,
    judge=said_again,
    effect=Effect.WARN,
)


def dangerous(event: Event) -> bool:
    """Tell whether an event shows a hazard in the home."""
    animal = event.kind is Kind.HOUSEHOLD and event.get("what") == "animal"
    return known(event) and (animal or not _HAZARD.isdisjoint(event.codes("concerns")))


def answers(event: Event) -> bool:
    """Tell whether an event deals with a hazard: something binding, an answer in a decision, a report that it is safe.

    A condition deals with it once it is met.
    """
    if event.kind is Kind.CONDITION:
        return bool(event.get("status") == "met")
    settled = any((event.get("answers") or {}).get(code) in {"confirmed", "not_found"} for code in _HAZARD)
    outside = event.kind is Kind.CHECK and event.get("status") == "replied"
    return binds(event) or settled or outside or bool((event.get("claim") or {}).get("verified"))


def dealt_with(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """At the next decision after it was seen, once; what the closure calls new is left to the gate that says so."""
    if not weighs(event) or answers(event):
        return
    hazards: list[Event] = []
    for earlier in case.chapter:
        if answers(earlier) or (weighs(earlier) and earlier.kind is not Kind.MEETING):
            hazards = []
        if dangerous(earlier):
            hazards.append(earlier)
    if event.kind is Kind.CLOSURE:
        new = since_weighed(case)
        hazards = [one for one in hazards if one not in new]
    if hazards:
        says = "A hazard in the home has been seen and nothing on record deals with it."
        yield Finding(says, silent=True, loose=event.loose)


def weighs(event: Event) -> bool:
    """Tell whether a decision weighs the home: one that opens more still has the time to look at it."""
    if event.kind is Kind.DECISION:
        return event.get("outcome") in OPENS_NOTHING | {"early_help"}
    return event.kind in {Kind.STEP_DOWN, Kind.CLOSURE} or (concludes(event) and event.kind is Kind.ASSESSMENT)


HAZARD: Final = Gate(
    id="household-hazard-assessed",
    stage=Stage.PLANS,
    says="A dog, a weapon or another hazard in a child's home is assessed and dealt with before the next decision.",
    source="SCR Matt 5.16, 5.26, 6.1.19, 6.1.26",
    mend="the worker, with `set-condition`, `ask` or `change-plan`",
    on=frozenset({Kind.DECISION, Kind.ASSESSMENT, Kind.STEP_DOWN, Kind.CLOSURE}),
    judge=dealt_with,
    effect=Effect.WARN,
)

GATES: Final[tuple[Gate, ...]] = (ADVICE, HAZARD)
