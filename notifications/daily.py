"""The day's letter: one a day for each person, with everything that is not urgent. References and links, nothing else.

What a letter holds is settled when it is first claimed, and written down: at every further attempt it is the same
letter, under the same key. What comes too late for it goes into the next.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select, text, update

from config.clock import LONDON
from models.tables.post import MessageRow
from notifications.letter import Letter
from notifications.templates import render, render_daily
from workflow.daily_letter import HELD

# Spelt out as in the index on waiting messages.
_WAITING: Final = text("message.status IN ('pending', 'sending')")
KEY: Final = "letter:"
"""What the key of a day's letter begins with; the account and the day follow."""


def ready(now: datetime, limit: int) -> Select[Any]:
    """Ask for held messages whose time has come."""
    return (
        select(MessageRow.account_id, MessageRow.letter)
        .where(_WAITING, MessageRow.next_at <= now, MessageRow.letter.is_not(None))
        .order_by(MessageRow.next_at, MessageRow.id)
        .limit(limit)
    )


def gather(connection: Connection, now: datetime, limit: int) -> list[int]:
    """Put what is held into letters, and return what the letters hold whose time has come.

    Only one worker at a time may gather: two would make two letters of one.
    """
    found: list[int] = []
    for account, letter in dict.fromkeys((row.account_id, row.letter) for row in connection.execute(ready(now, limit))):
        same = (MessageRow.account_id == account) & (MessageRow.letter == letter)
        query = select(MessageRow.id).where(_WAITING, MessageRow.next_at <= now, same).order_by(MessageRow.id)
        ids = list(connection.execute(query.with_for_update()).scalars())
        if letter == HELD and ids:
            name = _name(connection, account, now, ids[0])
            connection.execute(update(MessageRow).where(MessageRow.id.in_(ids)).values(letter=name))
        found += ids
    return found


def _name(connection: Connection, account: str, now: datetime, first: int) -> str:
    """Name a letter after the account and the day; a second one of a day, which is rare, after its first message too."""
    name = f"{account}:{now.astimezone(LONDON).date().isoformat()}"
    gone = connection.execute(select(func.count()).where(MessageRow.letter == name)).scalar_one()
    return f"{name}:{first}" if gone else name


def write(rows: Iterable[Mapping[str, Any]], site: str) -> Letter:
    """Write one letter out of the rows of its messages, each joined with its account's `address`."""
    kept = list(rows)
    first = kept[0]
    wanted: dict[str, list[str]] = {}
    for row in sorted(kept, key=lambda row: (row["args"].get("due") or "9999", row["id"])):
        reference = row["args"]["reference"]
        subject = render(row["template"], row["args"], site).subject.removeprefix(f"{reference}: ")
        wanted.setdefault(reference, []).append(subject)
    words = render_daily({reference: _counted(lines) for reference, lines in wanted.items()}, site)
    return Letter(
        key=f"{KEY}{first['letter']}",
        account=first["account_id"],
        to=first["address"] or "",
        subject=words.subject,
        body=words.body,
        written=max(row["created_at"] for row in kept),
        link=f"{site.rstrip('/')}/messages",
    )


def _counted(lines: list[str]) -> list[str]:
    return [line if lines.count(line) == 1 else f"{line} ({lines.count(line)} times)" for line in dict.fromkeys(lines)]
