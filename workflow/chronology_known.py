"""Which agencies knew of an event: those that did it, were there, were invited, told or asked; never more. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from models.events import Event
from models.facts import Case, Family
from models.vocabulary import SOCIAL_CARE, AgencyKind, Kind
from workflow.questions import known, mark
from workflow.telling import reached, referrers_of

_NAMED_IN: Final = (
    "by",
    "to",
    "ended",
    "who",
    "of",
    "lead",
    "manager",
    "second_person",
    "second_signature",
    "cosigned",
    "person",
)
_LISTED_IN: Final = ("attended", "invited", "accounts", "discussed_with", "shared_with", "with", "who")
_PAIRED_IN: Final = ("views", "apologies")
_SENT_TO: Final[Mapping[str, frozenset[AgencyKind]]] = {
    "hub": frozenset({AgencyKind.MASH}),
    "worker": SOCIAL_CARE - {AgencyKind.MASH},
    "police": frozenset({AgencyKind.POLICE}),
}
_ASKED: Final[Mapping[Kind, frozenset[AgencyKind]]] = {
    Kind.POLICE_CHECK: frozenset({AgencyKind.POLICE}),
    Kind.LEGAL_ADVICE: frozenset({AgencyKind.LEGAL}),
}
# The person of these was spoken to or asked; of others, somebody speaks about them.
_SPEAKS_WITH: Final = frozenset({Kind.SPOKE_TO})


def told_later(record: Iterable[Event]) -> dict[str, set[str]]:
    """Return who was told of each outcome (live record), and who had asked for each answer, by its mark."""
    found: dict[str, set[str]] = {}
    asked: dict[object, set[str]] = {}
    record = list(record)
    for of, who in reached(record):
        found.setdefault(of, set()).add(who)
    for event in record:
        if event.kind is Kind.CHECK and event.get("status") == "asked":
            asked.setdefault(event.get("agency"), set()).update(_people(event, "by"))
        elif event.kind is Kind.CHECK:
            found.setdefault(mark(event), set()).update(asked.get(event.get("agency"), ()))
    return found


def known_to(family: Family, event: Event, told: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Return the agencies that knew of an event, in the order in which the record names them."""
    if not known(event):
        return ()
    agencies: dict[str, None] = {}
    for who in (*_named(event), *told.get(mark(event), ()), *_told_at_once(family, event)):
        found = family.practitioners.get(who)
        if found is not None and found.agency is not None:
            agencies[found.agency.id] = None
    if event.kind is Kind.CHECK and event.get("agency"):
        agencies[str(event.get("agency"))] = None
    kinds = _SENT_TO.get(str(event.get("to")), frozenset()) if event.kind is Kind.CONTACT else frozenset()
    agencies.update(dict.fromkeys(_of_kind(family, kinds | _ASKED.get(event.kind, frozenset()))))
    return tuple(agencies)


def _people(event: Event, key: str) -> Iterator[str]:
    value = event.by if key == "by" else event.get(key)
    if value is None:  # Most often: and to ask whether nothing is a mapping takes long.
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple | Mapping):
        yield from (str(one) for one in value)


def _named(event: Event) -> Iterator[str]:
    for key in _NAMED_IN:
        if key != "person" or event.kind in _SPEAKS_WITH:
            yield from _people(event, key)
    for key in (*_LISTED_IN, *_PAIRED_IN):
        if key != "with" or event.kind is not Kind.DISAGREEMENT:
            yield from _people(event, key)


def _told_at_once(family: Family, event: Event) -> Iterator[str]:
    """Yield the referrers where a casebook says with the outcome that they were told of it."""
    if event.get("told_referrer") is True:
        for child in event.about:
            yield from referrers_of(Case(family, child), event)


def _of_kind(family: Family, kinds: frozenset[AgencyKind]) -> Iterator[str]:
    people = (who.agency for who in family.practitioners.values() if who.agency is not None)
    yield from (agency.id for agency in (*family.agencies.values(), *people) if agency.kind in kinds)
