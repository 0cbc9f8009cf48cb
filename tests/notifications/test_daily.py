"""One letter a day for each person, with everything that is not urgent, and nothing of it lost or sent under two keys."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Connection, select

from models.database import Database
from models.tables.post import MessageRow
from notifications.letter import Letter, Outcome, Status
from notifications.mailbox import Mailbox, letters
from notifications.post import Post
from notifications.post_terms import Delivered, PostTerms
from notifications.templates import TEMPLATES, Urgency
from tests.support.post_office import (
    CANARIES,
    NOW,
    SITE,
    add_account,
    add_message,
    attempts,
    open_post_office,
    statuses,
)
from workflow.daily_letter import CAN_WAIT

TERMS = PostTerms(attempts=3)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with one referral and no messages."""
    opened = open_post_office(database_url)
    yield opened
    opened.dispose()


class Keeping:
    """A channel of this test's own: keeps what came, and answers as it is told to."""

    needs_address = False

    def __init__(self, *answers: Status) -> None:
        self.answers = list(answers)
        self.came: list[Letter] = []

    def send(self, letter: Letter) -> Outcome:
        self.came.append(letter)
        return Outcome(self.answers.pop(0) if self.answers else Status.SENT, "as told")


def nothing(_connection: Connection, _message: Mapping[str, Any], _now: datetime) -> None:
    """Do nothing at the end of a message's way."""


def office(database: Database, channel: Any, *, on_sent: Any = nothing, on_dead: Any = nothing) -> Post:
    return Post(database, {"mailbox": channel}, SITE, on_sent=on_sent, on_dead=on_dead, terms=TERMS)


def hold(database: Database, *keys: str, account: str = "owner", template: str = "task") -> None:
    for key in keys:
        add_message(database, key, account, template, letter="")


def test_what_waits_for_one_person_is_one_letter_and_every_message_has_its_own_end(database: Database) -> None:
    hold(database, "a", "b")
    hold(database, "c", template="view_wanted")
    channel, told = Keeping(), list[str]()

    done = office(database, channel, on_sent=lambda _c, message, _n: told.append(message["key"])).deliver(NOW, "w")

    (letter,) = channel.came
    assert letter.key == "letter:owner:2026-03-20"
    assert done == Delivered(sent=3)
    assert statuses(database) == dict.fromkeys("abc", "sent")
    assert sorted(told) == ["a", "b", "c"]
    assert len(attempts(database)) == 3


def test_the_letter_lists_references_and_links_with_what_is_wanted_and_by_when(database: Database) -> None:
    hold(database, "a", "b")
    add_message(database, "c", template="sign_off_wanted", letter="", due="2026-03-21T17:00:00+00:00")
    channel = Keeping()

    office(database, channel).deliver(NOW, "w")

    (letter,) = channel.came
    assert letter.subject == "M000001: your letter of the day"
    assert f"M000001: {SITE}/referrals/M000001\n" in letter.body
    first, second = (line for line in letter.body.splitlines() if line.startswith("- "))
    assert first == "- your signature is wanted by 5pm on Saturday 21 March"
    assert second == "- something for you to do by 5pm on Monday 23 March (2 times)"
    assert not letter.urgent
    assert not any(name in letter.subject + letter.body for name in CANARIES)


def test_each_person_has_a_letter_of_their_own_and_what_is_urgent_goes_beside_it(database: Database) -> None:
    with database.unit_of_work() as connection:
        add_account(connection, "wren")
    hold(database, "a", "b")
    hold(database, "c", account="wren")
    add_message(database, "d", template="invitation")
    channel = Keeping()

    office(database, channel).deliver(NOW, "w")

    assert sorted(letter.key for letter in channel.came) == ["d", "letter:owner:2026-03-20", "letter:wren:2026-03-20"]


def test_after_days_without_a_post_there_is_still_one_letter(database: Database) -> None:
    hold(database, "a", "b")
    channel = Keeping()

    office(database, channel).deliver(NOW + timedelta(days=3), "w")

    assert [letter.key for letter in channel.came] == ["letter:owner:2026-03-23"]


def test_a_letter_is_tried_again_as_the_same_letter_and_what_came_since_is_in_another(database: Database) -> None:
    hold(database, "a", "b")
    channel = Keeping(Status.FAILED)
    post = office(database, channel)

    assert post.deliver(NOW, "w") == Delivered(retried=2)
    hold(database, "late")
    assert post.deliver(NOW + timedelta(minutes=1), "w") == Delivered(sent=3)

    first, *again = channel.came
    same = next(letter for letter in again if letter.key == first.key)
    other = next(letter for letter in again if letter.key != first.key)
    assert (same.body, same.subject) == (first.body, first.subject)
    assert other.key.startswith("letter:owner:2026-03-20:")


