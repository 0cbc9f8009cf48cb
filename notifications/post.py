"""The post: sees to it that every message arrives, or that a person hears that it did not.

A message is claimed in one transaction, sent outside any, and marked in another. A worker that dies in between loses
nothing: its claim runs out, and the message is sent again under the same key, by which mailbox, mail and services
know a repeat. Every claim counts as an attempt, so a message that kills its worker ends too, in somebody's hands.
"""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import Select, insert, select, text, update

from models.database import Database
from models.tables.post import DeliveryRow, MessageRow
from notifications import daily
from notifications.addressed import Claimed, addressed
from notifications.calendar_invite import Meeting
from notifications.govuk_notify import Followed
from notifications.letter import Channel, Letter, Outcome, Status
from notifications.post_terms import Delivered, Hook, PostTerms, follows
from notifications.receipts import FIRST_ASK
from notifications.templates import TEMPLATES, UnknownTemplateError, Urgency, find, link_to, render

LOG: Final = logging.getLogger("mash.post")
COLUMNS: Final = MessageRow.__table__.c
# Spelt out as in the index on waiting messages: with bound values no planner would know that the index fits.
WAITING: Final = text("message.status IN ('pending', 'sending')")


class Post:
    """The post over one database. `site` is where people sign in; the hooks are what the engine does at each end."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        site: str,
        *,
        on_sent: Hook,
        on_dead: Hook,
        terms: PostTerms | None = None,
    ) -> None:
        """Keep what the post works with."""
        self.database = database
        self.channels = channels
        self.site = site
        self.on_sent = on_sent
        self.on_dead = on_dead
        self.terms = terms or PostTerms()

    def deliver(self, now: datetime, worker: str, limit: int = 50) -> Delivered:
        """Send the messages whose time has come, at most `limit`. `worker` is unique among those at work.

        Raises an `ExceptionGroup` after the round when a hook failed: its messages are tried again when their claim
        runs out, the others are marked.
        """
        claimed = self.claim(now, worker, limit)
        if not claimed:
            return Delivered()
        done = Delivered()
        failures: list[Exception] = []
        letters = iter(_letters(claimed))
        with ThreadPoolExecutor(self.terms.at_once, thread_name_prefix="mash-post") as pool:
            under_way = {pool.submit(self._send, rows): rows for rows in islice(letters, self.terms.at_once)}
            while under_way:
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    for row in under_way.pop(future):
                        try:
                            done = self._mark(row, future.result(), now, worker, done)
                        except Exception as error:  # noqa: BLE001 (the other letters have gone and must be marked)
                            failures.append(error)
                    # Only now the next: were we killed, no more than these few would go a second time.
                    under_way |= {pool.submit(self._send, rows): rows for rows in islice(letters, 1)}
        if failures:
            raise ExceptionGroup("some messages could not be marked", failures)
        return done

    def waiting(self, now: datetime) -> bool:
        """Tell whether there is a message whose time has come."""
        with self.database.reading() as connection:
            return connection.execute(_ready(now, 1)).first() is not None

    def release(self, gone: Callable[[str], bool], now: datetime) -> int:
        """Give back at once what workers that are gone had claimed. Returns how many messages."""
        holding = select(MessageRow.claimed_by).where(WAITING, MessageRow.claimed_by.is_not(None)).distinct()
        with self.database.reading() as connection:
            dead = [worker for worker in connection.execute(holding).scalars() if worker and gone(worker)]
        if not dead:
            return 0
        given = update(MessageRow).where(WAITING, MessageRow.claimed_by.in_(dead))
        with self.database.unit_of_work() as connection:
            return connection.execute(given.values(claimed_by=None, status="pending", next_at=now)).rowcount

    def claim(self, now: datetime, worker: str, limit: int) -> list[Claimed]:
        """Take up to `limit` messages whose time has come, so that no other worker takes them. Counts as an attempt."""
        if not self.waiting(now):
            return []  # An idle post never asks for the right to write.
        with self.database.unit_of_work() as connection:
            alone = _ready(now, limit).where(MessageRow.letter.is_(None)).with_for_update(skip_locked=True)
            ids = list(connection.execute(alone).scalars())
            self.database.take_turns(connection, "the day's letters")
            ids += daily.gather(connection, now, limit)
            if not ids:
                return []
            connection.execute(
                update(MessageRow)
                .where(MessageRow.id.in_(ids))
                .values(
                    status="sending",
                    claimed_by=worker,
                    attempts=MessageRow.attempts + 1,
                    next_at=now + self.terms.hold(len(ids)),
                )
            )
            return addressed(connection, MessageRow.id.in_(ids))

    def _send(self, rows: list[Claimed]) -> Outcome:
        row = rows[0]
        channel = self.channels.get(row["channel"])
        if channel is None:
            return Outcome(Status.BOUNCED, "there is no such channel")
        if not row["active"]:
            return Outcome(Status.BOUNCED, "the account is no longer in use", final=True)
        if channel.needs_address and not row["address"]:
            return Outcome(Status.BOUNCED, "the account has no address")
        if max(one["attempts"] for one in rows) > self.terms.attempts:
            return Outcome(Status.FAILED, "given up: every attempt broke off")
        try:
            return channel.send(
                daily.write(map(dict, rows), self.site) if row["letter"] else write(dict(row), self.site)
            )
        except UnknownTemplateError:
            return Outcome(Status.BOUNCED, f"there is no message {row['template']!r}", final=True)
        except Exception as error:  # noqa: BLE001 (one letter that breaks must not hold up the others)
            # Only the kind of the error: its words may repeat the message.
            return Outcome(Status.FAILED, f"broke off: {type(error).__name__}")

    def _mark(self, row: Claimed, outcome: Outcome, now: datetime, worker: str, done: Delivered) -> Delivered:
        values = follows(outcome, row, self.terms, now)
        sent, dead = values["status"] == "sent", values["status"] == "dead"
        # Sent is sent, whoever holds the claim by now. Anything else counts only from whoever holds it.
        mine = MessageRow.status.in_(("pending", "sending")) if sent else MessageRow.claimed_by == worker
        still = (MessageRow.id == row["id"]) & mine & (MessageRow.status.not_in(("sent", "dead")))
        with self.database.unit_of_work() as connection:
            connection.execute(insert(DeliveryRow).values(self._attempt(row, outcome, now)))
            marked = connection.execute(update(MessageRow).where(still).values(claimed_by=None, **values)).rowcount == 1
            if marked and (sent or dead):
                hook = self.on_sent if sent else self.on_dead
                hook(connection, {name: row[name] for name in COLUMNS.keys()} | values, now)  # noqa: SIM118 (columns, not a dict)
        level = logging.INFO if sent else logging.WARNING
        LOG.log(level, "message %s by %s: %s, %s", row["id"], row["channel"], outcome.status, outcome.detail)
        if sent:
            return replace(done, sent=done.sent + 1)
        return replace(done, dead=done.dead + 1) if dead else replace(done, retried=done.retried + 1)

    def _attempt(self, row: Claimed, outcome: Outcome, now: datetime) -> dict[str, Any]:
        asked_later = outcome.handle and isinstance(self.channels.get(row["channel"]), Followed)
        return {
            "message_id": row["id"],
            "at": now,
            "channel": row["channel"],
            "status": outcome.status,
            "detail": outcome.detail,
            "handle": outcome.handle or None,
            "ask_at": now + FIRST_ASK if asked_later else None,
        }


def _letters(claimed: list[Claimed]) -> list[list[Claimed]]:
    """Share messages out among letters: each goes by itself, or with the others of its day's letter."""
    found: dict[str, list[Claimed]] = {}
    for row in claimed:
        together = row["letter"] and row["template"] in TEMPLATES
        found.setdefault(f"letter:{row['letter']}" if together else f"message:{row['id']}", []).append(row)
    return list(found.values())


def _ready(now: datetime, limit: int) -> Select[tuple[int]]:
    return (
        select(MessageRow.id)
        .where(WAITING, MessageRow.next_at <= now)
        .order_by(MessageRow.next_at, MessageRow.id)
        .limit(limit)
    )


def write(row: Mapping[str, Any], site: str) -> Letter:
    """Write the letter of a message's row, joined with its account's `address`. Raises `UnknownTemplateError`."""
    words = render(row["template"], row["args"], site)
    link = link_to(site, row["args"]["reference"])
    return Letter(
        key=row["key"],
        account=row["account_id"],
        to=row["address"] or "",
        subject=words.subject,
        body=words.body,
        written=row["created_at"],
        urgent=find(row["template"]).urgency is Urgency.AT_ONCE,
        meeting=Meeting.of(row["args"], link),
        code=row["template"],
        link=link,
    )
