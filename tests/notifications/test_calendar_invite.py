"""An invitation is one that a mail client recognises, and a calendar keeps as one entry through every change."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from icalendar import Calendar, Event

from notifications.calendar_invite import Meeting, calendar
from notifications.letter import Letter
from notifications.mail import compose

WRITTEN = datetime(2026, 3, 20, 16, 50, tzinfo=UTC)
SENDER = "mash@example.test"
LONG = "somebody.with.a.very.long.address.of.their.own@a-very-long-department.example.test"
MEETING = Meeting(
    uid="strategy-123-7",
    sequence=0,
    starts=datetime(2026, 7, 3, 14, 0, tzinfo=UTC),
    minutes=90,
    method="REQUEST",
    reference="M000123",
    link="https://mash.example.test/referrals/M000123",
)


def mail(meeting: Meeting | None = MEETING, to: str = LONG) -> EmailMessage:
    letter = Letter("key", "account", to, "M000123: strategy discussion", "Please come.\n", WRITTEN, True, meeting)
    return message_from_bytes(bytes(compose(letter, SENDER)), _class=EmailMessage, policy=policy.default)


def entry(meeting: Meeting) -> tuple[Calendar, Event]:
    read = Calendar.from_ical(calendar(meeting, SENDER, LONG, WRITTEN))
    assert isinstance(read, Calendar)
    (event,) = read.walk("VEVENT")
    assert isinstance(event, Event)
    return read, event


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_a_mail_client_finds_the_invitation_beside_the_text_and_as_a_file(method: str) -> None:
    message = mail(replace(MEETING, method=method))
    alternative, file = message.iter_parts()
    text, invite = alternative.iter_parts()
    assert alternative.get_content_type() == "multipart/alternative"
    assert text.get_content() == "Please come.\n"
    assert invite.get_content_type() == "text/calendar"
    assert invite["Content-Type"].params["method"] == method
    assert file.get_filename() == "invite.ics"
    assert file.get_content().decode().replace("\r\n", "\n") == invite.get_content().replace("\r\n", "\n")


def test_a_letter_without_a_meeting_is_plain_text() -> None:
    assert mail(None).get_content_type() == "text/plain"


def test_the_entry_says_when_and_of_what_reference_and_no_more() -> None:
    read, event = entry(MEETING)
    assert read["METHOD"] == "REQUEST"
    assert event["SUMMARY"] == "Strategy discussion M000123"
    assert event["UID"] == "strategy-123-7@example.test"
    assert event.start == MEETING.starts
    assert event.end == datetime(2026, 7, 3, 15, 30, tzinfo=UTC)
    assert event["CLASS"] == "PRIVATE"
    assert event["STATUS"] == "CONFIRMED"
    assert event["DESCRIPTION"] == f"Sign in to reply: {MEETING.link}"


def test_people_are_in_it_by_address_only() -> None:
    _, event = entry(MEETING)
    assert event["ORGANIZER"] == f"mailto:{SENDER}"
    assert event["ATTENDEE"] == f"mailto:{LONG}"
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert "CN" not in event["ATTENDEE"].params
    assert "CN" not in event["ORGANIZER"].params


def test_a_change_is_the_same_entry_with_a_higher_sequence() -> None:
    _, first = entry(MEETING)
    _, second = entry(replace(MEETING, sequence=1, starts=datetime(2026, 7, 3, 16, 0, tzinfo=UTC)))
    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)


def test_a_cancellation_takes_the_entry_out() -> None:
    read, event = entry(replace(MEETING, method="CANCEL", sequence=2))
    assert read["METHOD"] == "CANCEL"
    assert event["STATUS"] == "CANCELLED"
    assert event["UID"] == "strategy-123-7@example.test"


def test_lines_are_folded_as_the_standard_asks() -> None:
    lines = calendar(MEETING, SENDER, LONG, WRITTEN).split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert any(line.startswith(" ") for line in lines)


def test_summer_time_is_written_as_universal_time() -> None:
    local = datetime.fromisoformat("2026-07-03T15:00:00+01:00")
    assert "DTSTART:20260703T140000Z" in calendar(replace(MEETING, starts=local), SENDER, LONG, WRITTEN)


@pytest.mark.parametrize("meeting", [None, {}, {"uid": "u", "starts": None}])
def test_a_meeting_without_a_time_is_no_entry(meeting: dict[str, object] | None) -> None:
    assert Meeting.of({"reference": "M000123", "meeting": meeting}, "https://x") is None
