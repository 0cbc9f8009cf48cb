"""Clocks of the handshake with early help."""

from collections.abc import Iterator
from typing import Final

from models.facts import Case
from models.vocabulary import Stage
from workflow.handshake import handshake
from workflow.questions import mark
from workflow.rule import Clock, Running, Terms


def answered(case: Case, terms: Terms) -> Iterator[Running]:
    """From the first request that still waits: asking again does not wind the clock back."""
    now = handshake(case)
    if case.is_open and now.open and now.asked and not (now.accepted or now.declined):
        asked = now.asked
        due, warn = terms.due(asked.at, "early_help_accept"), terms.due(asked.at, "early_help_accept.warn")
        says = "Early help has been asked and has not answered."
        yield Running(mark(asked), asked.at, due, warn, loose=asked.loose, says=says)


ACCEPT: Final = Clock(
    id="early-help-accept-timer",
    stage=Stage.STEP_DOWN,
    says="Early help accepts or declines a request within a few working days, and nobody assumes that it has.",
    source="SCR Matt 5.6, 5.15, 6.1.19; Rec 5",
    mend="early help, with `accept` or `decline`",
    judge=answered,
)


def met(case: Case, terms: Terms) -> Iterator[Running]:
    """From the acceptance to the day on which early help meets the family."""
    now = handshake(case)
    if case.is_open and now.open and now.accepted is not None:
        accepted = now.accepted
        due = terms.due(accepted.at, "early_help_first_contact")
        says = "Early help has accepted and has not met the family."
        yield Running(mark(now.asked or accepted), accepted.at, due, loose=accepted.loose, says=says)


FIRST_CONTACT: Final = Clock(
    id="early-help-first-contact",
    stage=Stage.STEP_DOWN,
    says="Early help meets the family soon after it has accepted.",
    source="SCR Matt 7.1.5; Rec 5",
    mend="early help, with `make-first-contact`; the worker, with `record-consent`",
    judge=met,
)

CLOCKS: Final[tuple[Clock, ...]] = (ACCEPT, FIRST_CONTACT)
