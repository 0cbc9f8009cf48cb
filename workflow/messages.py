"""What people are told and asked, as rows: a message in the post, a task in somebody's list. Under natural keys.

While somebody is away, whoever stands in for them gets a copy of each, marked as one. What is pressing goes by both ways
to whoever has two, as two messages: each is tried, and arrives or not, by itself.
"""

import re
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, select, union_all

from models.tables.post import MessageRow
from models.tables.work import TaskRow
from models.vocabulary import Kind
from workflow import store
from workflow.cover import deputies_of
from workflow.daily_letter import HELD
from workflow.engine import Loaded
from workflow.questions import day_of
from workflow.rule import Ought
from workflow.told_how import SECOND, ToldHow, told_how

_COPY: Final = re.compile(r":cover:\d+$")
ALSO: Final = ":also"
"""What the key of a message ends with that goes the other way as well."""


def original(key: str) -> str:
    """Return the key of what a deputy's copy is a copy of; any other key is its own, whichever way it goes."""
    return _COPY.sub("", key.removesuffix(ALSO))


def is_copy(key: str) -> bool:
    """Tell whether a task or a message is a deputy's copy."""
    return original(key) != key.removesuffix(ALSO)


def existing(connection: Connection, number: int) -> set[str]:
    """Return the keys of everything that was ever sent or asked about a referral."""
    keys = union_all(
        select(MessageRow.key).where(MessageRow.referral_id == number),
        select(TaskRow.key).where(TaskRow.referral_id == number),
    )
    return set(connection.execute(keys).scalars())


def message_args(loaded: Loaded, rule: str, due: datetime | None, ought: Ought | None = None) -> dict[str, Any]:
    """Return what a message may say: the reference, a moment, a rule, a meeting. Never a name, never a detail."""
    args: dict[str, Any] = {
        "reference": store.reference(loaded.row["id"]),
        "due": due.isoformat() if due else None,
        "outcome": None,
        "rule": rule,
        "meeting": None,
    }
    if ought is not None and ought.template.startswith("invitation"):
        args["meeting"] = meeting(
            loaded, dict(ought.args).get("call"), cancelled=ought.template == "invitation_cancelled"
        )
    return args


def meeting(loaded: Loaded, call: object, *, cancelled: bool = False) -> dict[str, Any] | None:
    """Return a strategy discussion as a calendar needs it, by the index of its call and as it was last moved."""
    called = [event for event in loaded.case.of(Kind.STRATEGY_DISCUSSION) if event.get("requested")]
    at = next((at for at, event in enumerate(called) if event.index == call), None)
    if at is None:
        return None
    last = called[at]
    for event in called[at + 1 :]:
        if not event.get("moved"):
            break
        last = event
    return {
        "uid": f"strategy-{loaded.row['id']}-{called[at].index}",
        "sequence": int(last.get("sequence", 0)) + (1 if cancelled else 0),
        "starts": last.get("starts"),
        "minutes": last.get("minutes", 60),
        "method": "CANCEL" if cancelled else "REQUEST",
    }


def add_message(
    connection: Connection,
    row: dict[str, Any],
    key: str,
    rule: str,
    template: str,
    account: str,
    args: dict[str, Any],
    now: datetime,
    held_until: datetime | None = None,
    *,
    pressing: bool = False,
    acknowledge_by: datetime | None = None,
) -> None:
    """Put one message in the post, to go at once, or with the day's letter at the moment until which it is held.

    A deputy is told as well. Whoever wants each word at once gets it so; what is `pressing` goes both ways.
    """
    if acknowledge_by is not None:
        args = {**args, "acknowledge": acknowledge_by.isoformat()}
    values: dict[str, Any] = {
        "referral_id": row["id"],
        "key": key,
        "rule": rule,
        "template": template,
        "account_id": account,
        "args": args,
        "status": "pending",
        "attempts": 0,
        "created_at": now,
    }
    rows = [values | {"acknowledge_by": acknowledge_by}]
    for cover, deputy in deputies_of(connection, account, day_of(now)):
        copy = {"key": f"{key}:cover:{cover}", "account_id": deputy, "args": {**args, "as_deputy": True}}
        rows.append(values | copy)
    how = told_how(connection, (one["account_id"] for one in rows))
    for one in rows:
        _post(connection, one, how.get(one["account_id"]), held_until, now, pressing=pressing)


def _post(
    connection: Connection,
    values: dict[str, Any],
    how: ToldHow | None,
    held_until: datetime | None,
    now: datetime,
    *,
    pressing: bool,
) -> None:
    held = None if how is not None and how.at_once else held_until
    when = {"next_at": held or now, "letter": None if held is None else HELD}
    connection.execute(insert(MessageRow), values | when)
    if pressing and how is not None and how.second is not None:
        other = {"key": f"{values['key']}{ALSO}", "way": SECOND, "acknowledge_by": None}
        connection.execute(insert(MessageRow), values | when | other)


def add_task(
    connection: Connection,
    row: dict[str, Any],
    key: str,
    rule: str,
    says: str,
    account: str,
    now: datetime,
    due: datetime | None,
) -> None:
    """Give one person one thing to do, and their deputy while they are away: whoever is there does it."""
    values = {
        "referral_id": row["id"],
        "key": key,
        "rule": rule,
        "says": says,
        "account_id": account,
        "opened_at": now,
        "due_at": due,
    }
    connection.execute(insert(TaskRow), values)
    for cover, deputy in deputies_of(connection, account, day_of(now)):
        marked = f"For {store.name_of(connection, account)}, who is away: {says}"
        copy = {"key": f"{key}:cover:{cover}", "account_id": deputy, "says": marked}
        connection.execute(insert(TaskRow), values | copy)
