"""Gates of the enquiry: everybody heard, a second signature, and medical evidence."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.questions import (
    INJURY,
    decides_section47,
    held,
    known,
    listed,
    most,
    raised_by_nobody,
    unheard,
    workers,
)
from workflow.rule import Finding, Gate, Terms

_OUTCOME: Final = frozenset({Kind.SECTION47_OUTCOME})
_OPINION: Final = frozenset({"child_protection_medical", "clinician_report"})


def begun(case: Case, event: Event) -> Event | None:
    """Return what began the enquiry or assessment that an event ends."""
    found = case.opened
    for earlier in case.chapter:
        if event.kind is Kind.SECTION47_OUTCOME and decides_section47(earlier):
            found = earlier
        if event.kind is Kind.ASSESSMENT and earlier.kind is Kind.ASSESSMENT and earlier.get("status") == "started":
            found = earlier
    return found


def everybody_heard(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Everybody at work with the child outside social care, since the enquiry or assessment began."""
    if event.kind is Kind.ASSESSMENT and event.get("status") != "completed":
        return
    missing = tuple(unheard(case, begun(case, event), event))
    if missing:
        says = f"These people work with the child and were not heard: {listed(missing)}."
        light = most(case, missing, case.views_due)
        yield Finding(says, missing, silent=event.get("views") != {}, loose=event.loose, light=light)


HEARD: Final = Gate(
    id="involved-professionals-heard",
    stage=Stage.ENQUIRY,
    says="An enquiry or assessment ends only when everybody at work with the child has been heard.",
    source="SCR Matt 6.1.13, 6.1.14, 7.1.9; Rec 4",
    mend="each of them, with `give-view`; the worker, with `spoke-to` or `end-involvement`",
    on=frozenset({Kind.SECTION47_OUTCOME, Kind.ASSESSMENT}),
    closing=True,
    judge=everybody_heard,
)


def signed_twice(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Most enquiries end without a conference: that is the end which needs the stronger guard."""
    if event.get("outcome") == "conference":
        return
    second = event.get("second_signature")
    if second is None:
        yield Finding("No second manager has signed that a conference is not needed.", silent=True, loose=event.loose)
    elif second in {event.by, event.get("manager"), *workers(case)}:
        yield Finding(f"The second signature is not from outside the line: {second}.", (second,), loose=event.loose)
    alone = tuple(raised_by_nobody(case, event))
    if alone:
        yield Finding(f"A disagreement was voiced and not taken up: {listed(alone)}.", alone, loose=event.loose)


SECOND_SIGNATURE: Final = Gate(
    id="no-icpc-needs-second-signature",
    stage=Stage.ENQUIRY,
    says="An enquiry that ends without a conference is signed by a second manager from outside the line.",
    source="SCR Matt 6.1.15, 6.1.35; Working Together to Safeguard Children, T12",
    mend="a manager outside the line, with `second-sign`; who disagrees, with `challenge`",
    on=_OUTCOME,
    judge=signed_twice,
)


def medically_answered(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """What was seen on the body is answered by a doctor, not by whoever is asked about it."""
    marks = [one for one in case.chapter if known(one) and (one.get("injury") or INJURY & set(one.codes("concerns")))]
    medicals = [one for one in case.chapter if one.kind is Kind.MEDICAL]
    opinions = [one for one in medicals if one.get("what") in _OPINION or one.get("finding")]
    if marks and not opinions and not event.get("medical_evidence"):
        silent = "medical_evidence" not in event.data
        says = "There is no medical opinion on what was seen on the child's body."
        yield Finding(says, silent=silent, loose=event.loose)


MEDICAL_EVIDENCE: Final = Gate(
    id="s47-medical-evidence",
    stage=Stage.ENQUIRY,
    says="An enquiry into an injury or physical finding ends with a medical opinion on its cause.",
    source="SCR Matt 6.1.9, 6.1.11",
    mend="the worker, with `record-medical`",
    on=_OUTCOME,
    judge=medically_answered,
)


def strategy_first(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """A discussion shortly before, or one that began the enquiry still running."""
    if event.get("what") != "child_protection_medical":
        return
    running = False
    for earlier in case.chapter:
        if earlier.kind is Kind.STRATEGY_DISCUSSION and (held(earlier) or earlier.get("requested")):
            recent = terms.due(earlier.at, "strategy.lookback") >= event.at
            running = running or recent or decides_section47(earlier)
        elif earlier.kind is Kind.SECTION47_OUTCOME:
            running = False
    if not running:
        yield Finding("No strategy discussion led to this medical.", silent=True, loose=event.loose)


MEDICAL_NEEDS_STRATEGY: Final = Gate(
    id="cp-medical-needs-strategy",
    stage=Stage.ENQUIRY,
    says="A child protection medical follows from a strategy discussion.",
    source="SCR Matt 5.24, 6.1.24",
    mend="anybody in social care, with `call-strategy`",
    on=frozenset({Kind.MEDICAL}),
    judge=strategy_first,
)

GATES: Final[tuple[Gate, ...]] = (HEARD, SECOND_SIGNATURE, MEDICAL_EVIDENCE, MEDICAL_NEEDS_STRATEGY)
