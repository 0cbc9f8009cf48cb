"""Who is added to a family, and what is learnt of its children: as the rules see it at once, and as it is kept."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from models.facts import Family, Person, Practitioner
from models.tables.people import CallerRow, LinkRow, PersonRow
from workflow.actions.act import Newcomer, Step
from workflow.errors import BadCommandError
from workflow.identity import same_name
from workflow.search_words import keep_words

_JUDGED: Final = frozenset(field.name for field in fields(Person))
"""What the rules are told of somebody. An address is none of it."""


def after(family: Family, child: str, step: Step) -> Family:
    """Return a family with everybody whom a step adds, and with what it tells of the child."""
    if step.caller is not None:
        known = {**family.practitioners, step.caller.id: Practitioner(step.caller.id, step.caller.kind)}
        family = replace(family, practitioners=known)
    if not step.people and not step.child:
        return family
    people = {**family.people, **{one.person.id: one.person for one in step.people}}
    people[child] = replace(people[child], **{key: told for key, told in step.child.items() if key in _JUDGED})
    links = (*family.links, *(link for one in step.people for link in one.links))
    return replace(family, people=people, links=links)


def keep(connection: Connection, family_id: int, child: str, step: Step) -> None:
    """Write whom a step adds to a family and what it tells of the child."""
    for one in step.people:
        _add(connection, family_id, one)
    if step.caller is not None:
        values = asdict(step.caller) | {"kind": step.caller.kind.value, "family_id": family_id}
        connection.execute(insert(CallerRow).values(**values))
    if step.child:
        learn(connection, child, step.child)


def learn(connection: Connection, person: str, known: Mapping[str, Any]) -> None:
    """Write what has become known of somebody."""
    connection.execute(update(PersonRow).where(PersonRow.id == person).values(**known))
    if "address" in known:
        name = connection.execute(select(PersonRow.name).where(PersonRow.id == person)).scalar_one()
        keep_words(connection, person, name, known["address"])


def learn_more(connection: Connection, person: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    """Write what was told of somebody and was not on record: what is there already stands."""
    more = {key: said for key, said in told.items() if person[key] is None}
    if more:
        learn(connection, person["id"], more)


def _add(connection: Connection, family_id: int, one: Newcomer) -> None:
    there = connection.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.family_id == family_id))
    namesake = next((row.id for row in there if same_name(row.name, one.name)), None)
    if namesake is not None:
        raise BadCommandError(
            f"Somebody of that name is in this family already, as {namesake}.",
            f"`record-household` with person={namesake} says that they moved in or out.",
        )
    person = one.person
    connection.execute(
        insert(PersonRow).values(
            id=person.id,
            family_id=family_id,
            name=one.name,
            child=person.child,
            born=person.born,
            due=person.due,
            gp=person.gp,
            factors=sorted(person.factors),
        )
    )
    keep_words(connection, person.id, one.name, None)
    for link in one.links:
        connection.execute(
            insert(LinkRow).values(family_id=family_id, one=link.one, relation=link.relation, other=link.other)
        )
