"""Gates of plans, about the word of a family: an explanation is checked, and a claim lowers nothing by itself."""

from collections.abc import Iterator
from typing import Final

from config.policy import Effect
from models.events import Event
from models.facts import Case
from models.vocabulary import Grade, Kind, Stage
from workflow.assessing import by_hospital
from workflow.checks import under_way
from workflow.claims import outstanding, unverified, worried_before
from workflow.questions import OPENS_NOTHING
from workflow.rule import Finding, Gate, Terms

_EXPLAINED_TO: Final = frozenset({Kind.VISIT, Kind.SPOKE_TO, Kind.MEDICAL, Kind.INCIDENT})
_SAID_OF_CARE: Final = frozenset({Kind.APPOINTMENT, Kind.CONCERN})


def checked_with_others(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Asked of each explanation of a worry, the more so when it is not the first.

    The first that is heard in an assessment is the assessment's to check, and its sign-off asks for it.
    """
    if not unverified(event) or not worried_before(case, event) or doubted(case, event):
        return
    before = sum(one.times for one in case.chapter if unverified(one))
    if not before and under_way(case) and case.plan is None:
        return
    says = "The family's explanation has nobody else's word for it"
    again = f", nor had {before} before it" if before else ""
    yield Finding(f"{says}{again}.", loose=event.loose)


def doubted(case: Case, event: Event) -> bool:
    """Tell whether the doctor who was told it writes that it does not explain what was seen: that is no acceptance."""
    unexplained = (event.get("injury") or {}).get("explained") is False or "unexplained_injury" in event.codes(
        "concerns"
    )
    return event.kind is Kind.MEDICAL and by_hospital(case, event.by) and unexplained


CORROBORATED: Final = Gate(
    id="explanation-needs-corroboration",
    stage=Stage.PLANS,
    says="A family's explanation of what worried somebody is checked with another source before it is accepted.",
    source="SCR Matt 5.5, 5.11, 6.2.2, 6.1.34",
    mend="whoever heard it, with `spoke-to`, `ask` or an unannounced `record-visit`",
    on=_EXPLAINED_TO,
    judge=checked_with_others,
    effect=Effect.WARN,
)


def lowers_nothing(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """In place of care that ought to be on record, and in anything that lets a case go or lowers its grade."""
    if event.kind in _SAID_OF_CARE:
        if unverified(event):
            yield Finding("What is claimed of the care received is not verified and shows nothing.", loose=event.loose)
        return
    if rests_on_little(case, event) and (claims := outstanding(case)):
        count = sum(one.times for one in claims)
        which = "a claim" if count == 1 else f"{count} claims"
        says = f"It rests on {which} of the family that nobody has verified."
        yield Finding(says, tuple(one.id for one in claims if one.id), silent=True, loose=event.loose)


def rests_on_little(case: Case, event: Event) -> bool:
    """Tell whether an event lets a case go or lowers its grade."""
    if event.kind is Kind.GRADE:
        return case.grade is not None and Grade.of(event.get("grade")) < Grade.of(case.grade)
    if event.kind is Kind.DECISION:
        return event.get("outcome") in OPENS_NOTHING
    return bool(event.get("status") == "completed" and event.get("outcome") == "no_further_action")


VERIFIED: Final = Gate(
    id="claim-verified-or-unverified",
    stage=Stage.PLANS,
    says="A reassuring claim is marked as verified or not, and one that is not lowers no grade and ends no check.",
    source="SCR Matt 5.37, 6.1.31",
    mend="whoever heard it, with `ask`, `spoke-to` or `record-appointment`",
    on=frozenset({*_SAID_OF_CARE, Kind.GRADE, Kind.DECISION, Kind.ASSESSMENT}),
    judge=lowers_nothing,
    effect=Effect.WARN,
)

GATES: Final[tuple[Gate, ...]] = (CORROBORATED, VERIFIED)
