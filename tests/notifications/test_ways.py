"""By which way a message goes, and what is heard of it later: with a real mail server and a stand-in for GOV.UK Notify."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from models.database import Database
from notifications.bounced_mail import came_back
from notifications.following import Following
from notifications.letter import Fate, Receipt, Status
from notifications.post_terms import Delivered
from notifications.receipts import ask_again
from tests.support.notify_stand_in import StandIn, notify_stand_in
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
    prefer,
    receipts,
    statuses,
    written,
)

NUMBER = "07700900123"


@pytest.fixture
def notify() -> Iterator[StandIn]:
    with notify_stand_in(NOW) as running:
        yield running


@pytest.fixture
def wren(database: Database) -> str:
    """Somebody who is told by mail, unless they chose otherwise."""
    with database.unit_of_work() as connection:
        add_account(connection, "wren", "email", "wren@example.test")
    return "wren"


class TestTheWayThatWasChosen:
    def test_a_persons_own_choice_counts_before_their_agencys_and_that_before_what_was_set_up(
        self, database: Database, wren: str, notify: StandIn, tmp_path: Path
    ) -> None:
        office = post(database, {**notify.open(tmp_path), "email": Counting()}, Ends())

        def told_by() -> str:
            add_message(database, f"k{len(attempts(database))}", wren)
            office.deliver(NOW, "w")
            return attempts(database)[-1][0]

        assert told_by() == "email"
        prefer(database, "wren", account_id=None, agency_id="school", channel="letter", address="A\nB\nCV1 1AA")
        assert told_by() == "letter"
        prefer(database, wren, channel="sms", address=NUMBER)
        assert told_by() == "sms"
        prefer(database, wren)
        assert told_by() == "letter"
        prefer(database, "wren", account_id=None, agency_id="school", authority="elsewhere", channel="email")
        assert told_by() == "letter"

    def test_an_agency_that_chose_mail_writes_to_each_at_their_own_address(
        self, database: Database, wren: str, tmp_path: Path
    ) -> None:
        prefer(database, "wren", account_id=None, agency_id="school", channel="email")
        add_message(database, "k", wren)
        with mail_sink() as sink:
            post(database, opened(email_at(sink.port), tmp_path), Ends()).deliver(NOW, "w")
        assert [mail["To"] for mail in sink.taken] == ["wren@example.test"]


class TestTheOtherWay:
    def test_what_bounces_goes_the_other_way_before_anybody_is_asked_to_ring(
        self, database: Database, wren: str, notify: StandIn, tmp_path: Path
    ) -> None:
        prefer(database, wren, second_channel="sms", second_address=NUMBER)
        add_message(database, "k", wren)
        ends = Ends()
        with mail_sink("550 5.1.1 gone") as sink:
            channels = {**opened(email_at(sink.port), tmp_path), **notify.open(tmp_path)}
            office = post(database, channels, ends)
            assert office.deliver(NOW, "w") == Delivered(retried=1)
            assert office.deliver(NOW, "w") == Delivered(sent=1)
        assert [one["phone_number"] for one in notify.taken] == [NUMBER]
        assert (ends.sent, ends.dead) == (["k"], [])
        assert [one[:2] for one in attempts(database)] == [("email", "bounced"), ("sms", "sent")]

    def test_so_does_what_has_been_tried_often_enough(self, database: Database, wren: str) -> None:
        prefer(database, wren, second_channel="sms", second_address=NUMBER)
        add_message(database, "k", wren)
        sms = Counting()
        office = post(database, {"email": Counting(*[Status.FAILED] * 3), "sms": sms}, Ends())
        rounds = [office.deliver(NOW + timedelta(hours=hour), "w") for hour in range(4)]
        assert rounds == [Delivered(retried=1)] * 3 + [Delivered(sent=1)]
        assert sms.keys == ["k"]

    def test_when_that_fails_as_well_a_person_is_told_once(self, database: Database, wren: str) -> None:
        prefer(database, wren, second_channel="sms", second_address=NUMBER)
        add_message(database, "k", wren)
        ends = Ends()
        office = post(database, {"email": Counting(Status.BOUNCED), "sms": Counting(Status.BOUNCED)}, ends)
        assert [office.deliver(NOW, "w") for _ in range(3)] == [Delivered(retried=1), Delivered(dead=1), Delivered()]
        assert ends.dead == ["k"]

    @pytest.mark.parametrize(("active", "template"), [(False, "task"), (True, "no_such_words")])
    def test_what_no_way_could_carry_is_not_tried_another(
        self, database: Database, active: bool, template: str
    ) -> None:
        with database.unit_of_work() as connection:
            add_account(connection, "gone", "email", "gone@example.test", active=active)
        prefer(database, "gone", second_channel="sms", second_address=NUMBER)
        add_message(database, "k", "gone", template)
        sms = Counting()
        assert post(database, {"email": Counting(), "sms": sms}, Ends()).deliver(NOW, "w") == Delivered(dead=1)
        assert sms.keys == []

    def test_a_day_s_letter_goes_the_other_way_whole(self, database: Database, wren: str) -> None:
        prefer(database, wren, second_channel="sms", second_address=NUMBER)
        for key in "ab":
            add_message(database, key, wren, letter="")
        email, sms = Counting(Status.BOUNCED), Counting()
        office = post(database, {"email": email, "sms": sms}, Ends())
        assert [office.deliver(NOW, "w") for _ in range(2)] == [Delivered(retried=2), Delivered(sent=2)]
        assert email.keys == sms.keys == ["letter:wren:2026-03-20"]


class TestWhatIsHeardLater:
    def test_what_was_accepted_is_asked_about_until_it_is_known_to_have_arrived(
        self, database: Database, wren: str, notify: StandIn, tmp_path: Path
    ) -> None:
        prefer(database, wren, channel="sms", address=NUMBER)
        add_message(database, "k", wren)
        channels, ends = notify.open(tmp_path), Ends()
        following = Following(database, channels, receipts(database, ends))
        post(database, channels, ends).deliver(NOW, "w")

        assert following.ask(NOW) == 0
        notify.now = NOW + timedelta(minutes=1)
        assert following.ask(notify.now) == 1
        assert not following.waiting(notify.now)
        notify.says("delivered")
        notify.now = NOW + timedelta(minutes=2)
        assert following.ask(notify.now) == 1

        assert statuses(database) == {"k": "sent"}
        assert attempts(database)[-1] == ("sms", "arrived", "GOV.UK Notify says: delivered")
        assert following.ask(NOW + timedelta(days=1)) == 0
        assert len(notify.asked) == 2

    def test_a_number_that_is_no_more_bounces_later_and_a_person_is_told(
        self, database: Database, wren: str, notify: StandIn, tmp_path: Path
    ) -> None:
        prefer(database, wren, channel="sms", address=NUMBER)
        add_message(database, "k", wren)
        channels, ends = notify.open(tmp_path), Ends()
        post(database, channels, ends).deliver(NOW, "w")
        notify.says("permanent-failure")
        notify.now = NOW + timedelta(minutes=1)
        Following(database, channels, receipts(database, ends)).ask(notify.now)

        assert statuses(database) == {"k": "dead"}
        assert (ends.sent, ends.returned, ends.dead) == (["k"], ["k"], ["k"])
        assert written(database) == {"told k", "back k", "ring k"}

    def test_a_telephone_that_was_off_is_tried_again(
        self, database: Database, wren: str, notify: StandIn, tmp_path: Path
    ) -> None:
        prefer(database, wren, channel="sms", address=NUMBER)
        add_message(database, "k", wren)
        channels, ends = notify.open(tmp_path), Ends()
        office = post(database, channels, ends)
        office.deliver(NOW, "w")
        notify.says("temporary-failure")
        notify.now = NOW + timedelta(minutes=1)
        Following(database, channels, receipts(database, ends)).ask(notify.now)
        assert statuses(database) == {"k": "pending"}

        notify.now = NOW + timedelta(minutes=2)
        assert office.deliver(notify.now, "w") == Delivered(sent=1)
        assert len(notify.taken) == 2

    def test_notify_being_away_is_asked_again_later(
        self, database: Database, wren: str, notify: StandIn, tmp_path: Path
    ) -> None:
        prefer(database, wren, channel="sms", address=NUMBER)
        add_message(database, "k", wren)
        channels, ends = notify.open(tmp_path), Ends()
        following = Following(database, channels, receipts(database, ends))
        post(database, channels, ends).deliver(NOW, "w")
        notify.now = NOW + timedelta(days=1)  # the token is of another day: Notify refuses it
        channels["sms"].now = lambda: NOW
        assert following.ask(notify.now) == 1
        assert statuses(database) == {"k": "sent"}
        assert following.waiting(notify.now + timedelta(hours=6))

    def test_a_mail_that_comes_back_after_it_was_taken_goes_the_other_way(
        self, database: Database, wren: str, tmp_path: Path
    ) -> None:
        prefer(database, wren, second_channel="sms", second_address=NUMBER)
        add_message(database, "k", wren)
        sms, ends = Counting(), Ends()
        with mail_sink() as sink:
            office = post(database, {**opened(email_at(sink.port), tmp_path), "sms": sms}, ends)
            office.deliver(NOW, "w")
            heard = came_back(sink.taken[0]["Message-ID"])
            assert [receipts(database, ends).take(heard, NOW) for _ in range(2)] == [1, 0]
            assert office.deliver(NOW, "w") == Delivered(sent=1)
        assert sms.keys == ["k"]
        assert (ends.returned, ends.dead) == (["k"], [])

    def test_what_is_heard_twice_or_too_late_is_no_news(self, database: Database, wren: str) -> None:
        add_message(database, "k", wren)
        ends = Ends()
        taken = receipts(database, ends)
        with mail_sink() as sink:
            post(database, opened(email_at(sink.port), Path()), ends).deliver(NOW, "w")
            heard = came_back(sink.taken[0]["Message-ID"])
        arrived = Receipt(heard.handle, Fate.ARRIVED)
        assert [taken.take(one, NOW) for one in (arrived, arrived, heard, heard, arrived)] == [1, 0, 1, 0, 0]
        assert taken.take(came_back("somebody-elses"), NOW) == 0
        assert ends.dead == ["k"]

    def test_it_is_asked_ever_more_seldom_and_at_last_no_more(self) -> None:
        at, times = NOW + timedelta(minutes=1), 0
        while at is not None:
            last, times = at, times + 1
            at = ask_again(NOW, at)
        assert times < 50
        assert last >= NOW + timedelta(days=6)


def test_a_mail_says_where_it_is_to_come_back_to(database: Database, wren: str, tmp_path: Path) -> None:
    add_message(database, "k", wren)
    with mail_sink() as sink:
        text = email_at(sink.port).replace("}", ", bounces: bounces@example.test}")
        post(database, opened(text, tmp_path), Ends()).deliver(NOW, "w")
    assert sink.senders == ["bounces@example.test"]
    assert sink.taken[0]["From"] == "mash@example.test"
