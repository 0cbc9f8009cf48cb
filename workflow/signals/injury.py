"""Signals of the front door, second part: hurt on a child too young to move about.

It is not dealt with by a decision alone: it stays until it was discussed, enquired into, assessed or explained.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Grade, Kind, Stage
from workflow.questions import INJURY, concludes, final, known, mark, unborn, younger
from workflow.rule import Raised, Signal, Terms

_EXPLAINS: Final = frozenset({"child_protection_medical", "clinician_report"})


def injuries(case: Case, terms: Terms) -> list[Event]:
    """Return the signs of hurt on a child too young to move about that nobody has looked into yet."""
    signs: list[Event] = []
    for event in reversed(case.episode if case.chronology.where(_names_hurt) else ()):
        explained = (
            event.kind is Kind.MEDICAL and event.get("what") in _EXPLAINS and event.get("finding") == "explained"
        )
        if explained or (concludes(event) and not final(event)):
            break
        if known(event) and _hurts(case, event, terms):
            signs.append(event)
    return signs[::-1]


def _names_hurt(event: Event) -> bool:
    return bool(event.get("injury")) or not INJURY.isdisjoint(event.codes("concerns"))


def _hurts(case: Case, event: Event, terms: Terms) -> bool:
    injury = event.get("injury")
    if injury and injury.get("child_mobile") is False:
        return True
    if INJURY.isdisjoint(event.codes("concerns")):
        return False
    return not unborn(case, event.at) and younger(case, event.at, "non_mobile_age", terms)


def injured_infant(case: Case, terms: Terms, _now: datetime) -> Iterator[Raised]:
    """A baby who cannot move about does not hurt itself."""
    signs = injuries(case, terms)
    for sign in signs[:1]:
        says = "there are signs of hurt on a child too young to move about."
        yield Raised(f"injury:{mark(sign)}", says, Grade.RED, sign.at, loose=sign.loose, of=tuple(map(mark, signs)))


INJURED_INFANT: Final = Signal(
    id="injury-nonmobile-infant-red",
    stage=Stage.FRONT_DOOR,
    says="A sign of hurt or pain on a child too young to move about is red, with a strategy discussion the same day.",
    source="SCR Matt 5.8, 6.1.8, 6.1.9",
    mend="anybody in social care, with `call-strategy`; the chair, with `hold-strategy`",
    judge=injured_infant,
)

SIGNALS: Final[tuple[Signal, ...]] = (INJURED_INFANT,)
