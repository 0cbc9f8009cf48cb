"""A message that does not arrive is tried again, or a person hears that it did not."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.database import Database
from notifications.letter import Letter, Outcome, Status
from notifications.post_terms import Delivered, PostTerms
from tests.support.post_office import (
    NOW,
    Counting,
    Ends,
    add_account,
    add_message,
    attempts,
    email_at,
    mail_sink,
    opened,
    post,
    statuses,
    web_sink,
    written,
)


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
