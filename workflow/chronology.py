"""The chronology: what happened to a child or a family, in order, in plain words, and who knew of it. Pure.

It is built from the events themselves, so that nobody has to keep it, and nothing can be left out of it by forgetting.
`Case.chronology` is something else: the places of events, for the rules.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from models.events import Event
from models.facts import Case, Family
from models.vocabulary import HEALTH, Kind
from workflow.chronology_details import details
from workflow.chronology_known import known_to, told_later
from workflow.chronology_sentences import headline
from workflow.chronology_words import Names, dated, legible, spoken
from workflow.questions import known, mark, unborn
from workflow.sightings import sees


class Theme(StrEnum):
    """What an entry is about, for whoever looks for one thread."""

    CONCERNS = "concerns"
    VISITS = "visits"
    APPOINTMENTS = "appointments"
    DECISIONS = "decisions"
    MEETINGS = "meetings"
    HOUSEHOLD = "household"
    HEALTH = "health"


_THEMES: Final[Mapping[Theme, frozenset[Kind]]] = {
    Theme.CONCERNS: frozenset({Kind.CONTACT, Kind.CONCERN, Kind.INCIDENT}),
    Theme.VISITS: frozenset({Kind.VISIT, Kind.ATTEMPT, Kind.POLICE_CHECK}),
    Theme.APPOINTMENTS: frozenset({Kind.APPOINTMENT}),
    Theme.DECISIONS: frozenset(
        {
            Kind.GRADE,
            Kind.DECISION,
            Kind.AGENCY_DECISION,
            Kind.SECTION47_OUTCOME,
            Kind.CONFERENCE,
            Kind.PLAN,
            Kind.ORDER,
            Kind.STEP_DOWN,
            Kind.CLOSURE,
            Kind.CLOSURE_RETURNED,
        }
    ),
    Theme.MEETINGS: frozenset({Kind.MEETING, Kind.CONFERENCE, Kind.STRATEGY_DISCUSSION, Kind.INVITED}),
    Theme.HOUSEHOLD: frozenset({Kind.HOUSEHOLD}),
    Theme.HEALTH: frozenset({Kind.MEDICAL}),
}
_ROUTINE: Final = frozenset(
    {
        Kind.TRIAGE_BEGUN,
        Kind.READY,
        Kind.WOKEN,
        Kind.GRADE_PROPOSED,
        Kind.INVITED,
        Kind.ACCOUNT,
        Kind.EXCUSED,
        Kind.TOLD,
        Kind.REVIEWED_EVIDENCE,
        Kind.HISTORY_CHECKED,
        Kind.CHRONOLOGY_SEEN,
        Kind.SECOND_SIGNATURE,
        Kind.ALARM_ANSWERED,
        Kind.SHARING,
        Kind.INVOLVEMENT,
        Kind.CLOSURE_PROPOSED,
        Kind.NOTE,
    }
)
"""What keeps the work going, and tells nothing of the child."""

_ROUTINE_WHEN: Final[Mapping[Kind, tuple[str, frozenset[str]]]] = {
    Kind.CHECK: ("status", frozenset({"asked"})),
    Kind.VIEW: ("view", frozenset({"agree"})),
    Kind.APPOINTMENT: ("outcome", frozenset({"attended", "rearranged"})),
    Kind.COMMITMENT: ("status", frozenset({"made", "kept"})),
    Kind.MEETING: ("status", frozenset({"requested"})),
    Kind.INFORMATION_REQUEST: ("answered", frozenset({"True"})),
}
_MISSED: Final = frozenset({"was_not_brought", "missed"})
_HEALTH_TOOLS: Final = frozenset({"sudi", "development_check"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a chronology, as everybody who may read it reads it."""

    at: datetime
    when: str
    precision: str
    place: int
    kind: Kind
    children: tuple[str, ...]
    by: str | None
    agency: str | None
    says: str
    more: tuple[str, ...] = ()
    words: str = ""
    source: str = ""
    seen: tuple[str, ...] = ()
    seen_alone: bool = False
    not_seen: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    themes: frozenset[Theme] = frozenset()
    missed: bool = False
    routine: bool = False
    known_to: tuple[str, ...] = ()

    def marks(self, names: Names) -> tuple[str, ...]:
        """Return what catches the eye: seen or not, what was worried about, decided, missed, changed at home."""
        found = []
        if self.seen:
            alone = " alone" if self.seen_alone else ""
            found.append(f"Seen{alone}{_whose(self.seen, self.children, names)}")
        if self.not_seen:
            found.append(f"Not seen{_whose(self.not_seen, self.children, names)}")
        found += [spoken(code).capitalize() for code in self.concerns]
        if self.missed:
            found.append("Missed appointment")
        if Theme.DECISIONS in self.themes:
            found.append("Decision")
        if Theme.HOUSEHOLD in self.themes:
            found.append("Household change")
        return tuple(found)


