"""Clocks of the enquiry: the conference, the assessment, the first core group and the reviews."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.questions import CONCLUDING, concludes, decides_section47, mark, unborn
from workflow.rule import Clock, Running, Terms


def enquiry(case: Case) -> Event | None:
    """Return the strategy discussion that began the enquiry still running."""
    began: Event | None = None
    for event in case.now_of(Kind.STRATEGY_DISCUSSION, Kind.CONFERENCE, Kind.SECTION47_OUTCOME):
        if decides_section47(event):
            # Before a birth fifteen working days may be too soon: another discussion then sets the time anew.
            began = event if began is None or unborn(case, event.at) else began
        elif event.kind is Kind.CONFERENCE or (
            event.kind is Kind.SECTION47_OUTCOME and event.get("outcome") != "conference"
        ):
            began = None
    return began


def conference_in_time(case: Case, terms: Terms) -> Iterator[Running]:
    """From the discussion that began the enquiry, to the conference or the decision that none is needed."""
    began = enquiry(case)
    if began is not None:
        says = "A section 47 enquiry waits for its conference or its outcome."
        due, warn = terms.due(began.at, "icpc"), terms.due(began.at, "icpc.warn")
        yield Running(mark(began), began.at, due, warn, loose=began.loose, says=says)


CONFERENCE: Final = Clock(
    id="icpc-fifteen-working-days",
    stage=Stage.ENQUIRY,
    says="An initial conference is held within fifteen working days of the discussion that began the enquiry.",
    source="Working Together to Safeguard Children, T10; SCR Matt 5.9",
    mend="the chair, with `hold-conference`; the manager, with `conclude-enquiry`",
    ordinary=True,
    judge=conference_in_time,
)


def assessing(case: Case) -> Event | None:
    """Return what the time of the running assessment counts from: its contact, or its own start on a case in hand.

    What was put off counts from the decision that took it up again. What is told to the worker of a case in hand is no
    referral of its own.
    """
    start: Event | None = None
    contact: Event | None = None
    in_hand = False
    for event in case.now_of(Kind.CONTACT, Kind.ALLOCATED, *CONCLUDING):
        begins = (event.kind is Kind.ASSESSMENT and event.get("status") == "started") or (
            event.kind is Kind.DECISION and event.get("outcome") == "assessment"
        )
        if event.kind is Kind.ALLOCATED:
            in_hand = in_hand or bool(event.get("to"))
        elif event.kind is Kind.CONTACT:
            contact = contact or (None if in_hand and event.get("to") == "worker" else event)
        elif event.kind is Kind.DECISION and event.get("outcome") == "deferred":
            contact = None
        elif begins:
            start = start or contact or event
        elif event.kind is Kind.ASSESSMENT and event.get("status") == "completed":
            start = contact = None
        elif concludes(event) and start is None:
            contact = None if event.kind is not Kind.STRATEGY_DISCUSSION else contact
    return start


def assessed_in_time(case: Case, terms: Terms) -> Iterator[Running]:
    """From the referral, whatever was done in between."""
    start = assessing(case)
    if start is not None:
        due, warn = terms.due(start.at, "assessment"), terms.due(start.at, "assessment.warn")
        says = "An assessment is not complete."
        yield Running(mark(start), start.at, due, warn, loose=start.loose, says=says)


ASSESSMENT: Final = Clock(
    id="assessment-45-working-days",
    stage=Stage.ENQUIRY,
    says="An assessment is complete within forty-five working days of the referral.",
    source="Working Together to Safeguard Children, T5",
    mend="the worker and manager, with `complete-assessment`",
    ordinary=True,
    judge=assessed_in_time,
)

CLOCKS: Final[tuple[Clock, ...]] = (CONFERENCE, ASSESSMENT)
