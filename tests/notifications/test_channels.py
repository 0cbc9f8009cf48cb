"""Teams, webhooks and GOV.UK Notify: what goes over the wire, what an answer means, and what no log may hold."""

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from notifications.channel_settings import ChannelsError, read_channels
from notifications.channels import open_channels
from notifications.letter import Channel, Letter, Status
from notifications.mail import Email
from notifications.mailbox import Mailbox
from tests.support.post_office import CANARIES, WebSink, web_sink

NOW = datetime(2026, 3, 20, 16, 50, tzinfo=UTC)
SERVICE, SECRET = "6d4e2f10-0000-4000-8000-000000000001", "6d4e2f10-0000-4000-8000-000000000002"
LETTER = Letter("7:outcome:wren", "wren", "wren@example.test", "M000123: decided", "Please read it.\n", NOW)


def opened(text: str, home: Path, name: str) -> Channel:
    return open_channels(read_channels(text), home, lambda: NOW)[name]


def webhook(sink: WebSink, home: Path, more: str = "") -> Channel:
    return opened(f"hook: {{kind: webhook, url: '{sink.url}/take/in?v=2'{more}}}", home, "hook")


def notify(sink: WebSink, home: Path, more: str = "") -> Channel:
    return opened(
        f"notify: {{kind: notify, key: mash-{SERVICE}-{SECRET}, template: tpl, base_url: '{sink.url}'{more}}}",
        home,
        "notify",
    )


def test_without_a_set_up_all_goes_to_the_mailbox(tmp_path: Path) -> None:
    channels = open_channels(read_channels(None), tmp_path, lambda: NOW)
    assert isinstance(channels["mailbox"], Mailbox)
    assert isinstance(channels["email"], Mailbox)
    assert not channels["mailbox"].needs_address
    assert channels["email"].needs_address


def test_mail_goes_to_the_mail_server_that_was_set_up(tmp_path: Path) -> None:
    email = opened("email: {kind: email, host: smtp.example.test, sender: mash@example.test}", tmp_path, "email")
    assert isinstance(email, Email)
    assert (email.server.host, email.server.port, email.server.security) == ("smtp.example.test", 587, "starttls")


def test_a_webhook_gets_the_message_and_a_key_by_which_it_knows_a_repeat(tmp_path: Path) -> None:
    with web_sink() as sink:
        channel = webhook(sink, tmp_path, ", token: s3cret")
        assert [channel.send(LETTER).status for _ in range(2)] == [Status.SENT] * 2
    first, repeat = sink.asked
    assert first.path == "/take/in?v=2"
    assert first.json["title"] == LETTER.subject
    assert first.json["message"].strip() == LETTER.body.strip()
    assert first.json["to"] == LETTER.to
    assert first.headers["authorization"] == "Bearer s3cret"
    assert first.headers["idempotency-key"] == repeat.headers["idempotency-key"] == LETTER.fingerprint


@pytest.mark.parametrize("status", [400, 404, 429, 500, 503])
def test_a_webhook_that_refuses_is_tried_again(tmp_path: Path, status: int) -> None:
    with web_sink(status) as sink:
        assert webhook(sink, tmp_path).send(LETTER).status is Status.FAILED
    assert len(sink.asked) == 1


def test_a_slow_webhook_is_not_waited_for(tmp_path: Path) -> None:
    with web_sink(slow=0.5) as sink:
        assert webhook(sink, tmp_path, ", timeout: 0.1").send(LETTER).status is Status.FAILED


@pytest.mark.parametrize("make", [webhook, notify])
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_does_not_carry_the_message_elsewhere(tmp_path: Path, make: object, status: int) -> None:
    assert callable(make)
    with web_sink() as elsewhere, web_sink(status, sends_to=f"{elsewhere.url}/there") as sink:
        assert make(sink, tmp_path).send(LETTER).status is Status.FAILED
    assert elsewhere.asked == []


