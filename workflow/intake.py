"""How a worried call becomes a referral: one open referral per child, linked to the family's earlier ones."""

import uuid
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select

from models import commands
from models.facts import Case
from models.tables.people import AccountRow, FamilyRow, LinkRow, PersonRow
from models.tables.referral import ReferralRow
from models.vocabulary import Role, State
from workflow import audit, store
from workflow.actions.act import Act, Actor, Step
from workflow.actions.front_door import contact
from workflow.asking import read_command
from workflow.engine import Done, Engine, Loaded
from workflow.errors import BadCommandError, NotPermittedError
from workflow.permissions import may
from workflow.recipients import least_loaded
from workflow.verbs import REFER

_RELATIONS: Final = frozenset({"mother", "father", "parent", "carer", "partner", "grandparent", "relative"})


def refer(engine: Engine, actor: Actor, now: datetime, args: dict[str, Any] | commands.Refer) -> Done:
    """Take a contact in. If the child has an open referral, the concern joins it; otherwise one is opened.

    The authority is the actor's own; the owner is the triage worker who holds least.
    """
    command = read_command(REFER, args)
    assert isinstance(command, commands.Refer)
    if not may(actor.role, "refer"):
        raise NotPermittedError(f"As {actor.role.value} you may not refer a child.", "Ring the hub.")
    _check(command, now)
    with engine.database.unit_of_work() as connection:
        authority = connection.execute(select(AccountRow.authority).where(AccountRow.id == actor.id)).scalar_one()
        child = _known_child(connection, command)
        if child is not None:
            open_id = connection.execute(
                select(ReferralRow.id).where(ReferralRow.child_id == child["id"], ReferralRow.closed_at.is_(None))
            ).scalar()
            if open_id is not None:
                joined = {key: getattr(command, key) for key in commands.AddConcern.model_fields}
                return engine.act_within(connection, open_id, "add-concern", actor, now, commands.AddConcern(**joined))
        return _open(engine, connection, actor, now, command, child, authority)


def _check(command: commands.Refer, now: datetime) -> None:
    if command.born is None and command.due is None:
        raise BadCommandError("When was the child born?", "Add born=2026-03-14, or due=2027-01-20 for an unborn child.")
    if command.born is not None and command.due is not None:
        raise BadCommandError("A child is born or unborn.", "Give born= or due=, not both.")
    if command.born is not None and command.born > now.date():
        raise BadCommandError(f"{command.born} is still to come.", "For an unborn child give due= instead of born=.")
    if command.born is not None and (now.date() - command.born).days > 366 * 18:
        raise BadCommandError("Somebody born then is an adult.", "Ring adult services; check the date of birth.")
    if command.due is not None and not -30 <= (command.due - now.date()).days <= 290:
        raise BadCommandError(f"{command.due} cannot be a due date now.", "It lies within about nine months of today.")
    unknown = {relation for relation in command.carers.values() if relation not in _RELATIONS}
    if unknown:
        raise BadCommandError(
            f"{', '.join(sorted(unknown)) or 'nothing'} is not how somebody is related to a child.",
            f"Write carers=NAME:mother with one of {', '.join(sorted(_RELATIONS))}.",
        )


def _known_child(connection: Connection, command: commands.Refer) -> dict[str, Any] | None:
    found = connection.execute(
        select(PersonRow.__table__).where(
            PersonRow.child.is_(True),
            func.lower(PersonRow.name) == command.child.strip().lower(),
            PersonRow.born == command.born if command.born else PersonRow.due == command.due,
        )
    )
    row = found.mappings().first()
    return dict(row) if row else None


def _family(connection: Connection, command: commands.Refer, authority: str) -> int:
    """Return the family named with the referral (a sibling's reference), or begin a new one."""
    if command.sibling:
        return int(store.referral(connection, store.number(command.sibling))["family_id"])
    return int(connection.execute(insert(FamilyRow).values(authority=authority).returning(FamilyRow.id)).scalar_one())


def _open(
    engine: Engine,
    connection: Connection,
    actor: Actor,
    now: datetime,
    command: commands.Refer,
    child: dict[str, Any] | None,
    authority: str,
) -> Done:
    if child is None:
        family_id = _family(connection, command, authority)
        child_id = _add_people(connection, family_id, command)
    else:
        family_id, child_id = child["family_id"], child["id"]
    owner = least_loaded(connection, authority, (Role.TRIAGE_WORKER, Role.MASH_MANAGER, Role.HEAD_OF_SERVICE))
    previous = connection.execute(
        select(ReferralRow.id).where(ReferralRow.child_id == child_id).order_by(ReferralRow.id.desc()).limit(1)
    ).scalar()
    row: dict[str, Any] = {
        "family_id": family_id,
        "child_id": child_id,
        "authority": authority,
        "state": State.RECEIVED.value,
        "came_from": None,
        "grade": None,
        "owner_id": owner,
        "version": 0,
        "opened_at": now,
        "alarm_at": now,
        "previous_id": previous,
        "audit_head": audit.FIRST,
    }
    row["id"] = connection.execute(insert(ReferralRow).values(**row).returning(ReferralRow.id)).scalar_one()
    mentioned = (owner, actor.id, *([command.on_behalf_of] if command.on_behalf_of else []))
    family = store.family(connection, family_id, authority, mentioned)
    terms = engine.terms(now)
    case: Case = family.case(child_id)
    loaded = Loaded(row, case, terms)
    act = Act(case, store.standing(row), actor, now, terms)
    pregnancy = {"of": "mother", "weeks": command.pregnancy_weeks} if command.pregnancy_weeks is not None else None
    event = contact(act, command, consent=command.consent, pregnancy=pregnancy)
    return engine.write(connection, loaded, actor, now, REFER, Step((event,)), State.RECEIVED, ())


def _add_people(connection: Connection, family_id: int, command: commands.Refer) -> str:
    child_id = f"p{uuid.uuid4().hex[:10]}"
    people = [
        {
            "id": child_id,
            "family_id": family_id,
            "name": command.child.strip(),
            "child": True,
            "born": command.born,
            "due": command.due,
            "gp": command.gp,
            "factors": [],
        }
    ]
    links = []
    for name, relation in command.carers.items():
        adult = f"p{uuid.uuid4().hex[:10]}"
        people.append(
            {
                "id": adult,
                "family_id": family_id,
                "name": name,
                "child": False,
                "born": None,
                "due": None,
                "gp": None,
                "factors": [factor.value for factor in command.factors],
            }
        )
        links.append({"family_id": family_id, "one": adult, "relation": relation, "other": child_id})
    connection.execute(insert(PersonRow), people)
    if links:
        connection.execute(insert(LinkRow), links)
    return child_id
