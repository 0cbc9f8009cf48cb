"""An account's name as it is kept, however its capitals are typed."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Connection, func, select

from models.tables.people import AccountRow

ACCOUNTS: Final = frozenset(
    {
        "to", "who", "lead", "on_behalf_of", "cosigned", "person", "of", "attended", "invited", "joint", "accounts",
        "discussed_with", "shared_with",
    }
)  # fmt: skip
"""The details of a command that name accounts, one or several."""


def as_kept(connection: Connection, typed: Iterable[str]) -> dict[str, str]:
    """Return what each name that was typed is kept as: itself, or the only account that differs from it in capitals."""
    names = sorted({name.strip() for name in typed})
    lowered = sorted({name.lower() for name in names})
    rows = connection.execute(select(AccountRow.id).where(func.lower(AccountRow.id).in_(lowered))).scalars().all()
    kept: dict[str, str] = {}
    for name in names:
        alike = [str(row) for row in rows if row.lower() == name.lower()]
        kept[name] = alike[0] if name not in alike and len(alike) == 1 else name
    return kept


def is_kept(connection: Connection, account: str) -> bool:
    """Tell whether there is such an account, in use or not."""
    return connection.execute(select(AccountRow.id).where(AccountRow.id == account)).first() is not None


def respelt(connection: Connection, details: Mapping[str, Any]) -> dict[str, Any]:
    """Return the details of a command with its accounts as they are kept. What is no account stays as it was typed."""
    named = {key: value.split(",") for key, value in details.items() if key in ACCOUNTS and isinstance(value, str)}
    known = as_kept(connection, (name for names in named.values() for name in names)) if named else {}
    return {**details, **{key: ",".join(known[name.strip()] for name in names) for key, names in named.items()}}
