"""What follows when the post has delivered a message, hears that it came back, or gives it up. In the post's own transaction."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, select

from models.tables.post import MessageRow
from workflow import recipients, store
from workflow.actions.act import SYSTEM
from workflow.engine import Engine
from workflow.messages import ALSO, add_message, add_task, is_copy, original

ON_RECORD: Final = frozenset({"outcome", "closed"})
"""Messages whose arrival goes on the record: the referrer has been told."""
RING_WITHIN: Final = timedelta(hours=4)
"""How soon somebody should ring whoever could not be written to."""


class Posted:
    """The ends of a message's way, as the post calls them."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine that writes the record."""
        self.engine = engine

    def sent(self, connection: Connection, message: Mapping[str, Any], now: datetime) -> None:
        """Put on record that the referrer was told of an outcome."""
        self._on_record(connection, message, now)

    def returned(self, connection: Connection, message: Mapping[str, Any], now: datetime) -> None:
        """Put on record that what had been sent to the referrer came back, unless the same has gone another way."""
        if _twin(connection, message) != "sent":
            self._on_record(connection, message, now, came_back=True)

    def _on_record(
        self, connection: Connection, message: Mapping[str, Any], now: datetime, *, came_back: bool = False
    ) -> None:
        if message["template"] not in ON_RECORD or is_copy(str(message["key"])):
            return
        _number, _what, outcome, who = original(str(message["key"])).split(":", 3)
        told = {"of": outcome, "who": who.removesuffix(":task"), "came_back": came_back or None}
        self.engine.act_within(connection, message["referral_id"], "tell", SYSTEM, now, told)

    def dead(self, connection: Connection, message: Mapping[str, Any], now: datetime) -> None:
        """Give a person the task of ringing whoever could not be told: the owner, or the owner's manager.

        Of what went both ways, only the last one that fails says so.
        """
        self.engine.database.take_turns(connection, f"message {_alone(message)}")
        if _twin(connection, message) not in {None, "dead"}:
            return
        row = store.referral(connection, message["referral_id"])
        who = row["owner_id"]
        if message["account_id"] == who:
            who = recipients.manager_of(connection, row["authority"], who)
        key = f"{_alone(message)}:undelivered"
        name, due = store.reference(row["id"]), now + RING_WITHIN
        says = f"Ring {message['account_id']}: a message about {name} ({_words(message)}) could not be delivered."
        add_task(connection, row, f"{key}:task", message["rule"], says, who, now, due)
        # One who cannot be written to is not told so in writing.
        if message["template"] != "undelivered" and not _unreachable(connection, who):
            args = {
                "reference": name,
                "due": due.isoformat(),
                "outcome": None,
                "rule": message["rule"],
                "meeting": None,
            }
            add_message(connection, row, key, message["rule"], "undelivered", who, args, now)


def _alone(message: Mapping[str, Any]) -> str:
    """Return a message's key, whichever way it went."""
    return str(message["key"]).removesuffix(ALSO)


def _twin(connection: Connection, message: Mapping[str, Any]) -> str | None:
    """Return the status of the same message that went the other way as well, or None where there is none."""
    key = _alone(message)
    other = key if str(message["key"]).endswith(ALSO) else f"{key}{ALSO}"
    return connection.execute(select(MessageRow.status).where(MessageRow.key == other)).scalar()


def _words(message: Mapping[str, Any]) -> str:
    return str(message["template"]).replace("_", " ")


def _unreachable(connection: Connection, account: str) -> bool:
    lately = select(MessageRow.status).where(MessageRow.account_id == account).order_by(MessageRow.id.desc()).limit(1)
    return connection.execute(lately.where(MessageRow.status.in_(("sent", "dead")))).scalar() == "dead"
