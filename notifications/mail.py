"""Mail: how a letter looks as one, and the channel that hands it to a mail server.

It speaks SMTP itself: Apprise cannot mark a part as `method=REQUEST`, and a mail server's own words would end in its
log. The Message-ID comes from the message's key, so that a mail server or client can tell a repeat from a second mail.
"""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage, Message
from email.utils import format_datetime
from typing import Final

from notifications.calendar_invite import attach, calendar
from notifications.letter import Letter, Outcome, Status

ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
CODE: Final = re.compile(rb"^([245]\.\d{1,3}\.\d{1,3})\b")  # an enhanced status code, RFC 3463
PERMANENT: Final = 500


def compose(letter: Letter, sender: str) -> EmailMessage:
    """Write a letter as a mail, and as an invitation when it has a meeting. The same letter gives the same mail."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written)
    message["Message-ID"] = f"<{letter.fingerprint[:40]}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday reply, please
    if letter.urgent:
        message["Importance"] = "high"
    message.set_content(letter.body)
    if letter.meeting is not None:
        attach(message, letter.meeting, calendar(letter.meeting, sender, letter.to, letter.written))
    return message


def handle_of(message: Message) -> str:
    """Return by what a mail that comes back is known again: what stands before the @ of its Message-ID."""
    return str(message["Message-ID"] or "").strip().strip("<>").partition("@")[0]


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over. `security`: starttls, tls, or none (only for a server on the same machine)."""

    host: str
    port: int
    security: str
    username: str | None
    password: str | None = field(repr=False)
    timeout: float


class Email:
    """The channel `email`: one connection per letter, and an answer that says whether to try again."""

    needs_address = True

    def __init__(self, server: MailServer, sender: str, bounces: str | None = None) -> None:
        """Keep the server and the address that mail comes from, which is also the organiser of meetings.

        `bounces` is where a mail server sends back what it cannot deliver after all; without it, the sender.
        """
        self.server = server
        self.sender = sender
        self.bounces = bounces or sender

    def send(self, letter: Letter) -> Outcome:
        """Hand one letter to the mail server. A refusal for good is a bounce; anything else may be tried again."""
        if not ADDRESS.fullmatch(letter.to):
            return Outcome(Status.BOUNCED, "the account's address is not a mail address")
        message = compose(letter, self.sender)
        try:
            smtp = self._connect()
        except smtplib.SMTPResponseException as error:
            return Outcome(Status.FAILED, f"the mail server would not talk: {_code(error.smtp_code, error.smtp_error)}")
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(Status.FAILED, f"the mail server cannot be reached: {type(error).__name__}")
        try:
            return self._hand_over(smtp, message, letter.to)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()  # What was accepted stays accepted, however the goodbye goes.
            smtp.close()

    def _connect(self) -> smtplib.SMTP:
        server = self.server
        domain = self.sender.rpartition("@")[2]  # and not the name of this machine
        if server.security == "tls":
            context = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, domain, timeout=server.timeout, context=context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, domain, timeout=server.timeout)
        try:
            if server.security == "starttls":
                smtp.starttls(context=ssl.create_default_context())
            if server.username is not None:
                smtp.login(server.username, server.password or "")
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _hand_over(self, smtp: smtplib.SMTP, message: EmailMessage, to: str) -> Outcome:
        try:
            smtp.send_message(message, self.bounces, [to])
        except smtplib.SMTPRecipientsRefused as error:
            code, said = error.recipients[to]
            return _refused(code, said)
        except smtplib.SMTPSenderRefused as error:  # Ours to mend, and no fault of the address: never a bounce.
            return Outcome(
                Status.FAILED, f"the mail server refused our sender: {_code(error.smtp_code, error.smtp_error)}"
            )
        except smtplib.SMTPResponseException as error:
            return _refused(error.smtp_code, error.smtp_error)
        except smtplib.SMTPNotSupportedError:
            return Outcome(Status.BOUNCED, "the mail server cannot carry this mail")
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(Status.UNKNOWN, f"the mail server fell silent: {type(error).__name__}")
        # Should it come back after all, its Message-ID says which it was.
        return Outcome(Status.SENT, "accepted by the mail server", handle_of(message))


def _refused(code: int, said: bytes | str) -> Outcome:
    if code >= PERMANENT:
        return Outcome(Status.BOUNCED, f"refused by the mail server: {_code(code, said)}")
    return Outcome(Status.FAILED, f"put off by the mail server: {_code(code, said)}")


def _code(code: int, said: bytes | str) -> str:
    # Only the numbers are kept: the words of a mail server repeat the address, and sometimes a name.
    found = CODE.match(said if isinstance(said, bytes) else said.encode())
    return f"{code} {found[1].decode()}" if found else str(code)
