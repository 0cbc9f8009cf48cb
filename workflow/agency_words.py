"""Where a referral stands, in words for whoever referred: a teacher, a midwife, a housing officer. Pure.

They say what is being done and by whom, never what was found. The same words stand on the pages and at the command line.
"""

from dataclasses import dataclass
from typing import Final

from models.vocabulary import State

WHERE: Final[dict[State, str]] = {
    State.RECEIVED: "The hub has it. Nobody has begun to look at it yet.",
    State.TRIAGE: "Somebody at the hub is looking at it.",
    State.INFORMATION_GATHERING: "The hub is asking the agencies that know the family what they know.",
    State.AWAITING_DECISION: "A manager at the hub is deciding what happens next.",
    State.DEFERRED: "The decision is put off to a set day, with a reason.",
    State.EARLY_HELP_OFFERED: "Early help is asked to work with the family.",
    State.ASSESSMENT: "A social worker is assessing what the family needs.",
    State.STRATEGY_DISCUSSION: "The agencies are called together to say whether the child is safe.",
    State.SECTION_47: "Social care is finding out whether the child is being harmed.",
    State.CONFERENCE: "The agencies are called to a child protection conference.",
    State.CHILD_PROTECTION: "There is a child protection plan, and social care is working to it with the agencies.",
    State.CHILD_IN_NEED: "A social worker is working with the family to a plan.",
    State.STEP_DOWN_OFFERED: "Social care wants to hand the work over to early help.",
    State.CLOSURE_PROPOSED: "Social care wants to end its work. A manager has not signed yet.",
    State.CLOSED: "The work on it has ended.",
}
"""Where it stands, in one sentence."""

NEXT: Final[dict[State, tuple[str, tuple[str, ...]]]] = {
    State.RECEIVED: ("What happens next is decided", ("referral-decision-one-day",)),
    State.TRIAGE: ("What happens next is decided", ("referral-decision-one-day",)),
    State.INFORMATION_GATHERING: ("What happens next is decided", ("referral-decision-one-day",)),
    State.AWAITING_DECISION: ("What happens next is decided", ("referral-decision-one-day",)),
    State.DEFERRED: ("The decision comes back", ("prebirth-wake",)),
    State.EARLY_HELP_OFFERED: (
        "Early help answers, then meets the family",
        ("early-help-accept-timer", "early-help-first-contact"),
    ),
    State.ASSESSMENT: ("The assessment is complete", ("assessment-45-working-days",)),
    State.STRATEGY_DISCUSSION: ("The meeting is held", ("strategy-discussion-due", "strategy-reconvene")),
    State.SECTION_47: ("The enquiry has its outcome", ("icpc-fifteen-working-days",)),
    State.CONFERENCE: ("The conference is held", ("icpc-fifteen-working-days",)),
    State.CHILD_PROTECTION: ("The plan is reviewed", ("review-conference-due", "core-group-ten-working-days")),
    State.CHILD_IN_NEED: ("The plan is reviewed", ("cin-review-due", "cin-first-meeting")),
    State.STEP_DOWN_OFFERED: (
        "Early help answers, then meets the family",
        ("early-help-accept-timer", "early-help-first-contact"),
    ),
    State.CLOSURE_PROPOSED: (
        "Everybody gives a view, then a manager signs",
        ("closure-views-due", "closure-sign-off-due"),
    ),
}
"""What happens next, and the clocks that say by when. Any other clock is the hub's own, and no promise to an agency.

The clock of the colour is among those: its hour would tell the colour.
"""

SOON: Final = "Social care sets the day, and you are told what comes of it."
NOTHING: Final = (
    "Nothing more. If you are worried again, tell the hub: it opens a new referral, with this one beside it."
)

DECIDED: Final = {
    "decide": "What happens next was decided",
    "hold-strategy": "The strategy discussion was held",
    "conclude-enquiry": "The enquiry ended",
    "hold-conference": "The conference was held",
    "complete-assessment": "The assessment ended",
    "return-closure": "The case was not closed, and goes on",
    "sign-off": "The end of the work was signed",
}
"""What each outcome that an agency is told was, by the verb that made it."""

_DECIDED_FIRST: Final = frozenset(
    {State.RECEIVED, State.TRIAGE, State.INFORMATION_GATHERING, State.AWAITING_DECISION, State.DEFERRED}
)
_ENDS_EARLY: Final = frozenset({State.CLOSURE_PROPOSED, State.CLOSED, State.EARLY_HELP_OFFERED})
_TAKEN_UP: Final = frozenset(State) - _DECIDED_FIRST - _ENDS_EARLY


def decided(verb: str, state: State) -> str:
    """Say an outcome: what was decided, and what it led to."""
    says = DECIDED[verb]
    return f"{says}: {state.label}" if verb not in {"return-closure", "sign-off"} else says


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way, in words: `passed`, `here`, or still `ahead`."""

    says: str
    where: str


def became(state: State, passed: frozenset[State]) -> str:
    """Say whether it is a contact or a referral, from where it stands and the states that it has been in.

    What the hub still has to decide on is a contact. What social care took up is a referral, whatever came of it later.
    """
    if passed & _TAKEN_UP:
        return "Referral: social care took it up"
    if state in _DECIDED_FIRST:
        return "Contact: not decided yet"
    if State.EARLY_HELP_OFFERED in passed:
        return "Contact: passed on to early help"
    return "Contact: social care did not take it up"


def steps(state: State, passed: frozenset[State]) -> tuple[Step, ...]:
    """Return the way of a referral, in as many steps as it needs."""
    names = ["The hub has it", "The hub asks what is known", "A manager decides"]
    if passed & _TAKEN_UP:
        names.append("Social care works with the family")
    elif State.EARLY_HELP_OFFERED in passed:
        names.append("Early help works with the family")
    names.append("The work ends")
    at = _AT.get(state, len(names) - 2)
    at = len(names) - 1 if state in {State.CLOSED, State.CLOSURE_PROPOSED} else at
    ended = state is State.CLOSED
    return tuple(
        Step(says, "passed" if one < at or ended else "here" if one == at else "ahead")
        for one, says in enumerate(names)
    )


_AT: Final = {
    State.RECEIVED: 0,
    State.TRIAGE: 1,
    State.INFORMATION_GATHERING: 1,
    State.AWAITING_DECISION: 2,
    State.DEFERRED: 2,
}
