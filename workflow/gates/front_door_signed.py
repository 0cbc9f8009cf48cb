"""Gates of the front door: a decision is seen by two people, of whom one is a manager."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Grade, Kind, PractitionerKind, Stage
from workflow.checks import before, left_to_assess
from workflow.rule import Finding, Gate, Terms
from workflow.signals.floor import lowest_grade

_MANAGERS: Final = frozenset(
    {PractitionerKind.MASH_MANAGER, PractitionerKind.TEAM_MANAGER, PractitionerKind.HEAD_OF_SERVICE}
)
_PREPARES: Final = frozenset(
    {
        Kind.CONTACT, Kind.CONCERN, Kind.GRADE, Kind.CHECK, Kind.HISTORY_CHECKED, Kind.SPOKE_TO, Kind.REVIEWED_EVIDENCE,
        Kind.CHRONOLOGY_SEEN, Kind.VISIT, Kind.ATTEMPT, Kind.TOOL, Kind.MEETING, Kind.READY, Kind.ASSESSMENT,
    }
)  # fmt: skip
"""What somebody does towards a decision: look things up, speak to people, put it forward."""


def put_forward(case: Case, event: Event, manager: str) -> bool:
    """Tell whether somebody else of social care prepared a decision, so that the manager's are a second pair of eyes."""
    helped = {one.by for one in before(case, event) if one.kind in _PREPARES} | set(event.codes("discussed_with"))
    people = (case.family.practitioners.get(who) for who in helped if who and who != manager)
    return any(who is not None and who.in_social_care for who in people)


def signed_by_a_manager(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Protection never waits for a signature; everything else needs two people of whom one is a manager.

    What a worker prepared and a manager decided was seen by two, whoever wrote it down. In the live record the author
    is the one who put it before the manager, and is never the manager.
    """
    if event.get("outcome") == "strategy_discussion":
        return
    author = case.family.practitioners.get(event.by or "")
    manager = event.get("manager") or (event.by if author is not None and author.kind in _MANAGERS else None)
    named = case.family.practitioners.get(manager or "")
    if manager is None:
        yield Finding("No manager has agreed to this decision.", silent=True)
    elif named is not None and named.kind not in _MANAGERS:
        yield Finding(f"Whoever agrees, {manager}, is no manager.", (manager,))
    elif manager == event.by and (
        case.family.live or not (left_to_assess(case, event) or put_forward(case, event, manager))
    ):
        yield Finding(f"The manager who agrees, {manager}, is the one who wrote the decision.", (manager,))


MANAGER_SIGNS: Final = Gate(
    id="manager-signs-decision",
    stage=Stage.FRONT_DOOR,
    says="A front-door decision needs a manager, and a second person who prepared it or wrote it.",
    source="National review into the murders of Arthur Labinjo-Hughes and Star Hobson (2022); SCR Matt 6.1.6",
    mend="another manager, with `decide`",
    on=frozenset({Kind.DECISION}),
    closing=True,
    judge=signed_by_a_manager,
)


def graded_first(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Live only: a story tells of grades or it does not. Protection waits for no grade, and turns red by itself."""
    if not case.family.live or event.get("outcome") == "strategy_discussion":
        return
    least, why = lowest_grade(case, terms, event.at)
    if case.grade is None:
        yield Finding("It has not been graded red, amber or green.")
    elif Grade.of(case.grade) < least:
        yield Finding(f"It is graded {case.grade}, and the facts call for {least.code}: {why.rstrip('.')}.")


GRADED: Final = Gate(
    id="graded-before-decision",
    stage=Stage.FRONT_DOOR,
    says="A referral is graded, and not below what the facts call for, before it is decided on.",
    source="Coventry hub procedures (2018), sections 7 and 10; Luton procedures, section 2",
    mend="whoever triages, with `grade`",
    on=frozenset({Kind.DECISION}),
    judge=graded_first,
)

GATES: Final[tuple[Gate, ...]] = (MANAGER_SIGNS, GRADED)
