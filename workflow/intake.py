"""How a worried call becomes a referral: one open referral per child, linked to the family's earlier ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, func, insert, or_, select

from models.commands import front_door as commands
from models.commands.base import LONGEST_NAME, has_a_letter
from models.tables.people import FamilyRow, PersonRow
from models.tables.referral import ReferralRow
from models.vocabulary import Kind, Role, State
from workflow import audit, intake_people, store
from workflow.actions.act import Act, Actor, Step
from workflow.actions.contact import caller_of, came_at, check_keyed_in, contact
from workflow.asking import mentioned, read_command
from workflow.engine import Done, Engine, Loaded, may_see
from workflow.errors import BadCommandError, NotPermittedError
from workflow.identity import alike, same_name
from workflow.intake_people import RELATIONS, Adult
from workflow.messages import add_task
from workflow.permissions import may
from workflow.questions import day_of
from workflow.recipients import LINE, least_loaded
from workflow.store import unknown
from workflow.verbs import REFER, VERBS

ADULT: Final = 18


@dataclass(frozen=True, slots=True)
class Beside:
    """What is told beside one child: the adults of its family, and how to deal with the family's address.

    `names` is of every adult told of. `family` is where brothers and sisters of the same contact are kept already, and
    `together` the numbers of their referrals: nobody needs to look whether they are one child.
    """

    adults: Sequence[Adult] = ()
    names: Sequence[str] = ()
    family: int | None = None
    together: Sequence[int] = ()
    unsafe_address: bool = False
    consent_reason: bool = False


def refer(engine: Engine, actor: Actor, now: datetime, args: dict[str, Any] | commands.Refer) -> Done:
    """Take a contact in, in a transaction of its own. Raises a `MashError` when it cannot be done."""
    with engine.database.unit_of_work() as connection:
        return refer_within(engine, connection, actor, now, args)


def refer_within(
    engine: Engine,
    connection: Connection,
    actor: Actor,
    now: datetime,
    args: dict[str, Any] | commands.Refer,
    beside: Beside | None = None,
    *,
    waited: bool = False,
) -> Done:
    """Take a contact in. If the child has an open referral, the concern joins it; otherwise one is opened.

    The authority is the actor's own; the owner is the triage worker who holds least. `beside` is what a contact about
    a whole family tells that the command of one child has no words for. What has `waited` at the hub itself keeps the
    time at which it came, however long ago.
    """
    command = read_command(REFER, args)
    assert isinstance(command, commands.Refer)
    if beside is None:
        adults = tuple(Adult(*pair, factors=command.factors) for pair in command.carers.items())
        beside = Beside(adults, tuple(command.carers))
    if not may(actor.role, "refer"):
        raise NotPermittedError(f"As {actor.role.value} you may not refer a child.", "Ring the hub.")
    _check(command, day_of(now))
    if not waited:
        check_keyed_in(actor, command, now, engine.terms(now))
    # Two agencies that refer the same child at the same moment refer it once.
    engine.database.take_turns(connection, f"refer {actor.authority} {command.born or command.due}")
    child = known_child(connection, command, actor.authority)
    if child is None:
        return _open(engine, connection, actor, now, command, beside, None)
    intake_people.learn_of_the_child(connection, child, command)
    adults = intake_people.add_adults(connection, child["family_id"], child["id"], beside.adults)
    beside = replace(beside, adults=adults)
    open_id = connection.execute(
        select(ReferralRow.id).where(ReferralRow.child_id == child["id"], ReferralRow.closed_at.is_(None))
    ).scalar()
    if open_id is not None:
        return _join(engine, connection, actor, now, command, beside, open_id)
    return _open(engine, connection, actor, now, command, beside, child)


def _join(
    engine: Engine,
    connection: Connection,
    actor: Actor,
    now: datetime,
    command: commands.Refer,
    beside: Beside,
    number: int,
) -> Done:
    """Let a contact join the open referral, of which the person who brings it need not have known."""
    loaded = engine.load(connection, number, now, (actor.id, *mentioned(command)), to_change=True)
    act = Act(loaded.case, store.standing(loaded.row), actor, now, loaded.terms)
    verb = VERBS["add-concern"]
    told = _told(act, command, beside)
    step = replace(verb.step(act, command), events=told.events, child=told.child)
    return engine.carry_out(connection, loaded, act, verb, step, command.anyway)


def _told(act: Act, command: commands.Refer, beside: Beside) -> Step:
    pregnancy = {"of": "mother", "weeks": command.pregnancy_weeks} if command.pregnancy_weeks is not None else None
    reason = beside.consent_reason or None
    event = contact(act, command, consent=command.consent, consent_reason=reason, pregnancy=pregnancy)
    events = (event, *intake_people.who_lives_where(act, beside.adults))
    if not beside.unsafe_address:
        return Step(events, caller=caller_of(act, command))
    unsafe = act.event(
        Kind.NOTE, which="address", status="protected", words="Told with the contact: not safe to write to."
    )
    return Step((*events, unsafe), caller=caller_of(act, command), child={"safe_address": False})


def _check(command: commands.Refer, today: date) -> None:
    check_child(command, today)
    if any(len(name) > LONGEST_NAME for name in command.carers):
        raise BadCommandError("A carer's name is too long.", f"A name has at most {LONGEST_NAME} letters.")
    if not all(has_a_letter(name) for name in command.carers):
        raise BadCommandError("A carer's name has no letter in it.", "Write the name as it is spoken.")
    unknown = {relation for relation in command.carers.values() if relation not in RELATIONS}
    if unknown:
        raise BadCommandError(
            f"{', '.join(sorted(unknown)) or 'nothing'} is not how somebody is related to a child.",
            f"Write carers=NAME:mother with one of {', '.join(sorted(RELATIONS))}.",
        )


def check_child(command: commands.AboutAChild, today: date) -> None:
    """Refuse what cannot be so of a child: no day or two of them, a day to come, somebody who is grown up."""
    if command.born is None and command.due is None:
        raise BadCommandError("When was the child born?", "Add born=2026-03-14, or due=2027-01-20 for an unborn child.")
    if command.born is not None and command.due is not None:
        raise BadCommandError("A child is born or unborn.", "Give born= or due=, not both.")
    if command.gestation is not None and command.born is None:
        raise BadCommandError(
            "Weeks at birth are told of a child that was born.", "Leave gestation= out, or give born=."
        )
    if command.born is not None and command.born > today:
        raise BadCommandError(f"{command.born} is still to come.", "For an unborn child give due= instead of born=.")
    if command.born is not None and (today.year - ADULT, today.month, today.day) >= (
        command.born.year,
        command.born.month,
        command.born.day,
    ):
        raise BadCommandError("Somebody born then is an adult.", "Ring adult services; check the date of birth.")
    if command.due is not None and not -30 <= (command.due - today).days <= 290:
        raise BadCommandError(f"{command.due} cannot be a due date now.", "It lies within about nine months of today.")


def known_child(connection: Connection, command: commands.AboutAChild, authority: str) -> dict[str, Any] | None:
    """Return the child of this authority with this date and this name, however it is written."""
    date_of = PersonRow.born == command.born if command.born else PersonRow.due == command.due
    found = connection.execute(
        select(PersonRow.__table__)
        .join(FamilyRow, FamilyRow.id == PersonRow.family_id)
        .where(PersonRow.child.is_(True), date_of, FamilyRow.authority == authority)
        .order_by(PersonRow.id)
    )
    return next((dict(row) for row in found.mappings() if same_name(row["name"], command.child)), None)


def _family(engine: Engine, connection: Connection, actor: Actor, now: datetime, command: commands.Refer) -> int:
    """Return the family named with the referral (a sibling's reference), or begin a new one."""
    if command.sibling:
        number = store.number(command.sibling)
        loaded = engine.load(connection, number, now, (actor.id,))
        if not may_see(actor, loaded):
            raise unknown(store.reference(number))
        return int(loaded.row["family_id"])
    begun = insert(FamilyRow).values(authority=actor.authority).returning(FamilyRow.id)
    return int(connection.execute(begun).scalar_one())


def _open(
    engine: Engine,
    connection: Connection,
    actor: Actor,
    now: datetime,
    command: commands.Refer,
    beside: Beside,
    child: dict[str, Any] | None,
) -> Done:
    authority = actor.authority
    if child is None:
        family_id = beside.family or _family(engine, connection, actor, now, command)
        child_id, adults = intake_people.add_child(connection, family_id, command, beside.adults)
        beside = replace(beside, adults=adults)
    else:
        family_id, child_id = child["family_id"], child["id"]
    owner = least_loaded(connection, authority, LINE[Role.TRIAGE_WORKER])
    row: dict[str, Any] = {
        "family_id": family_id,
        "child_id": child_id,
        "authority": authority,
        "state": State.RECEIVED.value,
        "came_from": None,
        "grade": None,
        "owner_id": owner,
        "version": 0,
        "opened_at": came_at(command, now),
        "alarm_at": now,
        "previous_id": _newest(connection, child_id),
        "referrer_id": None if command.caller or command.anonymous else command.on_behalf_of or actor.id,
        "audit_head": audit.FIRST,
    }
    row["id"] = connection.execute(insert(ReferralRow).values(**row).returning(ReferralRow.id)).scalar_one()
    family = store.family(connection, family_id, authority, (owner, actor.id, *mentioned(command)))
    loaded = Loaded(row, family.case(child_id), engine.terms(now))
    act = Act(loaded.case, store.standing(row), actor, now, loaded.terms)
    done = engine.carry_out(connection, loaded, act, REFER, _told(act, command, beside), command.anyway)
    if child is None:
        _ask_who_it_is(connection, loaded, command, beside, now)
    return done


def _newest(connection: Connection, child_id: str) -> int | None:
    """Return the child's last referral before this one."""
    return connection.execute(select(func.max(ReferralRow.id)).where(ReferralRow.child_id == child_id)).scalar()


def _ask_who_it_is(
    connection: Connection, loaded: Loaded, command: commands.Refer, beside: Beside, now: datetime
) -> None:
    """Let the owner look whether this is a child who has an open referral under another spelling, or of their family.

    Nothing is joined on likeness: twins are alike, and so are strangers.
    """
    row = loaded.row
    others = connection.execute(
        select(ReferralRow.id, ReferralRow.family_id, PersonRow.name, PersonRow.child, PersonRow.born, PersonRow.due)
        .join(PersonRow, PersonRow.family_id == ReferralRow.family_id)
        .where(ReferralRow.closed_at.is_(None), ReferralRow.authority == row["authority"])
        .where(ReferralRow.child_id != row["child_id"], ReferralRow.id.not_in(beside.together))
        .where(or_(PersonRow.child.is_(False), PersonRow.id == ReferralRow.child_id))
        .order_by(ReferralRow.id)
    )
    found: dict[int, str] = {}
    for other in others:
        day = command.born or command.due
        if other.child and alike(command.child, day, other.name, other.born or other.due):
            found[other.id] = "child"
        elif (
            not other.child
            and other.family_id != row["family_id"]
            and any(same_name(name, other.name) for name in beside.names)
        ):
            found.setdefault(other.id, "family")
    for number, what in found.items():
        says = f"Look whether {store.reference(number)} is about the same {what}: a name in it is alike."
        due = loaded.terms.due(came_at(command, now), "decision_and_ack")
        key = f"{row['id']}:alike:{number}:task"
        add_task(connection, row, key, "one-referral-per-child", says, row["owner_id"], now, due)
