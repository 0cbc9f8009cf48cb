"""A child's family as a page draws it: who is who to the child, who are a couple, who lives there, and since when. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from models.events import Event
from models.facts import Case, Practitioner, participants
from models.vocabulary import Kind
from workflow.carers import gone, parents, partners, residents
from workflow.questions import as_day, current, day_of, known
from workflow.sightings import looked_after

ELDERS, ADULTS, CHILDREN = 0, 1, 2
_PARENTS: Final = frozenset({"mother", "father", "parent", "carer"})
_CAME: Final = frozenset({"joined", "new_partner", "returned_home"})
_WENT: Final = frozenset({"left", "left_area", "contact_ended"})
_MOVES: Final = frozenset({"moved_address", "placed", "returned_home", "left_area"})


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the family. `here` is None where the record does not say whether they live with the child.

    `of` is the person through whom they belong to it, such as the mother whose partner they are.
    """

    id: str
    child: bool
    relation: str
    generation: int
    born: date | None
    due: date | None
    of: str | None = None
    here: bool | None = None
    since: date | None = None
    left: date | None = None
    died: date | None = None
    factors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Couple:
    """Two adults who are partners, or have children together. `apart` where one lives with the child and one does not."""

    one: str
    other: str
    apart: bool


@dataclass(frozen=True, slots=True)
class Household:
    """A family: its members, eldest generation first, its couples, and which children belong to which parents."""

    members: tuple[Member, ...]
    couples: tuple[Couple, ...]
    parents: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Engaged:
    """Somebody at work with the child, since when, and the last thing they did."""

    who: Practitioner
    since: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known of the talks with one person: the newest of them, and whether any account conflicts with others."""

    person: str
    newest: Event
    reached: bool
    alone: bool
    conflicting: bool
    times: int


def household(case: Case, now: datetime) -> Household:
    """Read a family as it stands, seen from one child."""
    people = case.family.people
    of = {one: _parents_of(case, one) for one in people}
    members = [_member(case, one, of, now) for one in people]
    ordered = sorted(members, key=lambda one: (one.generation, one.born or one.due or date.max, one.id))
    return Household(tuple(ordered), tuple(_couples(case, of)), {child: up for child, up in of.items() if up})


def _parents_of(case: Case, person: str) -> tuple[str, ...]:
    links = case.family.links
    return tuple(dict.fromkeys(one.one for one in links if one.other == person and one.relation in _PARENTS))


def _member(case: Case, who: str, of: dict[str, tuple[str, ...]], now: datetime) -> Member:
    person = case.child if who == case.child_id else case.family.people[who]
    relation, through = _relation(case, who, of)
    return Member(
        id=who,
        child=person.child,
        relation=relation,
        generation=_generation(case, who, relation, of),
        born=person.born,
        due=person.due,
        of=through,
        here=_here(case, who),
        since=_moved(case, who, _CAME),
        left=_moved(case, who, _WENT) if who in gone(case) else None,
        died=_died(case, who, now),
        factors=tuple(sorted(person.factors)),
    )


def _relation(case: Case, who: str, of: dict[str, tuple[str, ...]]) -> tuple[str, str | None]:
    """Say what somebody is to the child, and through whom."""
    child, links = case.child_id, case.family.links
    if who == child:
        return "the child", None
    own = next((link.relation for link in links if link.one == who and link.other == child), "")
    if case.family.people[who].child and (own == "sibling" or set(of[who]) & set(of[child]) or _sibling(case, who)):
        shared = set(of[who]) & set(of[child])
        half = len(shared) == 1 and len(of[who]) > 1 and len(of[child]) > 1
        return ("half brother or sister" if half else "brother or sister"), None
    if who not in parents(case) and who in partners(case):
        return "partner", _partner_of(case, who)
    if own and own != "household":
        return own, None
    if any(who in of.get(up, ()) for up in of[child]):
        return "grandparent", None
    other = next((link for link in links if link.one == who and link.relation != "household"), None)
    return (other.relation, other.other) if other else ("of the household" if _here(case, who) else "other", None)


def _sibling(case: Case, who: str) -> bool:
    pair = {who, case.child_id}
    return any(link.relation == "sibling" and {link.one, link.other} == pair for link in case.family.links)


def _partner_of(case: Case, who: str) -> str | None:
    for link in case.family.links:
        if link.relation == "partner" and who in {link.one, link.other}:
            return link.other if link.one == who else link.one
    told = (event for event in case.of(Kind.HOUSEHOLD) if event.get("what") == "new_partner")
    return next((event.get("with") for event in told if event.get("person") == who), None)


def _generation(case: Case, who: str, relation: str, of: dict[str, tuple[str, ...]]) -> int:
    if case.family.people[who].child:
        return CHILDREN
    elder = relation == "grandparent" or any(who in of.get(up, ()) for up in of[case.child_id])
    return ELDERS if elder else ADULTS


def _here(case: Case, who: str) -> bool | None:
    """Tell whether somebody lives with the child; the child itself, whether it lives at home."""
    if who == case.child_id:
        return not looked_after(case)
    if who in residents(case):
        return True
    return False if who in gone(case) else None


def _moved(case: Case, who: str, ways: frozenset[str]) -> date | None:
    told = (event for event in reversed(case.of(Kind.HOUSEHOLD)) if known(event) and event.get("person") == who)
    event = next((one for one in told if one.get("what") in ways), None)
    return (as_day(event.get("since")) or day_of(event.at)) if event else None


def _died(case: Case, who: str, now: datetime) -> date | None:
    for event in case.of(Kind.HOUSEHOLD):
        whose = event.get("person") or case.child_id
        if event.get("what") == "death" and whose == who and event.at <= now:
            return as_day(event.get("since")) or day_of(event.at)
    return None


def _couples(case: Case, of: dict[str, tuple[str, ...]]) -> Iterator[Couple]:
    """Yield the couples: partners first, then those who only have children together."""
    people = case.family.people
    pairs = [(link.one, link.other) for link in case.family.links if link.relation == "partner"]
    pairs += [(who, of_) for who in partners(case) if (of_ := _partner_of(case, who))]
    pairs += [(up[0], up[1]) for up in of.values() if len(up) > 1]
    told: set[frozenset[str]] = set()
    for one, other in pairs:
        pair = frozenset({one, other})
        if len(pair) > 1 and pair not in told and one in people and other in people:
            told.add(pair)
            yield Couple(one, other, apart=bool(_here(case, one)) is not bool(_here(case, other)))


def changes(case: Case) -> list[Event]:
    """Return what changed at home, the newest first."""
    return [event for event in reversed(case.of(Kind.HOUSEHOLD)) if known(event)]


def moves(case: Case) -> list[Event]:
    """Return where the child has lived, as far as moves are told, the newest first."""
    return [event for event in changes(case) if event.get("what") in _MOVES]


def engaged(case: Case) -> list[Engaged]:
    """Return who is at work with the child, each since when, whoever has been longest first."""
    first: dict[str, datetime] = {}
    last: dict[str, datetime] = {}
    for event in case.record:
        if event.kind is Kind.INVOLVEMENT and event.get("status") == "ended":
            first.pop(event.get("who"), None)
            continue
        doers = [*participants(event), *([event.get("who")] if event.kind is Kind.INVOLVEMENT else [])]
        for who in doers:
            first.setdefault(who, event.at)
            last[who] = event.at
    found = [Engaged(who, first[who.id], last[who.id]) for who in case.involved if who.id in first]
    return sorted(found, key=lambda one: one.since)


def heard(case: Case) -> list[Heard]:
    """Return who was spoken to about this referral, or could not be, the newest first."""
    talks: dict[str, list[Event]] = {}
    for event in current(case, Kind.SPOKE_TO, Kind.ATTEMPT):
        if event.get("person"):
            talks.setdefault(event.get("person"), []).append(event)
    found = [
        Heard(
            person=person,
            newest=events[-1],
            reached=any(one.kind is Kind.SPOKE_TO and one.get("done") is not False for one in events),
            alone=any(bool(one.get("alone")) for one in events),
            conflicting=any(one.get("account") == "conflicting" for one in events),
            times=sum(one.times for one in events),
        )
        for person, events in talks.items()
    ]
    return sorted(found, key=lambda one: one.newest.at, reverse=True)
