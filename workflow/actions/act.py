"""What an action is given, and what it gives back. Pure: the engine loads before it, judges and writes after it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from models.commands.base import Command
from models.events import Event
from models.facts import Case, Link, Person
from models.vocabulary import Kind, PractitionerKind, Role, Stage, State
from workflow.errors import BadCommandError
from workflow.rule import Terms

OPEN: Final = frozenset(State) - {State.CLOSED}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account, its role, agency and authority. The system's own acts carry `SYSTEM`, never nobody."""

    id: str
    role: Role
    agency: str
    agency_kind: str
    authority: str


SYSTEM: Final = Actor("system", Role.SYSTEM, "mash", "mash", "")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a referral stands, as its row says."""

    id: int
    reference: str
    state: State
    came_from: State | None
    owner: str
    version: int


@dataclass(frozen=True, slots=True)
class Act:
    """Everything an action may look at."""

    case: Case
    standing: Standing
    actor: Actor
    now: datetime
    terms: Terms

    def event(self, kind: Kind, *, by: str | None = None, at: datetime | None = None, **data: Any) -> Event:
        """Make an event about this child, said by the actor unless another is named. Empty values are left out."""
        kept = {key: value for key, value in data.items() if value not in (None, (), {})}
        return Event(at or self.now, kind, (self.case.child_id,), by or self.actor.id, kept)

    def here(self, *accounts: str) -> None:
        """Refuse accounts that do not exist or are no longer in use: nothing may wait for somebody who is not there."""
        self.known(*accounts)
        for account in accounts:
            if not self.case.family.practitioners[account].active:
                raise BadCommandError(f"{account} has left.", "`mash people` lists who is here.")

    def known(self, *accounts: str) -> None:
        """Refuse accounts that do not exist; of somebody who has left, things are told as they were."""
        for account in accounts:
            found = self.case.family.practitioners.get(account)
            if found is None or found.agency is None:  # a caller has no account, and nothing can be sent to one
                raise BadCommandError(
                    f"There is no account called {account!r} here.", "Check the spelling with `mash people`."
                )

    def somebody(self, *ids: str | None) -> None:
        """Refuse ids that nobody bears, neither in the family nor among those who work with it."""
        for who in ids:
            if who and who not in self.case.family.people and who not in self.case.family.practitioners:
                raise BadCommandError(f"Nobody called {who!r} is known here.", "`mash show` lists who is.")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody whom an action adds to the family: who they are, what they are called, and to whom they belong."""

    person: Person
    name: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who is no professional and told the hub; without a name, nobody can be rung back."""

    id: str
    kind: PractitionerKind
    name: str | None = None
    reach: str | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What an action comes to: the events it records, the move it makes, and a new owner if there is one.

    `people` are those it adds to the family; `child` is what it tells of the child itself, such as a day of birth;
    `caller` is who told the hub, where that is nobody with an account.
    """

    events: tuple[Event, ...]
    move: str | None = None
    owner: str | None = None
    reason: str = ""
    people: tuple[Newcomer, ...] = ()
    child: Mapping[str, Any] = field(default_factory=dict)
    caller: Caller | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One thing people can do to a referral. `suppose` fills in the command where `mash why` is asked without one."""

    name: str
    stage: Stage
    says: str
    command: type[Command]
    step: Callable[[Act, Any], Step] = field(repr=False)
    in_states: frozenset[State] = OPEN
    suppose: Mapping[str, Any] = field(default_factory=dict)


def in_(*states: State) -> frozenset[State]:
    """Name the states in which a verb makes sense, where no move of the machine says it already."""
    return frozenset(states)


def last_event(case: Case, *kinds: Kind, missing: str) -> Event:
    """Return the newest event of these kinds, or explain that there is none to speak of."""
    found = case.last(*kinds)
    if found is None:
        raise BadCommandError(missing)
    return found
