"""Loading the demo: its people, and its referrals driven through the engine with the moments at which things were done.

Safe to repeat: people and children that are there already are left alone.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from config.clock import LONDON
from models.commands.base import Command
from models.tables.people import AccountRow, AgencyRow, PersonRow
from workflow import store
from workflow.asking import find_verb
from workflow.demo_people import AGENCIES, PEOPLE
from workflow.demo_stories import STORIES, Story
from workflow.engine import Engine
from workflow.fulfil import look
from workflow.intake import refer
from workflow.verbs import REFER

MORNING: Final = time(9, 30)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much of the demo was new."""

    people: int
    referrals: int


def load(engine: Engine, authority: str, now: datetime) -> Loaded:
    """Bring the demo into a database."""
    with engine.database.unit_of_work() as connection:
        people = _people(connection, authority)
    told = sum(_tell(engine, story, now) for story in sorted(STORIES, key=lambda story: -story.days))
    return Loaded(people, told)


def _people(connection: Connection, authority: str) -> int:
    agencies = set(connection.execute(select(AgencyRow.id)).scalars())
    accounts = set(connection.execute(select(AccountRow.id)).scalars())
    for agency, (name, kind) in AGENCIES.items():
        if agency not in agencies:
            connection.execute(insert(AgencyRow).values(id=agency, name=name, kind=kind))
    new = [person for person in PEOPLE if person.account not in accounts]
    for person in new:
        values = {
            "id": person.account,
            "name": person.name,
            "role": person.role,
            "kind": person.kind,
            "agency_id": person.agency,
            "authority": authority,
            "team": person.team,
            "newly_qualified": person.newly_qualified,
            "channel": "mailbox",
            "address": f"{person.account}@example.test",
            "phone": person.phone or None,
            "active": True,
        }
        connection.execute(insert(AccountRow).values(values))
    return len(new)


def _tell(engine: Engine, story: Story, now: datetime) -> bool:
    """Drive one referral, the engine's own duties done after each step. False if the child is there already."""
    with engine.database.reading() as connection:
        if connection.execute(select(PersonRow.id).where(PersonRow.name == story.refer["child"])).first():
            return False
    at = beginning(story.days, now)
    done = refer(engine, _actor(engine, story.by), at, _counted(REFER.command, story.refer, at))
    _look(engine, done.reference, at)
    for minutes, account, verb, details in story.told:
        at = min(at + timedelta(minutes=minutes), now)
        engine.act(done.reference, verb, _actor(engine, account), at, _counted(find_verb(verb).command, details, at))
        _look(engine, done.reference, at)
    return True


def beginning(days: int, now: datetime) -> datetime:
    """Return when a story began: two hours ago, or the morning of the last weekday so many days back."""
    if days == 0:
        return now - timedelta(hours=2)
    day = now.astimezone(LONDON).date() - timedelta(days=days)
    day -= timedelta(days=max(0, day.weekday() - 4))
    return datetime.combine(day, MORNING, LONDON).astimezone(UTC)


def _actor(engine: Engine, account: str) -> Any:
    with engine.database.reading() as connection:
        return store.actor(connection, account)


def _look(engine: Engine, reference: str, at: datetime) -> None:
    with engine.database.unit_of_work() as connection:
        look(engine, connection, store.number(reference), at)


def _counted(command: type[Command], details: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Turn the spans of a step into moments, or into days where the verb wants a day."""
    moments = {key: at + value for key, value in details.items() if isinstance(value, timedelta)}
    days = {
        key: moment.date() for key, moment in moments.items() if command.model_fields[key].annotation is not datetime
    }
    return {**details, **moments, **days}
