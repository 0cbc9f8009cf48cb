"""Stories in few words: a fixed cast, one child, and what happened, for asking a rule what it makes of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from config.clock import LONDON
from config.policy import PolicyBook
from models.events import Event
from models.facts import Agency, Case, Family, Link, Person, Practitioner
from models.vocabulary import AgencyKind, Kind, PractitionerKind
from tests.support.answers import check_findings, check_oughts, check_raised, check_running
from workflow.calendar import WorkingCalendar
from workflow.rule import Clock, Duty, Finding, Gate, Ought, Raised, Running, Signal, Terms

CAST = {
    "triage": ("triage_worker", "mash"),
    "hub_manager": ("mash_manager", "mash"),
    "worker": ("social_worker", "social_care"),
    "manager": ("team_manager", "social_care"),
    "second_manager": ("team_manager", "social_care"),
    "teacher": ("safeguarding_lead", "school"),
    "nurse": ("health_visitor", "health_visiting"),
    "midwife": ("midwife", "midwifery"),
    "officer": ("police_officer", "police"),
    "doctor": ("clinician", "hospital"),
    "key_worker": ("key_worker", "housing"),
    "coordinator": ("early_help_coordinator", "early_help"),
    "grandfather": ("relative", None),
}
PRACTITIONERS = {
    name: Practitioner(name, PractitionerKind(kind), Agency(agency, AgencyKind(agency)) if agency else None)
    for name, (kind, agency) in CAST.items()
}
CALENDAR = WorkingCalendar.england()
POLICIES = PolicyBook.load("england")


@dataclass(frozen=True)
class Story:
    """What happened to one child so far. Every step returns a new story, so that rows can share a beginning."""

    family: Family
    now: datetime

    def wait(self, **span: float) -> "Story":
        """Let time pass."""
        return replace(self, now=self.now + timedelta(**span))

    def then(self, kind: str, by: str | None = None, *, named: str | None = None, **data: Any) -> "Story":
        """Let something happen a minute later."""
        moved = self.wait(minutes=1)
        return replace(moved, family=self.family.after([moved.event(kind, by, named=named, **data)]))

    def event(self, kind: str, by: str | None = None, *, named: str | None = None, **data: Any) -> Event:
        """Make an event of this moment without letting it happen."""
        precision, times = data.pop("precision", "day"), data.pop("times", 1)
        about = tuple(data.pop("about", ("child",)))
        given = {key.rstrip("_"): value for key, value in data.items()}
        return Event(self.now, Kind(kind), about, by, given, named, len(self.family.record), precision, times)

    def with_parent(self, factors: Iterable[str]) -> "Story":
        """Say what is known of the mother."""
        people = {**self.family.people, "mother": Person("mother", False, factors=frozenset(factors))}
        return replace(self, family=replace(self.family, people=people))

    def with_adult(self, name: str, relation: str, other: str = "child", factors: Iterable[str] = ()) -> "Story":
        """Name another adult of the family, or one more relation of the same."""
        people = {**self.family.people, name: Person(name, False, factors=frozenset(factors))}
        links = (*self.family.links, Link(name, relation, other))
        return replace(self, family=replace(self.family, people=people, links=links))

    def with_practitioner(self, name: str, kind: str, agency: str, *, newly_qualified: bool = False) -> "Story":
        """Bring in somebody who is not of the cast."""
        new = Practitioner(name, PractitionerKind(kind), Agency(agency, AgencyKind(agency)), newly_qualified)
        people = {**self.family.practitioners, name: new}
        return replace(self, family=replace(self.family, practitioners=people))

    def with_child(self, **known: Any) -> "Story":
        """Say more of the child."""
        people = {**self.family.people, "child": replace(self.family.people["child"], **known)}
        return replace(self, family=replace(self.family, people=people))

    def with_sister(self) -> "Story":
        """Add another child of the family, about whom nothing is told."""
        people = {**self.family.people, "sister": Person("sister", True, date(2019, 6, 1))}
        return replace(self, family=replace(self.family, people=people))

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.family.case("child")

    @property
    def terms(self) -> Terms:
        """The policy of the day."""
        return Terms(POLICIES.on(self.now.date()), CALENDAR)

    def findings(self, gate: Gate, kind: str, by: str | None = None, **data: Any) -> list[Finding]:
        """Ask a gate about what is about to happen."""
        later = self.wait(minutes=1)
        event = later.event(kind, by, **data)
        if event.kind not in gate.on:
            return []
        found = list(gate.judge(later.case, event, later.terms))
        check_findings(gate, found, gate.judge(later.case, replace(event, precision="week"), later.terms))
        return found

    def verdict(self, gate: Gate, kind: str, by: str | None = None, **data: Any) -> str:
        """Say in a word what a gate makes of an event: `nothing`, `silent` (rests on silence only) or `said`.

        It is `part` where what is there goes far enough for a warning.
        """
        found = self.findings(gate, kind, by, **data)
        if not found:
            return "nothing"
        if all(one.light for one in found):
            return "part"
        return "silent" if all(one.silent for one in found) else "said"

    def oughts(self, duty: Duty) -> list[Ought]:
        """Ask a duty what ought to be done now."""
        found = list(duty.judge(self.case, self.terms, self.now))
        check_oughts(duty, found, self.case, self.terms, self.now)
        return found

    def missed(self, duty: Duty) -> list[Ought]:
        """Ask a duty what this story shows that nobody has done."""
        return [ought for ought in self.oughts(duty) if ought.act_by is not None and ought.act_by <= self.now]

    def running(self, clock: Clock) -> list[Running]:
        """Ask which of a clock's deadlines run."""
        found = list(clock.judge(self.case, self.terms))
        check_running(clock, found, self.case, self.terms)
        return found

    def due(self, clock: Clock) -> str | None:
        """Return the day on which a clock's only deadline is over, or None while none runs."""
        found = self.running(clock)
        assert len(found) < 2
        return found[0].due.astimezone(LONDON).date().isoformat() if found else None

    def raised(self, signal: Signal) -> list[Raised]:
        """Ask a signal what it sees."""
        found = list(signal.judge(self.case, self.terms, self.now))
        check_raised(signal, found, self.case, self.terms, self.now)
        return found

    def floor(self, signal: Signal) -> str | None:
        """Return the grade below which a signal holds the case, if it sees anything."""
        found = self.raised(signal)
        return max(one.floor for one in found if one.floor).code if found else None


