"""What a rule is: a small pure function with an id, one plain sentence, a source, a date, and who can mend it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from config.policy import Duration, Effect, Policy
from models.events import Event
from models.facts import Case
from models.vocabulary import Grade, Kind, Role, Stage
from workflow.calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Terms:
    """By what a case is judged: the policy in force on the day of the act, and the hub's calendar."""

    policy: Policy
    calendar: WorkingCalendar

    def due(self, start: datetime, key: str) -> datetime:
        """Return when the span that the policy keeps under `key` is over, counted from `start`."""
        return self.calendar.add(start, self.span(key))

    def span(self, key: str) -> Duration:
        """Return a span of the policy."""
        return self.policy.span(key)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a gate has counted: since when, how much so far, and when time alone will have made it enough (if ever)."""

    since: datetime | None
    so_far: str
    enough_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a gate misses: one sentence, and the ids of the people or things it speaks of.

    `silent` is true where it rests only on something that the record does not mention; `light` where part of what is
    wanted is there, so that it is said and does not stand in the way. `reckoned` is there where weeks or visits count.
    """

    missing: str
    of: tuple[str, ...] = ()
    silent: bool = False
    loose: bool = False
    light: bool = False
    reckoned: Reckoning | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs: `subject` tells two of the same rule apart; `warn` may be None."""

    subject: str
    started: datetime
    due: datetime
    warn: datetime | None = None
    loose: bool = False
    silent: bool = True
    says: str = ""


@dataclass(frozen=True, slots=True)
class Ought:
    """What the engine does by itself when nobody has: send a message, open a task, or act as the system.

    `key` is natural: a second look at the same facts gives the same key, so nothing is done twice. `to` names
    accounts; `to_role` the role whose turn it is when no person can be named, `besides` those who cannot be the one.
    `act_by` is when a replayed story is taken to show that nobody did it; the live engine does it at once. `verb`, if
    given, is performed as SYSTEM.
    """

    key: str
    says: str
    template: str
    to: tuple[str, ...] = ()
    to_role: Role | None = None
    besides: tuple[str, ...] = ()
    task: bool = False
    due: datetime | None = None
    act_by: datetime | None = None
    verb: str | None = None
    args: tuple[tuple[str, object], ...] = ()
    silent: bool = True
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Raised:
    """A pattern that a signal has seen: what it counts, and the grade below which the case may not go.

    `of` holds what tells the counted events apart (`questions.mark`); without it, the key names the only one.
    """

    key: str
    says: str
    floor: Grade | None = None
    on: datetime | None = None
    silent: bool = False
    loose: bool = False
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The card of a rule, the same for all four sorts. `mend` says who can put it right and how.

    `ordinary` is true of ordinary good work that an account of a case seldom mentions: where a story leaves much out,
    that it tells of none shows nothing. `closing` is true of a gate of which the same holds only at a step towards more
    help: what such a story does not mention counts where a door is closed, and beside what is told and wrong.
    """

    id: str
    stage: Stage
    says: str
    source: str
    mend: str
    since: date = date(2015, 3, 26)
    effect: Effect = Effect.REFUSE
    ordinary: bool = False
    closing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate(Rule):
    """A rule on a decision: the decision is refused until what it misses is there."""

    on: frozenset[Kind]
    judge: Callable[[Case, Event, Terms], Iterable[Finding]] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Rule):
    """What the engine does by itself when the facts call for it.

    `family` is true where it looks at what befell others of the family, and not at this child's record alone.
    """

    family: bool = False

    judge: Callable[[Case, Terms, datetime], Iterable[Ought]] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(Rule):
    """A deadline with a warning point, a breach, and the people it climbs through."""

    judge: Callable[[Case, Terms], Iterable[Running]] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal(Rule):
    """A pattern across events that raises a grade floor or blocks a step.

    `lasts` is true of one that no single act answers: only time does.
    """

    lasts: bool = False
    judge: Callable[[Case, Terms, datetime], Iterable[Raised]] = field(repr=False)
