"""Strategy discussions in people's calendars: a mail that a mail client recognises as an invitation, by RFC 5545 and 6047.

The entry holds the reference and the link, mail addresses and no names. The text is written by hand, because a dozen
lines of a fixed shape need no library; the tests read it back with one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any, Final, Self

FOLD_AT: Final = 75  # octets to a line, RFC 5545 section 3.1
STATUS_OF: Final = {"REQUEST": "CONFIRMED", "CANCEL": "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as a calendar needs it. `uid` stays the same for its whole life; `sequence` grows with every change."""

    uid: str
    sequence: int
    starts: datetime
    minutes: int
    method: str
    reference: str
    link: str

    @classmethod
    def of(cls, args: Mapping[str, Any], link: str) -> Self | None:
        """Read the meeting of a message's `args`; None when it has none or its time is not fixed."""
        said = args.get("meeting")
        if not said or not said.get("starts"):
            return None
        return cls(
            uid=said["uid"],
            sequence=int(said.get("sequence", 0)),
            starts=datetime.fromisoformat(said["starts"]),
            minutes=int(said.get("minutes", 60)),
            method=said.get("method", "REQUEST"),
            reference=args["reference"],
            link=link,
        )


def calendar(meeting: Meeting, organizer: str, attendee: str, written: datetime) -> str:
    """Write the calendar object for one attendee. `organizer` and `attendee` are mail addresses."""
    request = meeting.method == "REQUEST"
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//mash//strategy discussions//EN",
        "CALSCALE:GREGORIAN",
        f"METHOD:{meeting.method}",
        "BEGIN:VEVENT",
        f"UID:{_text(meeting.uid)}@{organizer.rpartition('@')[2]}",
        f"SEQUENCE:{meeting.sequence}",
        f"DTSTAMP:{_utc(written)}",
        f"DTSTART:{_utc(meeting.starts)}",
        f"DTEND:{_utc(meeting.starts + timedelta(minutes=meeting.minutes))}",
        f"SUMMARY:Strategy discussion {_text(meeting.reference)}",
        f"DESCRIPTION:{_text(f'Sign in to reply: {meeting.link}')}",
        f"URL:{meeting.link}",
        f"STATUS:{STATUS_OF[meeting.method]}",
        "CLASS:PRIVATE",
        "TRANSP:OPAQUE" if request else "TRANSP:TRANSPARENT",
        f"ORGANIZER:mailto:{organizer}",
        f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP={'TRUE' if request else 'FALSE'}:mailto:{attendee}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{part}\r\n" for part in _folded(lines))


def attach(message: EmailMessage, meeting: Meeting, text: str) -> None:
    """Turn a plain mail into an invitation: the calendar object beside the text, and once more as a file."""
    message.add_alternative(text, subtype="calendar", params={"method": meeting.method})
    message.add_attachment(text.encode(), maintype="application", subtype="ics", filename="invite.ics")


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        value = value.replace(plain, escaped)
    return value


def _folded(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        rest = line
        room = FOLD_AT
        while len(rest.encode()) > room:
            cut = len(rest.encode()[:room].decode(errors="ignore"))
            yield rest[:cut] if room == FOLD_AT else f" {rest[:cut]}"
            rest, room = rest[cut:], FOLD_AT - 1  # what follows starts with a space
        yield rest if room == FOLD_AT else f" {rest}"
