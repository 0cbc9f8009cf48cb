"""What a second person looks at before they sign: a lower grade that waits, and an enquiry without a conference. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow import packet_parts as parts
from workflow.disputes import Dispute, disputes
from workflow.questions import known, workers
from workflow.rule import Terms

_WORRIES: Final = (Kind.CONTACT, Kind.CONCERN, Kind.INCIDENT)


@dataclass(frozen=True, slots=True)
class Lower:
    """A lower grade that waits for a second person."""

    grade: str
    now: str | None
    by: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A section 47 enquiry as it stands, for the manager outside the line."""

    begun: Event | None
    worries: tuple[Event, ...]
    medicals: tuple[Event, ...]
    voices: tuple[parts.Voice, ...]
    disputes: tuple[Dispute, ...]
    family: tuple[parts.Heard, ...]
    visits: parts.Visits
    signed: tuple[Event, ...]
    in_line: bool
    """True where this person holds the case or worked on it, so that their signature would not count."""


def lower_grade(case: Case) -> Lower | None:
    """Return the lower grade that waits, if one does."""
    waiting = case.now_of(Kind.GRADE_PROPOSED)
    if not waiting or case.since(waiting[-1], Kind.GRADE):
        return None
    proposed = waiting[-1]
    return Lower(
        str(proposed.get("grade")), case.grade, proposed.by or "", proposed.at, str(proposed.get("words") or "")
    )


def enquiry(case: Case, who: str, owner: str, terms: Terms) -> Enquiry:
    """Gather what an enquiry has found so far."""
    begun = case.last(Kind.STRATEGY_DISCUSSION)
    since = case.since(begun) if begun is not None else []
    return Enquiry(
        begun=begun,
        worries=tuple(event for event in case.now_of(*_WORRIES) if known(event)),
        medicals=tuple(event for event in since if event.kind is Kind.MEDICAL),
        voices=tuple(parts.voices(case, begun, terms)),
        disputes=disputes(case, terms),
        family=tuple(parts.heard(case)),
        visits=parts.visits(case),
        signed=tuple(event for event in since if event.kind is Kind.SECOND_SIGNATURE),
        in_line=who == owner or who in set(workers(case)),
    )