def _whose(some: tuple[str, ...], everybody: tuple[str, ...], names: Names) -> str:
    return "" if set(some) == set(everybody) else f": {', '.join(names.person(one) for one in some)}"


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the record: names, where each event was recorded, and a source's own line on it."""

    names: Names = field(default_factory=Names)
    sources: Mapping[int, str] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)


def entries(family: Family, record: Iterable[Event], beside: Beside) -> tuple[Entry, ...]:
    """Build the chronology of these events of a family, in order of time."""
    kept = sorted(record, key=lambda event: (event.at, event.index))
    told = told_later(kept)
    # A rule may take a visit that was let in to have seen the child, where a review leaves much out; a document may not.
    exactly = replace(family, silence_unknown=False)
    cases = {child: exactly.case(child) for child in family.children()}
    outcomes = {mark(event): event for event in kept}
    return tuple(
        replace(entry, more=(*entry.more, *_told_of(event, outcomes, beside.names)))
        for event in kept
        for entry in (_entry(family, event, beside, told, cases),)
    )


def _entry(
    family: Family, event: Event, beside: Beside, told: Mapping[str, set[str]], cases: Mapping[str, Case]
) -> Entry:
    names = beside.names
    seen, not_seen = _sight([cases[child] for child in event.about if child in cases], event)
    concerns = tuple(str(code) for code in event.codes("concerns"))
    doer = family.practitioners.get(event.by) if event.by else None
    missed = event.kind is Kind.APPOINTMENT and event.get("outcome") in _MISSED
    return Entry(
        at=event.at,
        when=dated(event.at, event.precision),
        precision=event.precision,
        place=event.index,
        kind=event.kind,
        children=event.about,
        by=event.by,
        agency=doer.agency.id if doer is not None and doer.agency is not None else None,
        says=headline(event, names),
        more=tuple(details(event, names)),
        words=legible(str(event.get("words") or "")) or legible(beside.texts.get(event.index, "")),
        source=beside.sources.get(event.index, ""),
        seen=seen,
        seen_alone=bool(event.get("child_seen_alone")),
        not_seen=not_seen,
        concerns=concerns,
        themes=themes(family, event, sight=bool(seen or not_seen)),
        missed=missed,
        routine=routine(event) and not (concerns or not_seen),
        known_to=known_to(family, event, told),
    )


def _told_of(event: Event, outcomes: Mapping[str, Event], names: Names) -> Iterator[str]:
    """Yield what somebody was told, where the reader may know of that as well."""
    of = outcomes.get(str(event.get("of"))) if event.kind is Kind.TOLD else None
    if of is not None:
        yield f"Of {dated(of.at, of.precision)}: {headline(of, names)}"


def _sight(cases: Sequence[Case], event: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which children were seen, and which were to be seen and were not. An unborn child is neither."""
    seen = tuple(case.child_id for case in cases if sees(case, event))
    shut = event.kind is Kind.VISIT and event.get("access") in {"denied", "no_reply"}
    if not known(event) or not (shut or event.get("child_seen") is False):
        return seen, ()
    born = (case.child_id for case in cases if not unborn(case, event.at))
    return seen, tuple(child for child in born if child not in seen)


def themes(family: Family, event: Event, *, sight: bool) -> frozenset[Theme]:
    """Return the threads an event belongs to."""
    found = {theme for theme, kinds in _THEMES.items() if event.kind in kinds}
    what, status = event.get("what"), event.get("status")
    if event.codes("concerns") or event.get("injury"):
        found.add(Theme.CONCERNS)
    if sight:
        found.add(Theme.VISITS)
    if event.kind is Kind.STRATEGY_DISCUSSION and (event.get("decision") or event.get("held") is False):
        found.add(Theme.DECISIONS)
    if event.kind is Kind.ASSESSMENT and status == "completed":
        found.add(Theme.DECISIONS)
    if event.kind is Kind.EARLY_HELP and status in {"accepted", "declined"}:
        found.add(Theme.DECISIONS)
    doer = family.practitioners.get(event.by) if event.by else None
    by_health = doer is not None and doer.agency is not None and doer.agency.kind in HEALTH
    appointment = event.kind is Kind.APPOINTMENT and what != "early_help"
    if by_health or appointment or what == "gp_registered" or (event.kind is Kind.TOOL and what in _HEALTH_TOOLS):
        found.add(Theme.HEALTH)
    return frozenset(found)


def routine(event: Event) -> bool:
    """Tell whether an event only keeps the work going. Whatever tells of a worry never does."""
    if event.get("injury") or event.get("claim"):
        return False
    key, values = _ROUTINE_WHEN.get(event.kind, ("", frozenset()))
    return event.kind in _ROUTINE or str(event.get(key)) in values
