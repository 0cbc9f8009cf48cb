"""GOV.UK Notify by mail, text message and post: against a stand-in that checks what it is asked as Notify does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from notifications.govuk_notify import LONGEST_TEXT, lines_of, phone_of, receipt_of, short_text
from notifications.letter import Fate, Letter, Outcome, Receipt, Status
from tests.support.notify_stand_in import SERVICE, StandIn, notify_stand_in

NOW = datetime(2026, 3, 20, 16, 50, tzinfo=UTC)
LINK = "https://mash.example.test/referrals/M000123"
LETTER = Letter("7:k:wren", "wren", "", "M000123: decided", "Please read it.\n", NOW, code="outcome", link=LINK)
HILLSIDE = "Hillside School\n1 Hill Road\nCoventry\n cv1  1aa "


@pytest.fixture
def notify() -> Iterator[StandIn]:
    with notify_stand_in(NOW) as running:
        yield running


def sent(notify: StandIn, home: Path, channel: str, to: str, letter: Letter = LETTER) -> Outcome:
    outcome: Outcome = notify.open(home)[channel].send(replace(letter, to=to))
    return outcome


def test_a_mail_has_the_subject_the_words_and_its_own_reference(notify: StandIn, tmp_path: Path) -> None:
    outcome = sent(notify, tmp_path, "notify", "wren@example.test")
    (taken,) = notify.taken
    assert (outcome.status, outcome.handle) == (Status.SENT, taken["id"])
    assert taken["email_address"] == "wren@example.test"
    assert taken["personalisation"] == {"subject": LETTER.subject, "body": LETTER.body}
    assert taken["reference"] == LETTER.fingerprint
    assert notify.tokens == [{"iss": SERVICE, "iat": int(NOW.timestamp())}]


def test_a_text_message_has_the_reference_and_the_link_and_nothing_more(notify: StandIn, tmp_path: Path) -> None:
    assert sent(notify, tmp_path, "sms", "07700 900-123").status is Status.SENT
    (taken,) = notify.taken
    assert taken["phone_number"] == "07700900123"
    assert taken["personalisation"] == {"body": f"M000123: decided. Sign in: {LINK}"}


def test_a_letter_on_paper_has_its_address_line_by_line(notify: StandIn, tmp_path: Path) -> None:
    assert sent(notify, tmp_path, "letter", HILLSIDE).status is Status.SENT
    (taken,) = notify.taken
    lines = {"address_line_1": "Hillside School", "address_line_2": "1 Hill Road"}
    rest = {"address_line_3": "Coventry", "address_line_4": "CV1 1AA"}
    assert taken["personalisation"] == {**lines, **rest, "subject": LETTER.subject, "body": LETTER.body}


def test_a_message_may_have_a_template_of_its_own(notify: StandIn, tmp_path: Path) -> None:
    from notifications.channel_settings import read_channels
    from notifications.channels import open_channels

    text = notify.channels(", templates: {outcome: own-template}")
    channels = open_channels(read_channels(text), tmp_path, lambda: NOW)
    for code in ("outcome", "task"):
        channels["sms"].send(replace(LETTER, to="07700900123", code=code))
    assert [one["template_id"] for one in notify.taken] == ["own-template", "sms-template"]


@pytest.mark.parametrize(
    ("channel", "to"),
    [
        ("notify", "no address"),
        ("sms", "wren@example.test"),
        ("sms", "12345"),
        ("letter", "Hillside School"),
        ("letter", "Hillside School\n1 Hill Road\nCoventry"),
        ("letter", "\n".join([*"abcdefg", "CV1 1AA"])),
    ],
)
def test_what_is_no_such_address_is_not_even_asked(notify: StandIn, tmp_path: Path, channel: str, to: str) -> None:
    assert sent(notify, tmp_path, channel, to).status is Status.BOUNCED
    assert notify.tokens == []


def test_a_number_that_notify_refuses_bounces_and_none_of_its_words_are_kept(notify: StandIn, tmp_path: Path) -> None:
    outcome = sent(notify, tmp_path, "sms", "02476 123456")
    assert outcome == Outcome(Status.BOUNCED, "GOV.UK Notify says that this is no such address")


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_what_is_no_fault_of_the_address_is_tried_again(notify: StandIn, tmp_path: Path, status: int) -> None:
    notify.refuses = [(status, "not now")]
    assert [sent(notify, tmp_path, "sms", "07700900123").status for _ in range(2)] == [Status.FAILED, Status.SENT]


def test_a_clock_that_is_wrong_is_no_bounce(notify: StandIn, tmp_path: Path) -> None:
    channel = notify.open(tmp_path)["sms"]
    notify.now += timedelta(0)
    channel.now = lambda: NOW - timedelta(minutes=5)
    assert channel.send(replace(LETTER, to="07700900123")).status is Status.FAILED
    assert notify.taken == []


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        ("created", None),
        ("sending", None),
        ("pending", None),
        ("accepted", None),
        ("delivered", Fate.ARRIVED),
        ("sent", Fate.ARRIVED),
        ("received", Fate.ARRIVED),
        ("permanent-failure", Fate.BOUNCED),
        ("temporary-failure", Fate.FAILED),
        ("technical-failure", Fate.FAILED),
    ],
)
def test_what_became_of_it_is_asked_and_understood(
    notify: StandIn, tmp_path: Path, status: str, fate: Fate | None
) -> None:
    outcome = sent(notify, tmp_path, "sms", "07700900123")
    notify.says(status)
    expected = None if fate is None else Receipt(outcome.handle, fate, f"GOV.UK Notify says: {status}")
    assert notify.open(tmp_path)["sms"].fate(outcome.handle) == expected
    assert receipt_of(notify.callback()) == expected


def test_of_what_notify_does_not_know_nothing_is_heard(notify: StandIn, tmp_path: Path) -> None:
    assert notify.open(tmp_path)["sms"].fate("another") is None
    assert receipt_of({"status": "delivered"}) is None


@pytest.mark.parametrize("length", [0, 50, 200, 400])
def test_a_text_message_is_short_however_long_its_subject_and_keeps_its_link(length: int) -> None:
    said = short_text(replace(LETTER, subject="M000123: " + "x" * length))
    assert len(said) <= LONGEST_TEXT
    assert said.startswith("M000123:")
    assert said.endswith(f" {LINK}")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("07700 900123", "07700900123"),
        ("+44 (7700) 900-123", "+447700900123"),
        ("0770090012", "0770090012"),
        ("call me", None),
        ("077009", None),
        ("07700900123 ext 4", None),
    ],
)
def test_a_telephone_number_is_read_however_it_is_spaced(written: str, read: str | None) -> None:
    assert phone_of(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (HILLSIDE, ("Hillside School", "1 Hill Road", "Coventry", "CV1 1AA")),
        ("A\nB\nSW1A 1AA", ("A", "B", "SW1A 1AA")),
        ("A\nSW1A 1AA", None),
        ("A\nB\nC", None),
        ("", None),
    ],
)
def test_a_postal_address_has_three_to_seven_lines_and_a_postcode(written: str, read: tuple[str, ...] | None) -> None:
    assert lines_of(written) == read
