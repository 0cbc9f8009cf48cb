"""Gates of the closure, fourth part: nobody is taken out of a case so that their voice need not be heard."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage, View
from workflow.proposal import proposal
from workflow.questions import unsettled, workers
from workflow.rule import Finding, Gate, Terms


def dissents(case: Case, who: str) -> bool:
    """Tell whether somebody's last word in this episode is that they disagree, and it was never settled."""
    said = [event for event in case.now_of(Kind.VIEW) if event.by == who]
    if not said or said[-1].get("view") != View.DISAGREE:
        return False
    return who in unsettled(case, Event(said[-1].at, Kind.VIEW, data={"views": {who: "disagree"}}))


def not_to_be_rid_of_them(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """In the live record, where the one who ends it is known. Who has left is let go by somebody without a hand in it."""
    who = event.get("who")
    person = case.family.practitioners.get(who or "")
    if event.get("status") != "ended" or not case.family.live or person is None or not person.gives_a_view:
        return
    against = dissents(case, person.id)
    if against and person.active:
        yield Finding(f"{who} disagrees, and the disagreement has not been raised and settled.", (person.id,))
        return
    proposed = proposal(case)
    waited_for = proposed is not None and person.id not in case.views
    closing = {*workers(case), *((proposed.by, proposed.get("holder")) if proposed else ())}
    if (against or waited_for) and event.by in closing:
        yield Finding(f"The view of {who} is still to come, and {event.by} has a hand in the closure.", (person.id,))


VOICES: Final = Gate(
    id="voices-are-not-removed",
    stage=Stage.CLOSURE,
    says="Nobody's part in a child's life is ended by those who close the case, or while they disagree.",
    source="SCR Matt 5.29, 6.6.1, 7.1.9",
    mend="whoever disagrees, with `challenge` or `give-view`; a manager with no hand in it, with `end-involvement`",
    on=frozenset({Kind.INVOLVEMENT}),
    judge=not_to_be_rid_of_them,
)

GATES: Final[tuple[Gate, ...]] = (VOICES,)
