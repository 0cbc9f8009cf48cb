"""What a manager weighs at the front door: each worry with who raised it, and what each outcome still lacks. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, get_args

from models.commands.front_door import Decide
from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.actions.act import Act
from workflow.actions.front_door import decide
from workflow.errors import BadCommandError
from workflow.held_to import Held, held_to, standing_in_the_way
from workflow.questions import day_of

OUTCOMES: Final[tuple[str, ...]] = get_args(Decide.model_fields["outcome"].annotation)
_RAISED_BY: Final = (Kind.CONTACT, Kind.CONCERN)


@dataclass(frozen=True, slots=True)
class Worry:
    """One worry of this referral, with everything that raised it, the newest first."""

    code: str
    raised: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """One outcome, and what no answer on the form could mend: something else has to be done first."""

    outcome: str
    first: tuple[Held, ...]

    @property
    def refused(self) -> bool:
        """True where at least one of them refuses; the others only warn."""
        return any(one.refuses for one in self.first)


def worries(case: Case) -> tuple[Worry, ...]:
    """Return the worries that the decision has to answer, in the order in which they were raised."""
    found: dict[str, list[Event]] = {}
    for event in case.now_of(*_RAISED_BY):
        for code in event.codes("concerns"):
            found.setdefault(str(code), []).append(event)
    return tuple(Worry(code, tuple(reversed(events))) for code, events in found.items())


def weighed(act: Act) -> tuple[Weighed, ...]:
    """Judge each outcome on the most ordinary answers, and return what would have to be done before it."""
    return tuple(Weighed(outcome, _first(act, outcome)) for outcome in OUTCOMES)


def _first(act: Act, outcome: str) -> tuple[Held, ...]:
    try:
        step = decide(act, Decide(**_supposed(act, outcome)))
    except BadCommandError:
        return ()
    lacking = standing_in_the_way(held_to(act.case, step.events, act.terms))
    return tuple(one for one in lacking if any(verb != "decide" for verb in one.mended_by))


def _supposed(act: Act, outcome: str) -> dict[str, Any]:
    """Fill in what the form itself asks for, so that only what lies outside it is found missing."""
    later = day_of(act.now) + timedelta(days=7)
    return {
        "outcome": outcome,
        "reason": "...",
        "answers": {one.code: "unknown" for one in worries(act.case)},
        "fallback": True,
        "review_on": later,
        "until": later if outcome == "deferred" else None,
        "meet_at": act.now + timedelta(hours=1) if outcome == "strategy_discussion" else None,
    }