def story(
    born: str | None = "2021-05-01",
    *,
    due: str | None = None,
    live: bool = False,
    at: str = "2026-03-10T09:30",
    silence_unknown: bool = False,
) -> Story:
    """Begin a story about one child and its mother, on a Tuesday in March unless another moment is given."""
    child = Person("child", True, date.fromisoformat(born) if born else None, date.fromisoformat(due) if due else None)
    people = {"child": child, "mother": Person("mother", False)}
    family = Family(
        people,
        PRACTITIONERS,
        (Link("mother", "mother", "child"),),
        live=live,
        silence_unknown=silence_unknown,
        desk=("officer", "nurse"),
    )
    return Story(family, datetime.fromisoformat(at).replace(tzinfo=LONDON))


def referred(by: str = "teacher", *concerns: str, **more: Any) -> Story:
    """Begin with a contact of a professional."""
    begin = {key: more.pop(key) for key in ("born", "due", "live", "at", "silence_unknown") if key in more}
    return story(**begin).then(
        "contact", by, named="first", **{"to": "hub", "concerns": list(concerns or ("neglect",)), **more}
    )


def table(*rows: tuple[Any, ...]) -> list[Any]:
    """Turn rows that begin with what they say into parameters that read so."""
    return [pytest.param(*row[1:], id=row[0]) for row in rows]
