"""Who cares for a child, who lives with it, and whom of them somebody has heard. Pure."""

from collections.abc import Iterable
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import AgencyKind, Factor, Kind, PractitionerKind
from workflow.questions import known, professional

_PARENTS: Final = frozenset({"mother", "father", "parent", "carer"})
_CAME: Final = frozenset({"joined", "new_partner", "returned_home"})
_WENT: Final = frozenset({"left", "death", "contact_ended", "left_area", "lives_elsewhere"})
_ENOUGH_ATTEMPTS: Final = 2
SPEAKS: Final = frozenset({Kind.CONTACT, Kind.VIEW, Kind.ACCOUNT})
"""Kinds by which whoever does them tells the hub or social care what they know."""
KNEW_LEAVERS: Final = frozenset({AgencyKind.LEAVING_CARE, AgencyKind.FOSTERING})
"""Agencies that know somebody who grew up in care."""


def of_a_leaver(case: Case) -> frozenset[str]:
    """Return the ids of those whose work it is to know somebody who grew up in care."""
    return case.once(_of_a_leaver)


def _of_a_leaver(case: Case) -> frozenset[str]:
    people = ((one, one.agency) for one in case.family.practitioners.values())
    return frozenset(
        one.id
        for one, agency in people
        if agency is not None and (one.kind is PractitionerKind.PERSONAL_ADVISER or agency.kind in KNEW_LEAVERS)
    )


def parents(case: Case) -> tuple[str, ...]:
    """Return the ids of the child's mother, father, or whoever stands in their place."""
    return case.once(_parents)


def _parents(case: Case) -> tuple[str, ...]:
    return tuple(link.one for link in case.family.links if link.other == case.child_id and link.relation in _PARENTS)


def partners(case: Case) -> tuple[str, ...]:
    """Return the ids of the partners of a parent: those known from the start, and those who came later."""
    return case.once(_partners)


def _partners(case: Case) -> tuple[str, ...]:
    of = set(parents(case))
    found: dict[str, None] = {}
    for link in case.family.links:
        if link.relation == "partner":
            found.update(
                dict.fromkeys(two for one, two in ((link.one, link.other), (link.other, link.one)) if one in of)
            )
    for event in case.of(Kind.HOUSEHOLD):
        if event.get("what") == "new_partner" and known(event) and event.get("person"):
            found[event.get("person")] = None
    return tuple(found)


def residents(case: Case) -> set[str]:
    """Return the ids of those who live with the child, by the links and by who came and went.

    Where no link says who lives there, parents and their partners are taken to.
    """
    return case.once(_residents)


def _residents(case: Case) -> set[str]:
    home = {link.one for link in case.family.links if link.relation == "household" and link.other == case.child_id}
    home |= {link.other for link in case.family.links if link.relation == "household" and link.one == case.child_id}
    return ((home or {*parents(case), *partners(case)}) | _moved(case, _CAME)) - gone(case)


def gone(case: Case) -> set[str]:
    """Return the ids of those who have left the home, or died, and have not come back."""
    return case.once(_gone)


def _gone(case: Case) -> set[str]:
    away: set[str] = set()
    for event in case.of(Kind.HOUSEHOLD):
        if known(event) and event.get("person"):
            if event.get("what") in _WENT:
                away.add(event.get("person"))
            elif event.get("what") in _CAME:
                away.discard(event.get("person"))
    return away


def _moved(case: Case, what: frozenset[str]) -> set[str]:
    moves = (event for event in case.of(Kind.HOUSEHOLD) if event.get("what") in what and known(event))
    return {event.get("person") for event in moves if event.get("person")}


def carers(case: Case) -> tuple[str, ...]:
    """Return the adults who care for the child day by day: parents and their partners, as far as they live there.

    Where the record names nobody who lives with the child, every parent and partner counts.
    """
    return case.once(_carers)


def _carers(case: Case) -> tuple[str, ...]:
    both = tuple(dict.fromkeys((*parents(case), *partners(case))))
    adults = tuple(one for one in both if one in case.family.people and not case.family.people[one].child)
    home = residents(case)
    if any(one in home for one in adults):
        return tuple(one for one in adults if one in home)
    return tuple(one for one in adults if one not in gone(case))


def needs_interpreter(case: Case, person: str | None) -> bool:
    """Tell whether somebody is known to need an interpreter."""
    found = case.family.people.get(person) if person else None
    return found is not None and Factor.INTERPRETER_NEEDED in found.factors


def understood(case: Case, event: Event) -> bool:
    """Tell whether what was said could be understood: no relative's word stands for somebody else's."""
    used = event.get("interpreter")
    return used == "independent" or (used != "family" and not needs_interpreter(case, event.get("person")))


def heard_by(case: Case, events: Iterable[Event]) -> set[str]:
    """Return who was heard in these events, or could not be and somebody says why, or did not answer twice."""
    voices: set[str] = set()
    attempts: dict[str, int] = {}
    for event in events:
        if event.by and event.kind in SPEAKS:
            voices.add(event.by)
        voices.update((*event.codes("attended"), *event.codes("with"), *event.codes("accounts")))
        voices.update(event.get("views") or {})
        person = event.get("person")
        if event.kind is Kind.SPOKE_TO and person:
            done = event.get("done") is not False
            if (done and understood(case, event)) or (not done and event.get("reason")):
                voices.add(person)
        elif event.kind is Kind.ATTEMPT and person:
            attempts[person] = attempts.get(person, 0) + event.times
        elif event.kind is Kind.TOOL and event.get("for"):
            voices.add(event.get("for"))
        elif _met_at_home(case, event):
            voices.update(carers(case))
    return voices | {who for who, tries in attempts.items() if tries >= _ENOUGH_ATTEMPTS}


def _met_at_home(case: Case, event: Event) -> bool:
    if event.kind is Kind.ASSESSMENT:
        return bool(event.get("parents_seen_separately"))
    visitor = professional(case, event.by) if event.kind is Kind.VISIT else None
    return visitor is not None and visitor.in_social_care and event.get("access") == "granted"
