"""Clocks of the challenge: each rung of the ladder has its time."""

from collections.abc import Iterator
from typing import Final

from models.facts import Case
from models.vocabulary import Stage
from workflow.ladder import rung, rung_due
from workflow.questions import mark
from workflow.rule import Clock, Running, Terms


def rung_kept(case: Case, terms: Terms) -> Iterator[Running]:
    """One clock for each open disagreement, wound anew on each rung."""
    for raised in case.open_challenges:
        stage, since = rung(case, raised, terms)
        says = f"A professional disagreement stands on rung {stage}."
        subject = f"{mark(raised)}:{stage}"
        yield Running(subject, since, rung_due(case, raised, terms), loose=raised.loose, silent=True, says=says)


DISAGREEMENT: Final = Clock(
    id="disagreement-clock",
    stage=Stage.CHALLENGE,
    says="A professional disagreement is settled within the time of its rung, or climbs to the next.",
    source="Coventry and Warwickshire resolution and escalation procedure; SCR Matt 5.35, 7.1.8; Rec 6",
    mend="the two sides, with `settle-challenge`; either of them, with `climb-challenge`",
    judge=rung_kept,
)

CLOCKS: Final[tuple[Clock, ...]] = (DISAGREEMENT,)
