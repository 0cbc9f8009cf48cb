"""What the post is tested with: a database with messages in it, a mail server and a web service that do as scripted."""

import json
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import Connection, insert, select

from models.database import Database
from models.migrate import migrate
from models.tables.people import AccountRow, AgencyRow, FamilyRow, PersonRow
from models.tables.post import DeliveryRow, MessageRow
from models.tables.referral import ReferralRow
from models.tables.told_how import PreferenceRow
from models.tables.work import HeartbeatRow
from notifications.channel_settings import read_channels
from notifications.channels import open_channels
from notifications.letter import Channel, Letter, Outcome, Status
from notifications.post import Post
from notifications.post_terms import PostTerms
from notifications.receipts import Receipts

TERMS = PostTerms(attempts=3)
NOW = datetime(2026, 3, 20, 16, 50, tzinfo=UTC)
SITE = "https://mash.example.test"
CANARIES = ("Quillonia", "Vardashire", "Ottoline", "Brackwater", "Hillmarsh")
MEETING = {
    "uid": "strategy-1-7",
    "sequence": 0,
    "starts": "2026-03-23T14:00:00+00:00",
    "minutes": 60,
    "method": "REQUEST",
}


def open_post_office(url: str) -> Database:
    """Make an empty database with one referral in it, of a child whose name is a canary."""
    migrate(url)
    database = Database(url)
    with database.unit_of_work() as connection:
        connection.execute(insert(AgencyRow).values(id="school", name="Hillmarsh School", kind="school"))
        connection.execute(insert(FamilyRow).values(id=1, authority="test"))
        connection.execute(
            insert(PersonRow).values(
                id="child", family_id=1, name="Quillonia Vardashire", child=True, born=date(2021, 1, 1), factors=[]
            )
        )
        add_account(connection, "owner")
        connection.execute(
            insert(ReferralRow).values(
                id=1,
                family_id=1,
                child_id="child",
                authority="test",
                state="triage",
                owner_id="owner",
                version=1,
                opened_at=NOW,
                alarm_at=NOW,
                audit_head="0" * 64,
            )
        )
    return database


def add_account(
    connection: Connection, account: str, channel: str = "mailbox", address: str | None = None, *, active: bool = True
) -> None:
    """Add somebody whose name is a canary."""
    connection.execute(
        insert(AccountRow).values(
            id=account,
            name="Ottoline Brackwater",
            role="partner",
            kind="teacher",
            agency_id="school",
            authority="test",
            team="",
            newly_qualified=False,
            channel=channel,
            address=address,
            active=active,
        )
    )


def prefer(database: Database, account: str, **chosen: Any) -> None:
    """Let somebody have chosen how to be told."""
    values = {"authority": "test", "channel": "", "second_channel": "", "said_by": account, "said_at": NOW}
    with database.unit_of_work() as connection:
        connection.execute(insert(PreferenceRow).values(**values | {"account_id": account} | chosen))


def add_message(
    database: Database,
    key: str,
    account: str = "owner",
    template: str = "task",
    meeting: Mapping[str, Any] | None = None,
    letter: str | None = None,
    due: str | None = "2026-03-23T17:00:00+00:00",
) -> None:
    """Put a message in the post, as the engine does; with an empty `letter` it is held for the day's."""
    args = {
        "reference": "M000001",
        "due": due,
        "outcome": None,
        "rule": "r",
        "meeting": meeting,
    }
    with database.unit_of_work() as connection:
        connection.execute(
            insert(MessageRow).values(
                referral_id=1,
                key=key,
                rule="r",
                template=template,
                account_id=account,
                args=args,
                status="pending",
                attempts=0,
                created_at=NOW,
                next_at=NOW,
                letter=letter,
            )
        )


def statuses(database: Database) -> dict[str, str]:
    """Return the status of every message by its key."""
    with database.reading() as connection:
        return {row.key: row.status for row in connection.execute(select(MessageRow.key, MessageRow.status))}


def attempts(database: Database) -> list[tuple[str, str, str]]:
    """Return every attempt in order: channel, status, detail."""
    query = select(DeliveryRow.channel, DeliveryRow.status, DeliveryRow.detail).order_by(DeliveryRow.id)
    with database.reading() as connection:
        return [(row.channel, row.status, row.detail) for row in connection.execute(query)]


