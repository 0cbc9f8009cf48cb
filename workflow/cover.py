"""Cover for absence: while somebody is away, a deputy of the same role is told and asked as well. Nobody signs as two.

A deputy acts under their own name only, with what their own role may do: cover moves no authority.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, insert, select, update

from models.database import Database
from models.tables.doors import CoverRow
from models.tables.people import AccountRow
from models.vocabulary import Role
from workflow.actions.act import Actor
from workflow.errors import BadCommandError, NotFoundError, NotPermittedError
from workflow.questions import day_of

MANAGES: Final = frozenset({Role.MASH_MANAGER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE})
COVERED: Final = frozenset(Role) - {Role.PARTNER, Role.AUDITOR, Role.SYSTEM}
"""Whose work somebody has to see to while they are away."""
_ADVICE: Final = "`mash people` lists the accounts."


@dataclass(frozen=True, slots=True)
class Cover:
    """One absence and its deputy. Both days count. `mine` where whoever asked may end it."""

    id: int
    account: str
    name: str
    deputy: str
    deputy_name: str
    from_day: date
    until_day: date
    mine: bool = False


def set_cover(
    database: Database, actor: Actor, account: str, deputy: str, from_day: date, until_day: date, now: datetime
) -> int:
    """Let somebody stand in for another, and return the number of the cover. Managers set anybody's, people their own."""
    if actor.role not in COVERED:
        raise NotPermittedError("Cover is for the council's own and for early help.")
    if actor.id != account and actor.role not in MANAGES:
        raise NotPermittedError("You may set cover for yourself only.", "A manager sets it for others.")
    if until_day < from_day:
        raise BadCommandError("The last day lies before the first.", "Both days count; one day away is twice the same.")
    if until_day < day_of(now):
        raise BadCommandError("Those days are over.", "Give a last day that is still to come.")
    with database.unit_of_work() as connection:
        database.take_turns(connection, f"cover {actor.authority}")
        _same_work(connection, actor, account, deputy)
        _no_gap(connection, account, deputy, from_day, until_day)
        made = insert(CoverRow).values(
            account_id=account,
            deputy_id=deputy,
            from_day=from_day,
            until_day=until_day,
            said_by=actor.id,
            said_at=now,
        )
        return int(connection.execute(made.returning(CoverRow.id)).scalar_one())


def _same_work(connection: Connection, actor: Actor, account: str, deputy: str) -> None:
    there = select(AccountRow.id, AccountRow.name, AccountRow.role).where(
        AccountRow.id.in_((account, deputy)), AccountRow.authority == actor.authority, AccountRow.active.is_(True)
    )
    known = {row.id: row for row in connection.execute(there)}
    for one in (account, deputy):
        if one not in known:
            raise BadCommandError(f"There is no account called {one!r} here.", _ADVICE)
    away, stands_in = known[account], known[deputy]
    if account == deputy:
        raise BadCommandError("Nobody stands in for themselves.", "Choose somebody else in the same role.")
    if Role(away.role) not in COVERED:
        raise BadCommandError("Cover is for the council's own and for early help.")
    if away.role != stands_in.role:
        role = away.role.replace("_", " ")
        raise BadCommandError(
            f"{stands_in.name} is no {role}, and could not do what {away.name} is asked.", f"Choose another {role}."
        )


def _no_gap(connection: Connection, account: str, deputy: str, from_day: date, until_day: date) -> None:
    """Refuse a second deputy for the same days, and two or more who would stand in for each other while all are away."""
    meanwhile = select(CoverRow.account_id, CoverRow.deputy_id, CoverRow.until_day).where(
        CoverRow.ended_at.is_(None), CoverRow.from_day <= until_day, CoverRow.until_day >= from_day
    )
    rows = connection.execute(meanwhile).all()
    same = next((row for row in rows if row.account_id == account), None)
    if same is not None:
        raise BadCommandError(
            f"Somebody stands in for them already, until {same.until_day:%d.%m.%Y}.", "End that cover first."
        )
    reached, new = {deputy}, {deputy}
    while new:
        new = {row.deputy_id for row in rows if row.account_id in new} - reached
        reached |= new
    if account in reached:
        raise BadCommandError(
            "They would stand in for each other while both are away.", "Choose somebody who is there."
        )


def end_cover(database: Database, actor: Actor, number: int, now: datetime) -> None:
    """End a cover at once: whoever was away is back, or will not go. It stays on record."""
    with database.unit_of_work() as connection:
        query = select(CoverRow.account_id, CoverRow.ended_at).join(AccountRow, AccountRow.id == CoverRow.account_id)
        row = connection.execute(query.where(CoverRow.id == number, AccountRow.authority == actor.authority)).first()
        if row is None or not _may_end(actor, row.account_id):
            raise NotFoundError("There is no such cover that you could end.", "The page on cover lists yours.")
        if row.ended_at is None:
            connection.execute(update(CoverRow).where(CoverRow.id == number).values(ended_at=now))


def _may_end(actor: Actor, account: str) -> bool:
    return actor.id == account or actor.role in MANAGES


def covers(connection: Connection, actor: Actor, day: date) -> tuple[Cover, ...]:
    """Return who stands in for whom in this person's authority, on that day or later, the first at the top."""
    away, deputy = AccountRow.__table__.alias("away"), AccountRow.__table__.alias("deputy")
    query = (
        select(CoverRow.__table__, away.c.name.label("name"), deputy.c.name.label("deputy_name"))
        .join(away, away.c.id == CoverRow.account_id)
        .join(deputy, deputy.c.id == CoverRow.deputy_id)
        .where(away.c.authority == actor.authority, CoverRow.ended_at.is_(None), CoverRow.until_day >= day)
        .order_by(CoverRow.from_day, CoverRow.id)
    )
    return tuple(
        Cover(
            row.id,
            row.account_id,
            row.name,
            row.deputy_id,
            row.deputy_name,
            row.from_day,
            row.until_day,
            _may_end(actor, row.account_id),
        )
        for row in connection.execute(query)
    )


def cover_of(connection: Connection, day: date) -> dict[str, str]:
    """Return the deputy of everybody who is away on a day."""
    query = select(CoverRow.account_id, CoverRow.deputy_id).where(_on(day))
    return {row.account_id: row.deputy_id for row in connection.execute(query)}


def stands_in_for(connection: Connection, account: str, day: date) -> frozenset[str]:
    """Return everybody whose work somebody sees to on a day; of a deputy who is away as well, their work too."""
    deputies = cover_of(connection, day)
    return frozenset(away for away in deputies if account in _chain(deputies, away))


def deputies_of(connection: Connection, account: str, day: date) -> tuple[tuple[int, str], ...]:
    """Return who is told in somebody's place on a day, each with the number of the cover that says so."""
    found: list[tuple[int, str]] = []
    seen, who = {account}, account
    while True:
        query = select(CoverRow.id, CoverRow.deputy_id).where(CoverRow.account_id == who, _on(day))
        row = connection.execute(query.order_by(CoverRow.id)).first()
        if row is None or row.deputy_id in seen:
            return tuple(found)
        found.append((row.id, row.deputy_id))
        seen.add(row.deputy_id)
        who = row.deputy_id


def _chain(deputies: dict[str, str], away: str) -> set[str]:
    reached: set[str] = set()
    who = deputies.get(away)
    while who is not None and who not in reached:
        reached.add(who)
        who = deputies.get(who)
    return reached


def _on(day: date) -> ColumnElement[bool]:
    return CoverRow.ended_at.is_(None) & (CoverRow.from_day <= day) & (CoverRow.until_day >= day)
