"""Gates of the strategy discussion that was not held: to leave one out is a decision too, and has its reasons."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.casework import social_care
from workflow.clocks.enquiry import enquiry
from workflow.questions import final, unborn
from workflow.rule import Finding, Gate, Terms
from workflow.undiscussed import undiscussed

_PROTECTS: Final = frozenset({"conference", "strategy_discussion"})
_LETS_GO: Final = frozenset({"close", "step_down"})


def settles(event: Event) -> bool:
    """Tell whether an event says what becomes of a child, other than that it is protected."""
    match event.kind:
        case Kind.DECISION:
            return final(event)
        case Kind.ASSESSMENT:
            return event.get("status") == "completed" and event.get("outcome") not in _PROTECTS
        case Kind.MEETING:
            return event.get("decided") in _LETS_GO
        case _:
            return event.kind is Kind.CLOSURE


def goes_there(case: Case, event: Event) -> bool:
    """Tell whether social care, which holds the case, answers by going to see for itself."""
    return event.kind is Kind.VISIT and social_care(case, event) and bool(event.by) and case.allocated_to is not None


def passed_over(case: Case, terms: Terms) -> list[Event]:
    """Return the signs of hurt that no discussion weighed, and of which no earlier step was told already."""
    signs = undiscussed(case, terms)
    told = [event for event in case.episode if settles(event) or goes_there(case, event)] if signs else []
    return [sign for sign in signs if not told or (sign.at, sign.index) > (told[-1].at, told[-1].index)]


def says_why_not(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Asked where one was considered, and where a decision is made on a hurt child without a word of one.

    Guidance leaves it to social care whether the threshold is met, so that a decision is warned of and goes ahead.
    """
    if event.kind is Kind.STRATEGY_DISCUSSION:
        if event.get("held") is False and not event.get("rationale"):
            silent = "rationale" not in event.data
            yield Finding("Why no strategy discussion was held is not recorded.", silent=silent, loose=event.loose)
        return
    if goes_there(case, event):
        yield from _another_day(case, event, terms)
        return
    if not settles(event) or unborn(case, event.at) or enquiry(case) is not None:
        return
    if passed_over(case, terms):
        says = "A child may have been hurt by somebody, and nothing says why there is no strategy discussion."
        yield Finding(says, loose=event.loose, light=True)


def _another_day(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """On the day itself a visit may come before the discussion; on a later one it came in its place."""
    signs = [sign for sign in passed_over(case, terms) if terms.due(sign.at, "strategy.same_day") < event.at]
    if signs and not unborn(case, event.at) and enquiry(case) is None:
        says = "A child may have been hurt by somebody, and a visit has come in place of a strategy discussion."
        yield Finding(says, loose=event.loose, light=True)


NOT_HELD: Final = Gate(
    id="strategy-not-held-rationale",
    stage=Stage.STRATEGY,
    says="When a strategy discussion is called for or considered, and not held, a manager records why.",
    source="SCR Matt 5.19, 6.1.21, 6.1.30, 6.1.32",
    mend="the manager, with the reasons, or `call-strategy`",
    on=frozenset({Kind.STRATEGY_DISCUSSION, Kind.DECISION, Kind.ASSESSMENT, Kind.CLOSURE, Kind.MEETING, Kind.VISIT}),
    judge=says_why_not,
)

GATES: Final[tuple[Gate, ...]] = (NOT_HELD,)