@dataclass
class MailSink:
    """A mail server: what it answers to each recipient, in turn (then 250), and the mails it took."""

    answers: list[str] = field(default_factory=list)
    taken: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # aiosmtpd's name for it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Sequence[str]
    ) -> str:
        """Answer as scripted."""
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take the mail."""
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        self.raw.append(content)
        self.senders.append(str(envelope.mail_from))
        self.taken.append(message_from_bytes(content, _class=EmailMessage, policy=policy.default))
        return "250 taken"


@contextmanager
def mail_sink(*answers: str) -> Iterator[MailSink]:
    """Run a mail server on a free port."""
    sink = MailSink(list(answers))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        sink.port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


@dataclass
class Asked:
    """One request that a web service got."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)


@dataclass
class WebSink:
    """A web service: the statuses it answers in turn (then 200), how slowly, with what words, and what it got."""

    statuses: list[int]
    slow: float = 0
    says: bytes = b"{}"
    sends_to: str = ""
    asked: list[Asked] = field(default_factory=list)
    url: str = ""


@contextmanager
def web_sink(
    *statuses: int,
    slow: float = 0,
    says: bytes = b"{}",
    sends_to: str = "",
    prepare: Callable[[ThreadingHTTPServer], None] = lambda server: None,
) -> Iterator[WebSink]:
    """Run a web service on a free port."""
    sink = WebSink(list(statuses), slow, says, sends_to)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            sink.asked.append(Asked(self.path, {key.lower(): value for key, value in self.headers.items()}, body))
            time.sleep(sink.slow)
            self.send_response(sink.statuses.pop(0) if sink.statuses else 200)
            if sink.sends_to:
                self.send_header("Location", sink.sends_to)
            self.send_header("Content-Length", str(len(sink.says)))
            with suppress(ConnectionError):  # whoever asked may have stopped waiting
                self.end_headers()
                self.wfile.write(sink.says)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    prepare(server)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    sink.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield sink
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Ends:
    """The engine's two hooks: they write in the transaction that they are given, and remember what they got."""

    sent: list[str] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)

    def on_sent(self, connection: Connection, message: Mapping[str, Any], now: datetime) -> None:
        """Note that a message has arrived."""
        again = " again" if message["key"] in self.sent else ""
        told = f"told {message['key']}{again}"
        connection.execute(insert(HeartbeatRow).values(name=told, at=now, says=message["status"]))
        self.sent.append(message["key"])

    def on_dead(self, connection: Connection, message: Mapping[str, Any], now: datetime) -> None:
        """Note that a message was given up."""
        connection.execute(insert(HeartbeatRow).values(name=f"ring {message['key']}", at=now, says=message["status"]))
        self.dead.append(message["key"])

    def on_returned(self, connection: Connection, message: Mapping[str, Any], now: datetime) -> None:
        """Note that a message came back."""
        connection.execute(insert(HeartbeatRow).values(name=f"back {message['key']}", at=now, says=message["status"]))
        self.returned.append(message["key"])


def post(database: Database, channels: Mapping[str, Channel], ends: Ends, terms: PostTerms = TERMS) -> Post:
    """Open the post over a database, with a test's own channels and hooks."""
    return Post(database, channels, SITE, on_sent=ends.on_sent, on_dead=ends.on_dead, terms=terms)


def receipts(database: Database, ends: Ends) -> Receipts:
    """Open what takes in receipts, with a test's own hooks."""
    return Receipts(database, on_dead=ends.on_dead, on_returned=ends.on_returned, terms=TERMS)


def opened(text: str | None, home: Path) -> dict[str, Channel]:
    """Open the channels that a file would name."""
    return open_channels(read_channels(text), home, lambda: NOW)


def email_at(port: int) -> str:
    """Write the channel of a mail server on this machine."""
    return f"email: {{kind: email, host: 127.0.0.1, port: {port}, security: none, sender: mash@example.test}}"


def written(database: Database) -> set[str]:
    """Return what the hooks have written."""
    with database.reading() as connection:
        return set(connection.execute(select(HeartbeatRow.name)).scalars())


class Counting:
    """A channel of this test's own: keeps what came, and answers as it is told to."""

    needs_address = False

    def __init__(self, *answers: Status) -> None:
        """Take the answers it gives in turn; after them everything is sent."""
        self.answers = list(answers)
        self.keys: list[str] = []
        self.lock = Lock()

    def send(self, letter: Letter) -> Outcome:
        """Keep a letter."""
        with self.lock:
            self.keys.append(letter.key)
            return Outcome(self.answers.pop(0) if self.answers else Status.SENT, "as told")
