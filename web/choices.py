"""What a case offers to choose from: the people in it, the concerns that are open, the outcomes of its plan."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from models.facts import Case
from models.vocabulary import Concern, Factor, Kind, Role
from web.fields import Choice, Offered
from web.wording import capital, words
from workflow.seen import CaseFile, Person

SCOPES: Final = ("child", "household", "parents", "police", "other_areas")
_ANSWERS: Final = ("confirmed", "not_found", "unknown")
_RESOLVED: Final = ("confirmed", "excluded", "unresolved")
_WORKERS: Final = frozenset({Role.SOCIAL_WORKER, Role.TRIAGE_WORKER, Role.TEAM_MANAGER, Role.MASH_MANAGER})
_LEADERS: Final = frozenset({Role.TEAM_MANAGER, Role.MASH_MANAGER, Role.HEAD_OF_SERVICE})
_OUTSIDE: Final = frozenset({Role.PARTNER, Role.EARLY_HELP_COORDINATOR})


@dataclass(frozen=True, slots=True)
class Around:
    """A case with everybody who could have a part in it."""

    file: CaseFile
    everybody: tuple[Person, ...]
    files: Callable[[], tuple[Choice, ...]] = tuple
    """What came with the contacts; asked for only by the act that notes it."""

    def people(self, roles: Iterable[Role] | None = None) -> tuple[Choice, ...]:
        """Return accounts of these roles, those who are at work with the child first."""
        near = {person.account for person in self.file.at_work}
        wanted = [one for one in self.everybody if roles is None or Role(one.role) in set(roles)]
        return tuple(account(one) for one in sorted(wanted, key=lambda one: (one.account not in near, one.name)))

    def at_work(self) -> tuple[Choice, ...]:
        """Return who is at work with the child."""
        return tuple(account(one) for one in self.file.at_work)

    def family(self) -> tuple[Choice, ...]:
        """Return the people of the family."""
        return tuple(Choice(one.id, one.name) for one in self.file.folk)


def account(person: Person) -> Choice:
    """Return a person to choose, with where they work."""
    return Choice(person.account, f"{person.name}, {words(person.kind)}, {person.agency}")


def offered(verb: str, around: Around) -> Offered:
    """Return what the case offers for the details of an act."""
    table = {**_ALWAYS, **_BY_VERB.get(verb, {})}
    return {name: choices for name, find in table.items() if (choices := find(around))}


def _coded(codes: Iterable[str]) -> tuple[Choice, ...]:
    return tuple(Choice(str(code), capital(words(code))) for code in codes)


def _from_case(find: Callable[[Case], Iterable[str]]) -> Callable[[Around], tuple[Choice, ...]]:
    def found(around: Around) -> tuple[Choice, ...]:
        return _coded(dict.fromkeys(find(around.file.case))) if around.file.case else ()

    return found


def _plan_outcomes(case: Case) -> Iterable[str]:
    return (str(one["id"]) for one in (case.plan.get("outcomes") or ())) if case.plan else ()


def _factors(case: Case) -> Iterable[str]:
    return sorted(factor for person in case.family.people.values() for factor in person.factors)


def _raised(case: Case) -> Iterable[str]:
    return (code for event in case.now_of(Kind.CONTACT, Kind.CONCERN) for code in event.codes("concerns"))


def _everybody(around: Around) -> tuple[Choice, ...]:
    return (*around.family(), *around.at_work())


def _family(around: Around) -> tuple[Choice, ...]:
    return around.family()


def _accounts(around: Around) -> tuple[Choice, ...]:
    return around.people()


def _alarms(around: Around) -> tuple[Choice, ...]:
    return tuple(Choice(one.rule, one.says) for one in around.file.seen.agenda.watch)


_ALWAYS: Final[dict[str, Callable[[Around], tuple[Choice, ...]]]] = {
    "attended": _accounts,
    "invited": _accounts,
    "accounts": _accounts,
    "joint": _accounts,
    "discussed_with": _accounts,
    "shared_with": _accounts,
    "who": _accounts,
    "lead": _accounts,
    "on_behalf_of": lambda around: around.people(_OUTSIDE),
    "cosigned": lambda around: around.people(_LEADERS),
    "involving": _family,
    "assessed": _family,
    "patient": _family,
    "person": _family,
    "other": _family,
    "answers.keys": _from_case(_raised),
    "answers": lambda _: _coded(_ANSWERS),
    "factors_resolved.keys": _from_case(_factors),
    "factors_resolved": lambda _: _coded(_RESOLVED),
    "covers": lambda _: _coded((*Concern, *Factor)),
    "scope": lambda _: _coded(SCOPES),
}
_BY_VERB: Final[dict[str, dict[str, Callable[[Around], tuple[Choice, ...]]]]] = {
    "accept": {"lead": lambda around: around.people(_OUTSIDE)},
    "allocate": {"to": lambda around: around.people(_WORKERS)},
    "ask": {"of": lambda around: around.people(_OUTSIDE)},
    "excuse": {"who": lambda around: around.at_work()},
    "spoke-to": {"person": _everybody},
    "record-attempt": {"person": _everybody},
    "record-outcome": {"outcome": _from_case(_plan_outcomes)},
    "answer-alarm": {"rule": _alarms},
    "review-evidence": {"notes.keys": lambda around: around.files()},
}
