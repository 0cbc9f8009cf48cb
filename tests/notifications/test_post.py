"""Every message arrives once, whole and without a name in it: with real servers."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, event

from models.database import Database
from models.tables.post import MessageRow
from notifications.mailbox import Mailbox, letters
from notifications.post_terms import Delivered
from tests.support.post_office import (
    CANARIES,
    MEETING,
    NOW,
    SITE,
    Counting,
    Ends,
    add_account,
    add_message,
    attempts,
    email_at,
    mail_sink,
    open_post_office,
    opened,
    post,
    statuses,
    web_sink,
    written,
)


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
