"""Gates of the challenge: nobody at work with a child is kept from knowing who holds the case."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.questions import professional
from workflow.rule import Finding, Gate, Terms


def told_who_leads(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """To refuse is not possible; only somebody who is not at work with the child has no claim to know.

    In a story, a professional who asks about a child is at work with it by asking.
    """
    asks = not case.family.live and professional(case, event.by) is not None
    if event.get("answered") is False and (asks or event.by in {who.id for who in case.involved}):
        says = "Somebody at work with the child asked who holds the case and was not told."
        yield Finding(says, (event.by,) if event.by else (), loose=event.loose)


SEES_LEAD: Final = Gate(
    id="involved-can-see-lead",
    stage=Stage.CHALLENGE,
    says="Everybody at work with a child is told who holds the case.",
    source="SCR Matt 5.35, 6.5.2",
    mend="whoever asks, with `ask-who-holds`",
    on=frozenset({Kind.INFORMATION_REQUEST}),
    judge=told_who_leads,
)

GATES: Final[tuple[Gate, ...]] = (SEES_LEAD,)
