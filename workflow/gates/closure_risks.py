"""Gates of the closure, second part: what stands in the way of any closure."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.questions import concludes, known, listed
from workflow.rule import Finding, Gate, Terms

_CLOSURE: Final = frozenset({Kind.CLOSURE})
_NEW_AT_HOME: Final = frozenset(
    {"joined", "new_partner", "pregnancy_known", "animal", "school_withdrawal_asked", "returned_home"}
)
_DECIDED: Final = frozenset({Kind.STEP_DOWN, Kind.CLOSURE_PROPOSED})


def conditions_met(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """What was to happen first has happened."""
    newest = {one.id: one for one in case.chapter if one.kind is Kind.CONDITION}
    unmet = tuple(str(name) for name, one in newest.items() if one.get("status") != "met")
    if unmet:
        missed = any(newest[name].get("status") == "missed" for name in newest)
        says = f"These conditions were set and are not met: {listed(unmet)}."
        yield Finding(says, unmet, silent=not missed, loose=event.loose)


CONDITIONS: Final = Gate(
    id="closure-conditions-met",
    stage=Stage.CLOSURE,
    says="What was set as a condition is met before a case is closed.",
    source="SCR Matt 5.29, 5.30",
    mend="the worker, with `set-condition` and status=met",
    on=_CLOSURE,
    judge=conditions_met,
)


def risky(event: Event) -> bool:
    """Tell whether something new about the child's safety has come to light."""
    if not known(event):
        return False
    if event.kind in {Kind.CONTACT, Kind.CONCERN, Kind.INCIDENT}:
        return True
    if event.kind is Kind.HOUSEHOLD and event.get("what") in _NEW_AT_HOME:
        return True
    return bool(event.codes("concerns"))


def since_weighed(case: Case) -> tuple[Event, ...]:
    """Return what happened since everything was last weighed: since the proposal, or the last decision or meeting."""
    chapter = case.chapter
    proposed = [at for at, event in enumerate(chapter) if event.kind is Kind.CLOSURE_PROPOSED]
    weighed = proposed or [
        at
        for at, event in enumerate(chapter)
        if concludes(event) or event.kind in _DECIDED or (event.kind is Kind.MEETING and event.get("status") == "held")
    ]
    return chapter[weighed[-1] + 1 :] if weighed else chapter


def nothing_new(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """A closure rests on what was known when it was decided."""
    new = [one for one in since_weighed(case) if risky(one)]
    if new:
        what = tuple(dict.fromkeys(one.kind.value for one in new))
        says = f"Something new has come to light since the case was last weighed: {listed(what)}."
        yield Finding(says, tuple(one.id for one in new if one.id), loose=event.loose)


NEW_RISK: Final = Gate(
    id="new-risk-blocks-closure",
    stage=Stage.CLOSURE,
    says="A risk that comes to light after the last decision stops a closure until it has been weighed.",
    source="SCR Matt 5.35, 6.1.30",
    mend="the manager, with `return-closure`; the worker, with `propose-closure` again",
    on=_CLOSURE,
    judge=nothing_new,
)


def challenges_settled(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """An open professional disagreement suspends a closure."""
    open_ = tuple(one.by or "somebody" for one in case.open_challenges)
    if open_:
        yield Finding(f"A professional disagreement is open, raised by {listed(open_)}.", open_, loose=event.loose)


CHALLENGES: Final = Gate(
    id="challenge-settled-before-closure",
    stage=Stage.CLOSURE,
    says="A case is not closed while a professional disagreement about it is open.",
    source="SCR Matt 5.35, 6.5.2, 7.1.8; Rec 6",
    mend="a manager, with `settle-challenge`; who raised it, with `withdraw-challenge`",
    on=_CLOSURE,
    judge=challenges_settled,
)

GATES: Final[tuple[Gate, ...]] = (CONDITIONS, NEW_RISK, CHALLENGES)