def test_what_comes_too_late_for_the_letter_is_not_taken_for_a_repeat(database: Database, tmp_path: Path) -> None:
    post = office(database, Mailbox(tmp_path))
    hold(database, "a")
    post.deliver(NOW, "w")
    hold(database, "late", template="view_wanted")

    post.deliver(NOW, "w")

    assert len(letters(tmp_path, "owner")) == 2
    assert "your view is wanted" in letters(tmp_path, "owner")[0].body + letters(tmp_path, "owner")[1].body


def test_a_worker_that_died_after_sending_makes_no_second_letter(database: Database, tmp_path: Path) -> None:
    hold(database, "a", "b")

    def dies(*_given: Any) -> None:
        raise RuntimeError("gone")

    with pytest.raises(ExceptionGroup):
        office(database, Mailbox(tmp_path), on_sent=dies).deliver(NOW, "dies")
    assert set(statuses(database).values()) == {"sending"}

    assert office(database, Mailbox(tmp_path)).deliver(NOW + timedelta(minutes=5), "w") == Delivered(sent=2)
    assert len(letters(tmp_path, "owner")) == 1


def test_one_message_whose_end_fails_holds_up_no_other_of_the_letter(database: Database, tmp_path: Path) -> None:
    hold(database, "bad", "good")

    def fails(_connection: Connection, message: Mapping[str, Any], _now: datetime) -> None:
        if message["key"] == "bad":
            raise RuntimeError("the engine could not")

    with pytest.raises(ExceptionGroup):
        office(database, Mailbox(tmp_path), on_sent=fails).deliver(NOW, "w")

    assert statuses(database) == {"bad": "sending", "good": "sent"}
    assert office(database, Mailbox(tmp_path)).deliver(NOW + timedelta(minutes=5), "w") == Delivered(sent=1)
    assert len(letters(tmp_path, "owner")) == 1


def test_a_letter_that_bounces_tells_a_person_of_each_of_its_messages(database: Database) -> None:
    hold(database, "a", "b")
    dead: list[str] = []
    post = office(database, Keeping(Status.BOUNCED), on_dead=lambda _c, message, _n: dead.append(message["key"]))

    assert post.deliver(NOW, "w") == Delivered(dead=2)
    assert sorted(dead) == ["a", "b"]


def test_a_message_without_words_is_dead_and_the_letter_goes(database: Database) -> None:
    hold(database, "a")
    hold(database, "b", template="no_such_words")
    channel = Keeping()

    assert office(database, channel).deliver(NOW, "w") == Delivered(sent=1, dead=1)
    assert statuses(database) == {"a": "sent", "b": "dead"}


def test_workers_that_race_make_one_letter_of_what_waits_for_one_person(database: Database) -> None:
    people = [f"p{number}" for number in range(8)]
    with database.unit_of_work() as connection:
        for person in people:
            add_account(connection, person)
    for person in people:
        hold(database, *(f"{person}:{number}" for number in range(6)), account=person)
    channel, start = Keeping(), Barrier(3)

    def work(worker: str) -> None:
        own = Database(database.url)
        start.wait()
        while set(statuses(own).values()) & {"pending"}:
            office(own, channel).deliver(NOW, worker, limit=7)
        own.dispose()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, ["one", "two", "three"]))

    assert set(statuses(database).values()) == {"sent"}
    assert sorted(letter.key for letter in channel.came) == [f"letter:{person}:2026-03-20" for person in people]


def test_a_round_takes_whole_letters(database: Database) -> None:
    hold(database, *"abcdefgh")
    assert office(database, Keeping()).deliver(NOW, "w", limit=3) == Delivered(sent=8)


def test_before_its_hour_nothing_of_the_letter_is_sent(database: Database) -> None:
    hold(database, "a")
    assert office(database, Keeping()).deliver(NOW - timedelta(seconds=1), "w") == Delivered()
    with database.reading() as connection:
        assert connection.execute(select(MessageRow.letter)).scalar_one() == ""


def test_what_may_wait_and_what_is_said_to_be_no_hurry_are_the_same() -> None:
    assert {code for code, one in TEMPLATES.items() if one.urgency is Urgency.DIGEST} == CAN_WAIT


@pytest.mark.parametrize(
    "code",
    [
        "acknowledged",
        "outcome",
        "invitation",
        "invitation_changed",
        "invitation_cancelled",
        "clock_breached",
        "clock_climbed",
        "challenge_raised",
        "challenge_climbed",
        "challenge_settled",
        "undelivered",
    ],
)
def test_what_people_were_promised_at_once_never_waits(code: str) -> None:
    assert code not in CAN_WAIT