def test_notify_is_asked_with_a_token_and_the_key_is_nowhere_in_it(tmp_path: Path) -> None:
    with web_sink(201) as sink:
        assert notify(sink, tmp_path).send(LETTER).status is Status.SENT
    (asked,) = sink.asked
    assert asked.path == "/v2/notifications/email"
    assert asked.json == {
        "email_address": LETTER.to,
        "template_id": "tpl",
        "personalisation": {"subject": LETTER.subject, "body": asked.json["personalisation"]["body"]},
        "reference": LETTER.fingerprint,
    }
    assert asked.json["personalisation"]["body"].strip() == LETTER.body.strip()
    scheme, token = asked.headers["authorization"].split()
    claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_iat": False})
    assert (scheme, claims) == ("Bearer", {"iss": SERVICE, "iat": int(NOW.timestamp())})
    assert SECRET.encode() not in asked.body + str(asked.headers).encode()


@pytest.mark.parametrize(
    ("status", "says", "outcome"),
    [
        (400, b'{"errors": [{"message": "email_address Not a valid email address"}]}', Status.BOUNCED),
        (400, b'{"errors": [{"message": "template_id is not a valid UUID"}]}', Status.FAILED),
        (403, b'{"errors": [{"message": "Error: Your system clock must be accurate"}]}', Status.FAILED),
        (429, b"{}", Status.FAILED),
        (503, b"{}", Status.FAILED),
    ],
)
def test_notify_is_understood(tmp_path: Path, status: int, says: bytes, outcome: Status) -> None:
    with web_sink(status, says=says) as sink:
        got = notify(sink, tmp_path).send(LETTER)
    assert got.status is outcome
    assert says.decode() not in got.detail


def test_notify_that_falls_silent_may_have_taken_it(tmp_path: Path) -> None:
    with web_sink(slow=0.5) as sink:
        assert notify(sink, tmp_path, ", timeout: 0.1").send(LETTER).status is Status.UNKNOWN


def test_notify_that_is_not_there_has_not_taken_it(tmp_path: Path) -> None:
    with web_sink() as sink:
        channel = notify(sink, tmp_path)
    assert channel.send(LETTER).status is Status.FAILED


@contextmanager
def trusted_teams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WebSink]:
    """Run a web service that speaks TLS with a certificate that this test alone trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    day = timedelta(days=1)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - day)
        .not_valid_after(datetime.now(UTC) + day)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, secret = tmp_path / "chain.pem", tmp_path / "key.pem"
    chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, secret)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(chain))

    def wrap(server: ThreadingHTTPServer) -> None:
        server.socket = context.wrap_socket(server.socket, server_side=True)

    with web_sink(prepare=wrap) as sink:
        sink.url = sink.url.replace("http:", "https:")
        yield sink


def test_a_teams_room_gets_a_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with trusted_teams(tmp_path, monkeypatch) as sink:
        path = "/workflows/0123456789abcdef/triggers/manual/paths/invoke?api-version=2016-06-01&sig=s1gnature"
        channel = opened(f"teams: {{kind: teams, rooms: {{front-door: '{sink.url}{path}'}}}}", tmp_path, "teams")
        assert channel.send(replace(LETTER, to="front-door")).status is Status.SENT
        assert channel.send(replace(LETTER, to="elsewhere")).status is Status.BOUNCED
    (asked,) = sink.asked
    assert asked.path.startswith("/workflows/0123456789abcdef/triggers/manual/paths/invoke?")
    assert "M000123: decided" in asked.body.decode()
    assert asked.json["type"] == "message"
    assert "http" not in asked.body.decode().replace("http://adaptivecards.io/schemas/adaptive-card.json", "")


def test_a_room_that_is_no_workflow_is_refused_when_it_is_set_up(tmp_path: Path) -> None:
    with pytest.raises(ChannelsError, match="teams: rooms: hall is not the address of a Teams workflow") as caught:
        opened("teams: {kind: teams, rooms: {hall: 'https://example.test/?sig=s3cret'}}", tmp_path, "teams")
    assert "s3cret" not in str(caught.value)


def test_no_log_holds_a_message_an_address_or_a_secret(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    letter = replace(LETTER, body=f"{' '.join(CANARIES)}\n")
    with caplog.at_level(logging.DEBUG), web_sink(503, 200, 500, 201) as sink:
        for channel in (webhook(sink, tmp_path, ", token: s3cret"), notify(sink, tmp_path)):
            channel.send(letter)
            channel.send(letter)
        logging.getLogger("apprise").error("could not tell %s of %s", LETTER.to, CANARIES[0])
    assert len(sink.asked) == 4
    for secret in (*CANARIES, LETTER.to, "s3cret", SECRET, LETTER.subject):
        assert secret not in caplog.text
