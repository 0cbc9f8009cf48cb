"""Clocks of the front door, third part: a pregnancy that no midwife has in hand."""

from collections.abc import Iterator
from typing import Final

from models.facts import Case
from models.vocabulary import Stage
from workflow.pregnancy import LATE, booked, known_since, weeks_on
from workflow.questions import mark, unborn
from workflow.rule import Clock, Running, Terms
from workflow.sightings import dead


def booking(case: Case, terms: Terms) -> Iterator[Running]:
    """From the day the pregnancy is known; whoever hears of it late has some days to get the mother seen."""
    first = known_since(case)
    if first is None or not unborn(case, case.record[-1].at) or dead(case, case.record[-1].at):
        return
    if any(booked(case, event) for event in case.record):
        return
    latest = weeks_on(case, terms, "antenatal_booking.latest")
    expected = weeks_on(case, terms, "antenatal_booking.expected")
    if latest is None or expected is None:
        return
    due = max(latest, terms.due(first.at, "antenatal_booking.late_start"))
    silent = not any(LATE & set(event.codes("concerns")) for event in case.record)
    says = "A pregnancy is known and no midwife has it in hand."
    yield Running(mark(first), first.at, due, max(expected, first.at), first.loose, silent, says)


BOOKING: Final = Clock(
    id="antenatal-booking-watch",
    stage=Stage.FRONT_DOOR,
    says="A known pregnancy is booked with a midwife by thirteen weeks, and one that is not by twenty is treated as red.",
    source="SCR Matt 5.36, 5.37, 5.41, 6.1.31",
    mend="the worker, with `record-appointment` and what=antenatal_booking; the manager, with `decide` or `grade`",
    judge=booking,
)

CLOCKS: Final[tuple[Clock, ...]] = (BOOKING,)
