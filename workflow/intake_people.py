"""The people of whom a contact tells: kept with their family, each once, and where they live said on the record."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from models.commands import front_door as commands
from models.events import Event
from models.tables.people import LinkRow, PersonRow
from models.vocabulary import Factor, Kind
from workflow import people
from workflow.actions.act import Act
from workflow.identity import same_name
from workflow.search_words import keep_words

RELATIONS: Final = frozenset({"mother", "father", "parent", "carer", "partner", "grandparent", "relative"})
"""What somebody who cares for a child may be to it."""
_PARENTS: Final = ("mother", "father", "parent", "carer")
_LINKS: Final = {"lodger": "other"}
"""How a relation is linked, where the family has no link of that name."""


@dataclass(frozen=True, slots=True)
class Adult:
    """Somebody who cares for a child or lives with it. `lives_here` is None where nobody has said; `id`, once kept."""

    name: str
    relation: str
    factors: Sequence[Factor] = ()
    lives_here: bool | None = None
    born: date | None = None
    address: str | None = None
    language: str | None = None
    safe_address: bool = True
    id: str = ""


def add_child(
    connection: Connection, family_id: int, command: commands.Refer, adults: Sequence[Adult]
) -> tuple[str, tuple[Adult, ...]]:
    """Keep a child with who cares for it. Returns its id, and the adults with theirs."""
    child_id = _named_before(connection, family_id, command)
    if child_id is None:
        factors = [Factor.INTERPRETER_NEEDED.value] if command.interpreter else []
        known = {"born": command.born, "due": command.due, "gp": command.gp, **_told_of_the_child(command)}
        name = command.child.strip()
        child_id = _add_person(connection, family_id, name, child=True, factors=factors, **known)
    return child_id, add_adults(connection, family_id, child_id, adults)


def learn_of_the_child(connection: Connection, child: dict[str, Any], command: commands.Refer) -> None:
    """Keep what a contact tells of a child who is known. What is on record already stands."""
    people.learn_more(connection, child, _told_of_the_child(command))
    if command.interpreter and Factor.INTERPRETER_NEEDED.value not in child["factors"]:
        people.learn(connection, child["id"], {"factors": [*child["factors"], Factor.INTERPRETER_NEEDED.value]})


def _named_before(connection: Connection, family_id: int, command: commands.Refer) -> str | None:
    """Return the child of this family whom `add-person` named without a day of birth, now that somebody knows it."""
    unknown_day = (PersonRow.born.is_(None), PersonRow.due.is_(None), PersonRow.child.is_(True))
    there = connection.execute(
        select(PersonRow.id, PersonRow.name).where(PersonRow.family_id == family_id, *unknown_day)
    )
    child = next((str(row.id) for row in there if same_name(row.name, command.child)), None)
    if child is not None:
        people.learn(connection, child, {"born": command.born, "due": command.due, **_told_of_the_child(command)})
    return child


def _told_of_the_child(command: commands.Refer) -> dict[str, Any]:
    """Return what a contact tells of the child beside its name and day."""
    told = {
        "gestation_at_birth": command.gestation,
        "address": command.address,
        "nhs_number": command.nhs_number,
        "language": command.language,
        "school": command.school,
        "sex": command.sex.value if command.sex else None,
        "ethnicity": command.ethnicity.value if command.ethnicity else None,
    }
    kept: dict[str, Any] = {key: said.strip() for key, said in told.items() if said and said.strip()}
    return {**kept, "disability": [one.value for one in command.disability]} if command.disability else kept


def add_adults(connection: Connection, family_id: int, child_id: str, adults: Sequence[Adult]) -> tuple[Adult, ...]:
    """Add who cares for the child, and what is known of them; who is in the family already is not there twice.

    Returns them with their ids.
    """
    query = select(PersonRow.__table__).where(PersonRow.family_id == family_id, PersonRow.child.is_(False))
    there = [dict(row) for row in connection.execute(query).mappings()] if adults else []
    placed = [(adult, _keep_adult(connection, family_id, adult, there)) for adult in adults]
    parents = [who for adult, who in placed if adult.relation in _PARENTS]
    for adult, who in placed:
        partner_of = next((one for one in parents if one != who), None) if adult.relation == "partner" else None
        _link(connection, family_id, who, _LINKS.get(adult.relation, adult.relation), partner_of or child_id)
    return tuple(replace(adult, id=who) for adult, who in placed)


def _keep_adult(connection: Connection, family_id: int, adult: Adult, there: list[dict[str, Any]]) -> str:
    factors = [factor.value for factor in adult.factors]
    told = {"born": adult.born, "address": adult.address, "language": adult.language}
    known = next((row for row in there if same_name(row["name"], adult.name)), None)
    if known is None:
        kept = {"factors": factors, "safe_address": adult.safe_address, **told}
        who = _add_person(connection, family_id, adult.name.strip(), child=False, **kept)
        there.append({"id": who, "name": adult.name, **kept})
        return who
    more = [*known["factors"], *(factor for factor in factors if factor not in known["factors"])]
    connection.execute(update(PersonRow).where(PersonRow.id == known["id"]).values(factors=more))
    people.learn_more(connection, known, {key: said for key, said in told.items() if said})
    if not adult.safe_address:
        people.learn(connection, known["id"], {"safe_address": False})
    known["factors"] = more
    return str(known["id"])


def _link(connection: Connection, family_id: int, one: str, relation: str, other: str) -> None:
    link = {"family_id": family_id, "one": one, "relation": relation, "other": other}
    if connection.execute(select(LinkRow.id).filter_by(**link)).first() is None:
        connection.execute(insert(LinkRow), [link])


def link_siblings(connection: Connection, family_id: int, children: Sequence[str]) -> None:
    """Say of the children of one contact that they are brothers and sisters."""
    for at, one in enumerate(children):
        for other in children[:at]:
            _link(connection, family_id, one, "sibling", other)


def who_lives_where(act: Act, adults: Sequence[Adult]) -> Iterator[Event]:
    """Yield what was told of where the adults live, and is not on record. Parents are taken to live with their child."""
    said = {event.get("person") for event in act.case.of(Kind.HOUSEHOLD)}
    said |= {link.one for link in act.case.family.links if link.relation == "household"}
    for adult in adults:
        parent = adult.relation in _PARENTS or adult.relation == "partner"
        if adult.lives_here is None or (adult.lives_here and parent) or adult.id in said:
            continue
        yield act.event(
            Kind.HOUSEHOLD,
            what="joined" if adult.lives_here else "lives_elsewhere",
            person=adult.id,
            relation=adult.relation,
            lives_here=adult.lives_here,
        )


def _add_person(connection: Connection, family_id: int, name: str, **known: Any) -> str:
    person = f"p{uuid.uuid4().hex[:10]}"
    connection.execute(insert(PersonRow).values(id=person, family_id=family_id, name=name, **known))
    keep_words(connection, person, name, known.get("address"))
    return person
