"""Gates of the front door: the grade, and reasons that may never end a referral."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Grade, Kind, Stage
from workflow.checks import under_way
from workflow.gates import (
    front_door_checks,
    front_door_evidence,
    front_door_family,
    front_door_outcome,
    front_door_record,
    front_door_referrer,
    front_door_signed,
    front_door_voices,
)
from workflow.questions import OPENS_NOTHING
from workflow.rule import Finding, Gate, Terms
from workflow.signals.floor import lowest_grade

_DECISION: Final = frozenset({Kind.DECISION})


def above_the_floor(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """A colour may not lie below what the facts hold it at, and falls only with a reason and a second person."""
    wanted = Grade.of(event.get("grade"))
    floor, why = lowest_grade(case, terms, event.at)
    if wanted < floor:
        yield Finding(f"The grade may not be lower than {floor.code}: {why}", (event.get("grade"),), loose=event.loose)
    in_force = case.grade
    if in_force is None or wanted >= Grade.of(in_force):
        return
    second = event.get("second_person")
    if not event.get("reason"):
        yield Finding(f"No reason is given for lowering the grade from {in_force}.", silent="reason" not in event.data)
    if second is None:
        yield Finding(f"No second person has agreed to lower the grade from {in_force}.", silent=True)
    elif second == event.by:
        yield Finding("The second person is the one who lowers the grade.", (second,))


RATING_FLOOR: Final = Gate(
    id="rating-floor",
    stage=Stage.FRONT_DOOR,
    says="A grade never lies below what the facts call for, and is lowered only with a reason and a second person.",
    source="SCR Matt 6.5.3, 6.1.8; Surrey Police response to a prevention of future deaths report",
    mend="whoever grades, with `grade`; a second person, with `agree-grade`",
    on=frozenset({Kind.GRADE}),
    judge=above_the_floor,
)


def recency_is_no_reason(_case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """That a case was closed lately makes the new worry weigh more, not less."""
    if event.get("reason_code") == "recently_closed" and event.get("outcome") in OPENS_NOTHING:
        yield Finding("That the last referral was closed lately is no reason to open nothing.", loose=event.loose)


RECENT_CLOSURE: Final = Gate(
    id="recent-closure-raises-not-bars",
    stage=Stage.FRONT_DOOR,
    says="A recent closure raises the weight of a new referral and is never a reason to turn it away.",
    source="SCR Matt 5.33, 5.34",
    mend="the manager, with `decide` and another outcome or reason",
    on=_DECISION,
    judge=recency_is_no_reason,
)


def too_early_waits(_case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Too early in a pregnancy is a date in the diary."""
    if event.get("reason_code") != "too_early_in_pregnancy":
        return
    if event.get("outcome") != "deferred":
        yield Finding("A pregnancy that is thought too early is put off to a date, not closed.", loose=event.loose)
    elif not event.get("until") and not event.get("review_on"):
        yield Finding("It is put off without a day on which it comes back.", silent=True)


DEFER_NOT_CLOSE: Final = Gate(
    id="prebirth-defer-not-close",
    stage=Stage.FRONT_DOOR,
    says="A pregnancy thought too early to assess is deferred to a day on which it wakes, and never closed.",
    source="SCR Matt 6.1.28, 6.1.30, 7.1.7; Rec 4",
    mend="the manager, with `decide` and outcome=deferred until=DATE",
    on=_DECISION,
    judge=too_early_waits,
)


def others_are_no_answer(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Many agencies without anybody who leads is how nobody came to help. A worker who holds the case does lead."""
    if under_way(case) and case.allocated_to is not None:
        return
    if event.get("reason_code") == "agencies_already_involved" and event.get("outcome") in OPENS_NOTHING:
        yield Finding("That other agencies are involved answers no concern.", loose=event.loose)


AGENCIES_INVOLVED: Final = Gate(
    id="agencies-involved-is-no-answer",
    stage=Stage.FRONT_DOOR,
    says="That other agencies already work with the family is no reason to open nothing.",
    source="SCR Matt 5.3, 6.1.1, 6.1.26",
    mend="the manager, with `decide` and another outcome or reason",
    on=_DECISION,
    judge=others_are_no_answer,
)

GATES: Final[tuple[Gate, ...]] = (
    RATING_FLOOR,
    *front_door_signed.GATES,
    RECENT_CLOSURE,
    DEFER_NOT_CLOSE,
    AGENCIES_INVOLVED,
    *front_door_evidence.GATES,
    *front_door_checks.GATES,
    *front_door_voices.GATES,
    *front_door_outcome.GATES,
    *front_door_referrer.GATES,
    *front_door_family.GATES,
    *front_door_record.GATES,
)
