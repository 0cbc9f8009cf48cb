"""What a person is shown: read models, already cut to what they may see. Plain data, the same for every door."""

from dataclasses import dataclass
from datetime import date, datetime

from models.facts import Case
from workflow.agenda import Agenda, Deadline
from workflow.chronology_words import Names
from workflow.options import Option
from workflow.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a worklist. No names: the record is opened, and the look logged, by its reference."""

    reference: str
    state: str
    grade: str | None
    owner: str
    due: datetime | None
    opened: datetime
    waits_for: str = ""
    act: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the record, as this person may read it."""

    at: datetime
    kind: str
    by: str | None
    says: str


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision: who did what, from where to where, and why."""

    at: datetime
    actor: str
    verb: str
    was: str
    now: str
    reason: str
    warned: tuple[str, ...] = ()
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Worker:
    """The named worker, and how to reach them."""

    account: str
    name: str
    agency: str
    reach: str | None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """An account, as everybody here may know it."""

    account: str
    name: str
    role: str
    kind: str
    agency: str
    team: str
    newly_qualified: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A referral as one person may see it. `whole` is false for an agency, which sees its own part."""

    reference: str
    version: int
    whole: bool
    child: str
    born: date | None
    due: date | None
    state: str
    label: str
    grade: str | None
    floor: str | None
    floor_reasons: tuple[str, ...]
    worker: Worker
    opened: datetime
    closed: datetime | None
    previous: str | None
    next_date: datetime | None
    clocks: tuple[Deadline, ...]
    tasks: tuple[Deadline, ...]
    agenda: Agenda
    waits_for: tuple[Waiting, ...]
    options: tuple[Option, ...]
    outcomes: tuple[Decided, ...]
    decisions: tuple[Decided, ...]
    record: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Folk:
    """Somebody of the family, as its own page shows them."""

    id: str
    name: str
    child: bool
    born: date | None
    due: date | None
    gp: str | None
    factors: tuple[str, ...]
    address: str | None = None
    nhs_number: str | None = None
    safe_address: bool = True
    sex: str | None = None
    ethnicity: str | None = None
    language: str | None = None
    disability: tuple[str, ...] = ()
    school: str | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """Who told the hub without an account: their name and number, for the hub alone."""

    id: str
    kind: str
    name: str | None
    reach: str | None
    withheld: bool

    @property
    def called(self) -> str:
        """What they are called wherever others may read it: by name, unless there is none or they asked not to be."""
        what = "a relative" if self.kind == "relative" else "a member of the public"
        return what if self.withheld or self.name is None else self.name


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A referral with everybody in it. `case`, `folk` and whole names are there only for whoever may see all of it."""

    seen: Seen
    case: Case | None
    names: Names
    folk: tuple[Folk, ...]
    at_work: tuple[Person, ...]
    callers: tuple[Caller, ...] = ()
