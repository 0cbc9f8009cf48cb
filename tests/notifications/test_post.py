"""Every message arrives once, or a person hears that it did not: with real servers, workers that race, and a crash."""

import logging
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Lock
from typing import Any

import pytest
from sqlalchemy import Connection, delete, event, insert, select

from models.database import Database
from models.tables.post import MessageRow
from models.tables.work import HeartbeatRow
from notifications.channel_settings import read_channels
from notifications.channels import open_channels
from notifications.letter import Channel, Letter, Outcome, Status
from notifications.mailbox import Mailbox, letters
from notifications.post import Delivered, Post, PostTerms
from tests.support.post_office import (
    CANARIES,
    MEETING,
    NOW,
    SITE,
    add_account,
    add_message,
    attempts,
    mail_sink,
    open_post_office,
    statuses,
    web_sink,
)

TERMS = PostTerms(attempts=3)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with one referral and no messages."""
    opened = open_post_office(database_url)
    yield opened
    opened.dispose()


@dataclass
class Ends:
    """The engine's two hooks: they write in the transaction that they are given, and remember what they got."""

    sent: list[str] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)

    def on_sent(self, connection: Connection, message: Mapping[str, Any], now: datetime) -> None:
        connection.execute(insert(HeartbeatRow).values(name=f"told {message['key']}", at=now, says=message["status"]))
        self.sent.append(message["key"])

    def on_dead(self, connection: Connection, message: Mapping[str, Any], now: datetime) -> None:
        connection.execute(insert(HeartbeatRow).values(name=f"ring {message['key']}", at=now, says=message["status"]))
        self.dead.append(message["key"])


def post(database: Database, channels: Mapping[str, Channel], ends: Ends, terms: PostTerms = TERMS) -> Post:
    return Post(database, channels, SITE, on_sent=ends.on_sent, on_dead=ends.on_dead, terms=terms)


def opened(text: str | None, home: Path) -> dict[str, Channel]:
    return open_channels(read_channels(text), home, lambda: NOW)


def email_at(port: int) -> str:
    return f"email: {{kind: email, host: 127.0.0.1, port: {port}, security: none, sender: mash@example.test}}"


def written(database: Database) -> set[str]:
    with database.reading() as connection:
        return set(connection.execute(select(HeartbeatRow.name)).scalars())


class Counting:
    """A channel of this test's own: keeps what came, and answers as it is told to."""

    needs_address = False

    def __init__(self, *answers: Status) -> None:
        self.answers = list(answers)
        self.keys: list[str] = []
        self.lock = Lock()

    def send(self, letter: Letter) -> Outcome:
        with self.lock:
            self.keys.append(letter.key)
            return Outcome(self.answers.pop(0) if self.answers else Status.SENT, "as told")


def test_a_message_is_written_sent_and_recorded(database: Database, tmp_path: Path) -> None:
    add_message(database, "k")
    ends = Ends()
    done = post(database, opened(None, tmp_path), ends).deliver(NOW, "w")
    (read,) = letters(tmp_path, "owner")
    assert done == Delivered(sent=1)
    assert read.subject == "M000001: something for you to do by 5pm on Monday 23 March"
    assert f"{SITE}/referrals/M000001" in read.body
    assert read.at == NOW
    assert statuses(database) == {"k": "sent"}
    assert attempts(database) == [("mailbox", "sent", "put into the mailbox")]
    assert ends.sent == ["k"]
    assert written(database) == {"told k"}


def test_a_message_that_is_sent_or_not_yet_due_is_left_alone(database: Database, tmp_path: Path) -> None:
    add_message(database, "k")
    ends = Ends()
    office = post(database, opened(None, tmp_path), ends)
    assert office.deliver(NOW - timedelta(seconds=1), "w").total == 0
    assert office.deliver(NOW, "w").total == 1
    assert office.deliver(NOW + timedelta(days=1), "w").total == 0


def test_a_round_takes_no_more_than_its_limit_the_longest_waiting_first(database: Database) -> None:
    channel = Counting()
    for number in range(5):
        add_message(database, f"k{number}")
    office = post(database, {"mailbox": channel}, Ends())
    assert office.deliver(NOW, "w", limit=2).sent == 2
    assert set(channel.keys) == {"k0", "k1"}
    assert [office.deliver(NOW, "w", limit=2).sent for _ in range(3)] == [2, 1, 0]


