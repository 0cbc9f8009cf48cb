"""Gates of step-down, second part: better for weeks, and seen to be so, not better on the day."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Kind, Stage
from workflow.questions import AVOIDING, known, listed
from workflow.reckoned import for_long_enough, often_enough
from workflow.rule import Finding, Gate, Terms

_AT_HOME: Final = AVOIDING | {Concern.NEGLECT, Concern.HOME_CONDITIONS, Concern.HYGIENE, Concern.HOSTILITY}
_DONE: Final = frozenset({"needs_met", "stepped_down"})


def planned(case: Case) -> Event | None:
    """Return what first put a plan round the child in this chapter."""
    for event in case.chapter:
        began = event.kind is Kind.PLAN and event.get("status") == "started"
        in_need = event.kind is Kind.ASSESSMENT and event.get("outcome") == "child_in_need"
        if began or in_need:
            return event
    return None


def leaves(case: Case, event: Event) -> bool:
    """Tell whether this is the step that takes a case out of its plan: the first word of it, said once."""
    before = [one for one in case.chapter if one.kind is Kind.STEP_DOWN and one.get("to") != "child_in_need"]
    if event.kind is Kind.STEP_DOWN:
        repeated = event.get("status") == "agreed" and any(one.get("status") == "proposed" for one in before)
        return event.get("to") != "child_in_need" and not repeated
    return event.get("reason_code") in _DONE and not before


def has_lasted(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Weeks without a new worry, and visits nobody knew of that found things well.

    How many of each is local. Refused are a worry of the last weeks, a poor home, and a home in question on which
    nobody ever called unannounced.
    """
    plan = planned(case)
    if plan is None or not leaves(case, event):
        return
    lately = [one for one in case.chapter if terms.due(one.at, "step_down.improved_for") > event.at and known(one)]
    worries = dict.fromkeys(code for one in lately for code in one.codes("concerns"))
    poor = any(one.get("conditions") == "poor" for one in lately)
    if worries or poor or plan in lately:
        what = f": {listed(worries)}" if worries else ": the home was poor" if poor else ": the plan is younger"
        says = f"Things have not been well for {terms.span('step_down.improved_for')}{what}."
        newest = max((one.at for one in lately if one.codes("concerns")), default=None)
        calm = newest is None or terms.due(newest, "closure.own_visit") < event.at
        unwell = [one.at for one in lately if one is plan or one.codes("concerns") or one.get("conditions") == "poor"]
        reckoned = for_long_enough(max(unwell), event.at, "step_down.improved_for", terms)
        yield Finding(says, tuple(worries), loose=event.loose, light=calm and not poor, reckoned=reckoned)
    wanted = terms.policy.number("step_down.unannounced_visits")
    seen = sum(one.times for one in case.chapter if satisfactory(one))
    if seen < wanted:
        says = f"{seen or 'No'} unannounced {'visit' if seen == 1 else 'visits'} found things well since the case was opened."
        asked_for = any(not _AT_HOME.isdisjoint(one.codes("concerns")) for one in case.chapter)
        reckoned = often_enough(case.chapter, seen, wanted, "unannounced visits that found things well")
        light = bool(seen) or not asked_for
        yield Finding(says, silent=True, loose=event.loose, light=light, reckoned=reckoned)


def satisfactory(visit: Event) -> bool:
    """Tell whether a visit nobody knew of got in and found nothing amiss."""
    calm = visit.get("conditions") != "poor" and not visit.codes("concerns")
    return visit.kind is Kind.VISIT and visit.get("announced") is False and visit.get("access") == "granted" and calm


SUSTAINED: Final = Gate(
    id="sustained-improvement",
    stage=Stage.STEP_DOWN,
    says="A plan is stepped down only when things have been well for weeks, and unannounced visits have shown it.",
    source="SCR Matt 5.29, 6.1.26; Rec 4",
    mend="the worker, with `record-visit` and announced=false; the manager, with `offer-step-down` later",
    on=frozenset({Kind.STEP_DOWN, Kind.CLOSURE}),
    judge=has_lasted,
)

GATES: Final[tuple[Gate, ...]] = (SUSTAINED,)
