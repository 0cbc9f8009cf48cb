"""Whose turn it is: from a role to a person. There is always somebody; a referral without one is impossible."""

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import Connection, func, select

from models.tables.people import AccountRow
from models.tables.referral import ReferralRow
from models.vocabulary import Role
from workflow.errors import BadCommandError

LINE: Final[dict[Role, tuple[Role, ...]]] = {
    Role.TRIAGE_WORKER: (Role.TRIAGE_WORKER, Role.MASH_MANAGER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE),
    Role.MASH_MANAGER: (Role.MASH_MANAGER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE),
    Role.SOCIAL_WORKER: (Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.MASH_MANAGER, Role.HEAD_OF_SERVICE),
    Role.TEAM_MANAGER: (Role.TEAM_MANAGER, Role.MASH_MANAGER, Role.HEAD_OF_SERVICE),
    Role.HEAD_OF_SERVICE: (Role.HEAD_OF_SERVICE, Role.MASH_MANAGER, Role.TEAM_MANAGER),
    Role.EARLY_HELP_COORDINATOR: (Role.EARLY_HELP_COORDINATOR, Role.MASH_MANAGER, Role.HEAD_OF_SERVICE),
}
"""Who stands in for whom, in order, when a role has nobody."""


def least_loaded(connection: Connection, authority: str, roles: Sequence[Role]) -> str:
    """Return the active account in the first of these roles that has one, the one with fewest open referrals."""
    found = _first(connection, authority, roles)
    if found is None:
        raise BadCommandError(
            f"{authority} has nobody who could own a referral.", "Add a triage worker or a manager, or run `mash demo`."
        )
    return found


def _first(connection: Connection, authority: str, roles: Sequence[Role], besides: Collection[str] = ()) -> str | None:
    held = func.count(ReferralRow.id)
    query = (
        select(AccountRow.id)
        .outerjoin(ReferralRow, (ReferralRow.owner_id == AccountRow.id) & ReferralRow.closed_at.is_(None))
        .where(AccountRow.authority == authority, AccountRow.active.is_(True), AccountRow.id.not_in(besides))
        .group_by(AccountRow.id)
        .order_by(held, AccountRow.id)
        .limit(1)
    )
    for role in roles:
        found = connection.execute(query.where(AccountRow.role == role.value)).scalar()
        if found is not None:
            return str(found)
    return None


def manager_of(connection: Connection, authority: str, owner: str, besides: Collection[str] = ()) -> str:
    """Return the manager of a referral's owner: of the same team where there is one, otherwise along the line.

    Somebody else than the owner, as long as there is anybody else.
    """
    row = connection.execute(select(AccountRow.role, AccountRow.team).where(AccountRow.id == owner)).first()
    hub = row is not None and row.role in {Role.TRIAGE_WORKER.value, Role.MASH_MANAGER.value}
    role = Role.MASH_MANAGER if hub else Role.TEAM_MANAGER
    others = {owner, *besides}
    if row is not None and row.team:
        same = connection.execute(
            select(AccountRow.id)
            .where(
                AccountRow.authority == authority,
                AccountRow.role == role.value,
                AccountRow.team == row.team,
                AccountRow.active.is_(True),
                AccountRow.id.not_in(others),
            )
            .order_by(AccountRow.id)
            .limit(1)
        ).scalar()
        if same is not None:
            return str(same)
    return _first(connection, authority, LINE[role], others) or owner


def in_role(
    connection: Connection, authority: str, owner: str, role: Role | None, besides: Collection[str] = ()
) -> str:
    """Return the person whose turn it is: the owner where no role is named, the owner's manager, or the role's holder.

    `besides` are those who cannot be the one, such as the author of what is to be signed.
    """
    if role is None:
        return owner
    if role in {Role.TEAM_MANAGER, Role.MASH_MANAGER}:
        return manager_of(connection, authority, owner, besides)
    return _first(connection, authority, LINE.get(role, (role, Role.HEAD_OF_SERVICE)), {owner, *besides}) or owner


def successor(connection: Connection, authority: str, owner: str) -> str | None:
    """Return who takes a case over from an owner who has left, or None while the owner is there, or nobody else is."""
    if connection.execute(select(AccountRow.active).where(AccountRow.id == owner)).scalar():
        return None
    found = manager_of(connection, authority, owner)
    return found if found != owner else None


def still_there(connection: Connection, accounts: set[str]) -> set[str]:
    """Return those of these accounts that are in use."""
    if not accounts:
        return set()
    found = select(AccountRow.id).where(AccountRow.id.in_(accounts), AccountRow.active.is_(True))
    return set(connection.execute(found).scalars())
