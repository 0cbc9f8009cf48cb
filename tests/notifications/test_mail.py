"""A mail server's answer decides: taken, again later, or never; and no word of it is kept."""

import socket
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from notifications.letter import Letter, Status
from notifications.mail import Email, MailServer
from tests.support.post_office import mail_sink

LETTER = Letter(
    "7:outcome:wren",
    "wren",
    "wren@example.test",
    "M000123: a decision has been made",
    "Please read it.\n",
    datetime(2026, 3, 20, 16, 50, tzinfo=UTC),
)


def server(port: int) -> MailServer:
    return MailServer("127.0.0.1", port, "none", None, None, timeout=5)


def test_a_mail_arrives_as_it_was_written() -> None:
    with mail_sink() as sink:
        outcome = Email(server(sink.port), "mash@example.test").send(replace(LETTER, urgent=True))
    (mail,) = sink.taken
    assert outcome.status is Status.SENT
    assert (mail["From"], mail["To"], mail["Subject"]) == ("mash@example.test", LETTER.to, LETTER.subject)
    assert mail["Date"].datetime == LETTER.written
    assert mail["Importance"] == "high"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().replace("\r\n", "\n") == LETTER.body


def test_a_repeat_has_the_same_message_id_and_another_message_has_not() -> None:
    with mail_sink() as sink:
        channel = Email(server(sink.port), "mash@example.test")
        for letter in (LETTER, LETTER, replace(LETTER, key="another")):
            channel.send(letter)
    first, repeat, other = (mail["Message-ID"] for mail in sink.taken)
    assert first == repeat != other
    assert "wren" not in first


@pytest.mark.parametrize(
    ("answer", "status", "detail"),
    [
        (
            "550 5.1.1 wren@example.test: no such Ottoline Brackwater",
            Status.BOUNCED,
            "refused by the mail server: 550 5.1.1",
        ),
        ("553 Ottoline has moved", Status.BOUNCED, "refused by the mail server: 553"),
        ("451 4.7.1 greylisted, try again", Status.FAILED, "put off by the mail server: 451 4.7.1"),
        ("452 mailbox of wren@example.test is full", Status.FAILED, "put off by the mail server: 452"),
    ],
)
def test_a_refusal_for_good_bounces_and_any_other_is_tried_again(answer: str, status: Status, detail: str) -> None:
    with mail_sink(answer) as sink:
        outcome = Email(server(sink.port), "mash@example.test").send(LETTER)
    assert (outcome.status, outcome.detail) == (status, detail)
    assert sink.taken == []


def test_a_server_that_cannot_be_reached_is_tried_again() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        outcome = Email(server(closed.getsockname()[1]), "mash@example.test").send(LETTER)
    assert outcome.status is Status.FAILED
    assert outcome.detail == "the mail server cannot be reached: ConnectionRefusedError"


def test_a_server_without_encryption_gets_nothing_when_encryption_is_asked_for() -> None:
    with mail_sink() as sink:
        outcome = Email(replace(server(sink.port), security="starttls"), "mash@example.test").send(LETTER)
    assert outcome.status is Status.FAILED
    assert sink.taken == []


@pytest.mark.parametrize(
    "to", ["", "wren", "wren@", "a@b\r\nBcc: x@example.test", "Wren <wren@example.test>", "a@b, c@d"]
)
def test_what_is_no_address_bounces_before_anybody_is_asked(to: str) -> None:
    assert Email(server(1), "mash@example.test").send(replace(LETTER, to=to)).status is Status.BOUNCED


def test_a_letter_never_prints_its_address() -> None:
    assert "wren@example.test" not in repr(LETTER)