def test_to_look_for_messages_costs_what_waits_and_not_what_was_ever_sent(tmp_path: Path) -> None:
    database = open_post_office(f"sqlite:///{tmp_path / 'mash.db'}")
    add_message(database, "k")
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert len(post(database, {}, Ends()).claim(NOW, "w", limit=5)) == 1
    looks = [sql for sql in asked if "message.next_at <=" in sql]
    with database.reading() as connection:
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", (str(NOW), 5, 0)).all() for sql in looks]
    assert len(plans) == 3
    assert all("ix_message_waiting" in str(plan) for plan in plans)
    database.dispose()


def test_an_idle_post_never_asks_for_the_right_to_write(database: Database) -> None:
    other = Database(database.url)
    with database.unit_of_work():
        assert post(other, {}, Ends()).deliver(NOW, "w") == Delivered()
    other.dispose()


def test_an_invitation_is_delivered_as_one(database: Database, tmp_path: Path) -> None:
    with database.unit_of_work() as connection:
        add_account(connection, "wren", "email", "wren@example.test")
    add_message(database, "k", "wren", "invitation", MEETING)
    with mail_sink() as sink:
        post(database, opened(email_at(sink.port), tmp_path), Ends()).deliver(NOW, "w")
    (mail,) = sink.taken
    (invite,) = (part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert invite["Content-Type"].params["method"] == "REQUEST"
    assert "2pm on Monday 23 March" in mail["Subject"]


class TestWhenItDoesNotArrive:
    def test_a_bounce_is_dead_at_once_and_a_person_is_told(self, database: Database, tmp_path: Path) -> None:
        with database.unit_of_work() as connection:
            add_account(connection, "wren", "email", "wren@example.test")
        add_message(database, "k", "wren")
        ends = Ends()
        with mail_sink("550 5.1.1 <wren@example.test> unknown") as sink:
            done = post(database, opened(email_at(sink.port), tmp_path), ends).deliver(NOW, "w")
        assert done == Delivered(dead=1)
        assert statuses(database) == {"k": "dead"}
        assert attempts(database) == [("email", "bounced", "refused by the mail server: 550 5.1.1")]
        assert (ends.dead, ends.sent) == (["k"], [])
        assert written(database) == {"ring k"}

    def test_greylisting_is_waited_out(self, database: Database, tmp_path: Path) -> None:
        with database.unit_of_work() as connection:
            add_account(connection, "wren", "email", "wren@example.test")
        add_message(database, "k", "wren")
        with mail_sink("451 4.7.1 come back later") as sink:
            office = post(database, opened(email_at(sink.port), tmp_path), Ends())
            assert office.deliver(NOW, "w") == Delivered(retried=1)
            assert office.deliver(NOW + timedelta(seconds=59), "w").total == 0
            assert office.deliver(NOW + timedelta(seconds=60), "w") == Delivered(sent=1)
        assert len(sink.taken) == 1
        assert [status for _, status, _ in attempts(database)] == ["failed", "sent"]

    def test_a_service_that_is_down_twice_gets_it_the_third_time_under_one_key(
        self, database: Database, tmp_path: Path
    ) -> None:
        with database.unit_of_work() as connection:
            add_account(connection, "wren", "hook", "wren@example.test")
        add_message(database, "k", "wren")
        with web_sink(503, 503, 200) as sink:
            office = post(database, opened(f"hook: {{kind: webhook, url: '{sink.url}'}}", tmp_path), Ends())
            rounds = [office.deliver(NOW + timedelta(minutes=minutes), "w") for minutes in (0, 1, 3)]
        assert rounds == [Delivered(retried=1), Delivered(retried=1), Delivered(sent=1)]
        assert len({asked.headers["idempotency-key"] for asked in sink.asked}) == 1

    def test_a_slow_service_is_tried_again(self, database: Database, tmp_path: Path) -> None:
        with database.unit_of_work() as connection:
            add_account(connection, "wren", "hook", "wren@example.test")
        add_message(database, "k", "wren")
        with web_sink(slow=0.5) as sink:
            channels = opened(f"hook: {{kind: webhook, url: '{sink.url}', timeout: 0.1}}", tmp_path)
            assert post(database, channels, Ends()).deliver(NOW, "w") == Delivered(retried=1)

    def test_after_the_last_attempt_a_person_is_told(self, database: Database) -> None:
        add_message(database, "k")
        ends = Ends()
        office = post(database, {"mailbox": Counting(*[Status.FAILED, Status.UNKNOWN, Status.FAILED])}, ends)
        rounds = [office.deliver(NOW + timedelta(hours=hours), "w") for hours in range(4)]
        assert rounds == [Delivered(retried=1), Delivered(retried=1), Delivered(dead=1), Delivered()]
        assert ends.dead == ["k"]

    @pytest.mark.parametrize(
        ("account", "template", "detail"),
        [
            ({"channel": "pigeon", "address": "loft"}, "task", "there is no such channel"),
            ({"channel": "email", "address": None}, "task", "the account has no address"),
            ({"channel": "email", "address": ""}, "task", "the account has no address"),
            ({"channel": "mailbox", "active": False}, "task", "the account is no longer in use"),
            ({"channel": "mailbox"}, "no_such_words", "there is no message 'no_such_words'"),
        ],
    )
    def test_what_can_never_arrive_is_dead_at_once(
        self, database: Database, tmp_path: Path, account: dict[str, Any], template: str, detail: str
    ) -> None:
        with database.unit_of_work() as connection:
            add_account(connection, "wren", **account)
        add_message(database, "k", "wren", template)
        ends = Ends()
        assert post(database, opened(None, tmp_path), ends).deliver(NOW, "w") == Delivered(dead=1)
        assert attempts(database) == [(account["channel"], "bounced", detail)]
        assert ends.dead == ["k"]

    def test_a_letter_that_breaks_its_channel_does_not_hold_up_the_others(self, database: Database) -> None:
        class Brittle(Counting):
            def send(self, letter: Letter) -> Outcome:
                if letter.key == "bad":
                    raise RuntimeError("Quillonia Vardashire at wren@example.test")
                return super().send(letter)

        add_message(database, "bad")
        add_message(database, "good")
        assert post(database, {"mailbox": Brittle()}, Ends()).deliver(NOW, "w") == Delivered(sent=1, retried=1)
        assert ("mailbox", "failed", "broke off: RuntimeError") in attempts(database)

    def test_the_waits_grow_and_end_at_the_longest(self) -> None:
        waits = [PostTerms().wait(attempt).total_seconds() / 60 for attempt in range(1, 9)]
        assert waits == [1, 2, 4, 8, 16, 30, 30, 30]


class TestWhenAWorkerDies:
    def test_a_hook_that_fails_undoes_the_mark_and_leaves_the_other_messages_alone(
        self, database: Database, tmp_path: Path
    ) -> None:
        add_message(database, "bad")
        add_message(database, "good")
        ends = Ends()

        def failing(connection: Connection, message: Mapping[str, Any], now: datetime) -> None:
            ends.on_sent(connection, message, now)
            if message["key"] == "bad":
                raise RuntimeError("the engine could not")

        office = Post(database, opened(None, tmp_path), SITE, on_sent=failing, on_dead=ends.on_dead, terms=TERMS)
        with pytest.raises(ExceptionGroup):
            office.deliver(NOW, "w")
        assert statuses(database) == {"bad": "sending", "good": "sent"}
        assert written(database) == {"told good"}
        assert post(database, opened(None, tmp_path), ends).deliver(NOW + TERMS.lease, "w2") == Delivered(sent=1)
        assert len(letters(tmp_path)) == 2

    def test_killed_between_sending_and_marking_it_makes_no_second_mail(
        self, database: Database, tmp_path: Path
    ) -> None:
        add_message(database, "k")
        script = f"""
import os
from pathlib import Path
from datetime import datetime
from models.database import Database
from notifications.mailbox import Mailbox
from notifications.post import Post
die = lambda connection, message, now: os._exit(9)
post = Post(Database({database.url!r}), {{"mailbox": Mailbox(Path({str(tmp_path)!r}))}}, {SITE!r}, on_sent=die, on_dead=die)
post.deliver(datetime.fromisoformat({NOW.isoformat()!r}), "killed")
"""
        root = Path(__file__).parents[2]
        killed = subprocess.run([sys.executable, "-c", script], cwd=root, check=False, timeout=60)
        assert killed.returncode == 9
        assert statuses(database) == {"k": "sending"}
        assert len(letters(tmp_path)) == 1
        office = post(database, opened(None, tmp_path), Ends())
        assert office.deliver(NOW + timedelta(minutes=4), "next").total == 0
        assert office.deliver(NOW + timedelta(minutes=5), "next") == Delivered(sent=1)
        assert len(letters(tmp_path)) == 1
        assert attempts(database) == [("mailbox", "sent", "was in the mailbox already")]

    def test_a_message_that_kills_every_worker_ends_with_a_person(self, database: Database) -> None:
        add_message(database, "k")
        ends = Ends()
        office = post(database, {"mailbox": Counting()}, ends)
        for hours in range(TERMS.attempts):
            office.claim(NOW + timedelta(hours=hours), "dies", limit=1)
        assert office.deliver(NOW + timedelta(hours=9), "w") == Delivered(dead=1)
        assert ends.dead == ["k"]


class TestWhenWorkersRace:
    def test_two_at_once_never_send_one_message_twice(self, database: Database) -> None:
        for number in range(60):
            add_message(database, f"k{number}")
        channel, ends, start = Counting(), Ends(), Barrier(2)

        def work(worker: str) -> int:
            own = Database(database.url)
            office = post(own, {"mailbox": channel}, ends)
            start.wait()
            total = 0
            # A round that gets nothing may have met rows that the other one is just claiming.
            while set(statuses(own).values()) & {"pending"}:
                total += office.deliver(NOW, worker, limit=7).sent
            own.dispose()
            return total

        with ThreadPoolExecutor(2) as pool:
            totals = list(pool.map(work, ["one", "two"]))
        assert sum(totals) == 60
        assert sorted(channel.keys) == sorted(ends.sent) == sorted(f"k{number}" for number in range(60))
        assert set(statuses(database).values()) == {"sent"}

    def test_one_that_was_too_slow_does_not_undo_what_the_other_did(self, database: Database) -> None:
        add_message(database, "k")
        ends = Ends()
        quick = post(database, {"mailbox": Counting()}, ends)

        class Slow(Counting):
            def send(self, letter: Letter) -> Outcome:
                self.keys.append(letter.key)
                assert quick.deliver(NOW + timedelta(hours=1), "quick") == Delivered(sent=1)
                return Outcome(Status.BOUNCED, "too late")

        post(database, {"mailbox": Slow()}, ends).deliver(NOW, "slow")
        assert statuses(database) == {"k": "sent"}
        assert (ends.sent, ends.dead) == (["k"], [])

    def test_what_was_sent_is_sent_whoever_holds_the_claim(self, database: Database) -> None:
        add_message(database, "k")
        ends = Ends()
        other = post(database, {"mailbox": Counting()}, ends)

        class Slow(Counting):
            def send(self, letter: Letter) -> Outcome:
                self.keys.append(letter.key)
                other.claim(NOW + timedelta(hours=1), "other", limit=1)
                return Outcome(Status.SENT)

        post(database, {"mailbox": Slow()}, ends).deliver(NOW, "slow")
        assert statuses(database) == {"k": "sent"}
        assert ends.sent == ["k"]

    def test_a_claim_holds_until_the_last_letter_of_a_full_round_has_had_its_turn(self) -> None:
        terms = PostTerms(at_once=8)
        assert terms.hold(1) == timedelta(minutes=5)
        assert terms.hold(50) == timedelta(minutes=7)


def test_no_name_is_in_any_mail_request_or_log(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with mail_sink("250 OK", "550 5.1.1 Ottoline Brackwater has left") as mails, web_sink(200, 503) as web:
        text = f"{email_at(mails.port)}\nhook: {{kind: webhook, url: '{web.url}'}}"
        for number, channel in enumerate(["email", "email", "hook", "hook", "mailbox", "pigeon"]):
            with database.unit_of_work() as connection:
                add_account(connection, f"a{number}", channel, f"a{number}@example.test")
            add_message(database, f"k{number}", f"a{number}", "invitation", MEETING)
        with caplog.at_level(logging.DEBUG):
            done = post(database, opened(text, tmp_path), Ends()).deliver(NOW, "w")
    assert done == Delivered(sent=3, retried=1, dead=2)
    boxes = b"".join(letter.file.read_bytes() for letter in letters(tmp_path))
    captured = [*mails.raw, *(asked.body + str(asked.headers).encode() for asked in web.asked), boxes]
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name != "mail.log")  # the far side's
    captured += [str(attempts(database)).encode(), logged.encode()]
    assert len(captured) == 1 + 2 + 3
    for canary in CANARIES:
        assert all(canary.encode() not in text for text in captured)
    assert "@example.test" not in logged + str(attempts(database))


def test_many_messages_to_one_mailbox_are_all_there(database: Database, tmp_path: Path) -> None:
    for number in range(30):
        add_message(database, f"k{number}")
    assert post(database, {"mailbox": Mailbox(tmp_path)}, Ends()).deliver(NOW, "w").sent == 30
    assert len(letters(tmp_path, "owner")) == 30
    with database.unit_of_work() as connection:
        assert connection.execute(delete(MessageRow).where(MessageRow.status != "sent")).rowcount == 0
