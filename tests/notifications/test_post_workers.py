"""Workers that die and workers that race: no message is lost, and none is sent twice."""

import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Connection

from models.database import Database
from notifications.letter import Letter, Outcome, Status
from notifications.mailbox import letters
from notifications.post import Post
from notifications.post_terms import Delivered, PostTerms
from tests.support.post_office import (
    NOW,
    SITE,
    TERMS,
    Counting,
    Ends,
    add_message,
    attempts,
    opened,
    post,
    statuses,
    written,
)


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
