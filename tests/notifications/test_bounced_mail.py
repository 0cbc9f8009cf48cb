"""A mail server's report on a mail that it had taken is understood, and nothing else is taken for one."""

from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText

import pytest

from notifications.bounced_mail import NoReportError, came_back, read_report
from notifications.letter import Fate, Letter, Receipt
from notifications.mail import compose, handle_of
from tests.support.post_office import NOW

LETTER = Letter("k", "wren", "wren@example.test", "M000001: decided", "Please read it.\n", NOW)
MAIL = compose(LETTER, "mash@example.test")
HANDLE = LETTER.fingerprint[:40]


def report(action: str = "failed", status: str = "5.1.1", *, whole: bool = True, about: EmailMessage = MAIL) -> bytes:
    """Write a report as mail servers do (RFC 3464)."""
    found = MIMEMultipart("report", report_type="delivery-status")
    found.attach(MIMEText("I'm sorry to have to inform you that your message could not be delivered."))
    blocks = MIMENonMultipart("message", "delivery-status")
    server, recipient = Message(), Message()
    server["Reporting-MTA"] = "dns; mail.example.test"
    recipient["Final-Recipient"] = "rfc822; wren@example.test"
    recipient["Action"], recipient["Status"] = action, status
    recipient["Diagnostic-Code"] = "smtp; 550 5.1.1 Ottoline Brackwater has left"
    blocks.set_payload([server, recipient])
    found.attach(blocks)
    if whole:
        found.attach(MIMEMessage(about))
    else:
        headers = MIMENonMultipart("text", "rfc822-headers")
        headers.set_payload("".join(f"{name}: {value}\n" for name, value in about.items()))
        found.attach(headers)
    return found.as_bytes()


@pytest.mark.parametrize("whole", [True, False])
def test_a_report_says_which_mail_came_back_and_no_word_of_the_server_is_kept(whole: bool) -> None:
    assert read_report(report(whole=whole)) == Receipt(HANDLE, Fate.BOUNCED, "the mail server reports: failed 5.1.1")
    assert handle_of(MAIL) == HANDLE


@pytest.mark.parametrize(
    ("action", "status", "fate"),
    [
        ("failed", "5.2.2", Fate.BOUNCED),
        ("Failed", "", Fate.BOUNCED),
        ("failed", "4.4.7", Fate.FAILED),
        ("delivered", "2.0.0", Fate.ARRIVED),
        ("relayed", "2.0.0", Fate.ARRIVED),
    ],
)
def test_what_became_of_it_is_understood(action: str, status: str, fate: Fate) -> None:
    found = read_report(report(action, status))
    assert found is not None
    assert found.fate is fate


def test_a_mail_that_is_late_is_still_on_its_way() -> None:
    assert read_report(report("delayed", "4.4.1")) is None


def test_whoever_reads_the_mail_servers_log_may_say_it_by_the_message_id() -> None:
    for written in (HANDLE, f"<{HANDLE}@example.test>", f" {HANDLE}@example.test\n"):
        assert (came_back(written).handle, came_back(written).fate) == (HANDLE, Fate.BOUNCED)


@pytest.mark.parametrize(
    "raw", [b"", b"Subject: I am on holiday\n\nBack on Monday.\n", bytes(MAIL), b"\xff\xfe\x00", report("odd")]
)
def test_what_is_no_report_is_refused(raw: bytes) -> None:
    with pytest.raises(NoReportError):
        read_report(raw)


def test_a_report_on_somebody_elses_mail_without_an_id_is_refused() -> None:
    about = EmailMessage()
    about["Subject"] = "hello"
    with pytest.raises(NoReportError):
        read_report(report(about=about))
