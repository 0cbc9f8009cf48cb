"""Gates of harm: a child who was hurt is heard alone, and no doubt about the cause ends protection."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Kind, Stage
from workflow.assessing import seen_alone, signed_off
from workflow.questions import INJURY, OPENS_NOTHING, known, unborn, younger
from workflow.rule import Finding, Gate, Terms

_ALLEGED: Final = INJURY | {Concern.SEXUAL_ABUSE, Concern.CHILD_DISCLOSURE}
_DOUBT: Final = frozenset({"inconclusive", "unexplained"})
_NO_CONCERN: Final = frozenset({"no_further_action", "malicious"})


def finds_nothing(event: Event) -> bool:
    """Tell whether an event says that there is nothing to it."""
    match event.kind:
        case Kind.DECISION:
            return event.get("outcome") in OPENS_NOTHING
        case Kind.SECTION47_OUTCOME:
            return event.get("outcome") == "not_substantiated"
        case Kind.ASSESSMENT:
            return signed_off(event) and event.get("outcome") == "no_further_action"
        case Kind.CLOSURE:
            return event.get("reason_code") in _NO_CONCERN
        case _:
            return False


def heard_alone(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Asked once: whoever first says that there is nothing to it has heard the child, or says why not."""
    if not finds_nothing(event) or unborn(case, event.at) or younger(case, event.at, "talking_age", terms):
        return
    alleged = [at for at, one in enumerate(case.chapter) if alleges(one)]
    if not alleged:
        return
    since = case.chapter[alleged[0] :]
    if not any(map(finds_nothing, case.chapter[alleged[-1] :])) and not seen_alone(case, [event, *since]):
        silent = event.get("child_seen_alone") is not False
        yield Finding("The child was not spoken to alone.", silent=silent, loose=event.loose)


def alleges(event: Event) -> bool:
    """Tell whether somebody says or sees that the child has been hurt or harmed."""
    return known(event) and (bool(event.get("injury")) or not _ALLEGED.isdisjoint(event.codes("concerns")))


SEEN_ALONE: Final = Gate(
    id="child-seen-alone",
    stage=Stage.ENQUIRY,
    says="Where a child may have been hurt, nobody concludes that there is nothing to it before the child was heard alone.",
    source="National review into the murders of Arthur Labinjo-Hughes and Star Hobson (2022); Daniel Pelka (2013)",
    mend="the worker, with `spoke-to` or `record-visit` and child_seen_alone=true",
    on=frozenset({Kind.DECISION, Kind.SECTION47_OUTCOME, Kind.ASSESSMENT, Kind.CLOSURE}),
    judge=heard_alone,
)


def lets_go(event: Event) -> bool:
    """Tell whether an event takes a child out of protection."""
    match event.kind:
        case Kind.SECTION47_OUTCOME:
            return event.get("outcome") != "conference"
        case Kind.DECISION:
            return event.get("outcome") in OPENS_NOTHING
        case Kind.ASSESSMENT:
            return signed_off(event) and event.get("outcome") in {"no_further_action", "early_help"}
        case Kind.STEP_DOWN:
            return True
        case _:
            return event.kind is Kind.CLOSURE and event.get("reason_code") not in {"died", "moved_away"}


def doubt(case: Case) -> str | None:
    """Return what the newest medical opinion leaves open, until a later one explains it or a conference weighs it."""
    open_: str | None = None
    for event in case.chapter:
        finding = event.get("finding") if event.kind is Kind.MEDICAL else None
        if finding == "explained" or event.kind is Kind.CONFERENCE or lets_go(event):
            open_ = None
        elif finding is not None:
            open_ = finding
    return open_


def cause_clear(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Doubt about a cause is not evidence of a harmless one."""
    left = doubt(case) if lets_go(event) else None
    if left in _DOUBT:
        yield Finding(f"The medical opinion is {left}, and no other cause is shown.", loose=event.loose)
    elif left is not None and finds_nothing(event):
        yield Finding("A doctor found that the injury was not an accident.", loose=event.loose)


INCONCLUSIVE: Final = Gate(
    id="medical-inconclusive-hold",
    stage=Stage.ENQUIRY,
    says="While a medical opinion leaves the cause of an injury open, a child is not taken out of protection.",
    source="Serious case review: Daniel Pelka (Coventry, 2013); Serious case review: Baby Peter (Haringey, 2009)",
    mend="the worker, with `record-medical` and finding=explained; the manager, with `conclude-enquiry` to a conference",
    on=frozenset({Kind.SECTION47_OUTCOME, Kind.DECISION, Kind.ASSESSMENT, Kind.STEP_DOWN, Kind.CLOSURE}),
    judge=cause_clear,
)

GATES: Final[tuple[Gate, ...]] = (SEEN_ALONE, INCONCLUSIVE)
