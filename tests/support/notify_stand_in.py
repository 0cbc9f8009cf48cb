"""A stand-in for GOV.UK Notify: a real web service that checks what is asked as Notify does, and keeps what it took."""

import json
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import jwt

SERVICE, SECRET = "6d4e2f10-0000-4000-8000-000000000001", "6d4e2f10-0000-4000-8000-000000000002"
KEY = f"mash-{SERVICE}-{SECRET}"
FIELDS = {
    "email": {"subject", "body"},
    "sms": {"body"},
    "letter": {"subject", "body"},
}
"""What the templates of the service ask for, beside the lines of an address."""
TOKEN_HOLDS = 30


@dataclass
class StandIn:
    """What it is to answer, and what it took: each notification as it was asked for, with its id, kind and status."""

    now: datetime
    refuses: list[tuple[int, str]] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    tokens: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    def says(self, status: str) -> None:
        """Let everything taken so far have this status."""
        for one in self.taken:
            one["status"] = status

    def callback(self, number: int = 0) -> dict[str, Any]:
        """Return what Notify posts by itself of one notification."""
        one = self.taken[number]
        return {
            "id": one["id"],
            "reference": one["reference"],
            "to": one.get("email_address") or one.get("phone_number"),
            "status": one["status"],
            "created_at": "2026-03-20T16:50:00.000000Z",
            "completed_at": "2026-03-20T16:51:00.000000Z",
            "sent_at": "2026-03-20T16:50:30.000000Z",
            "notification_type": one["kind"],
            "template_id": one["template_id"],
            "template_version": 1,
        }

    def channels(self, more: str = "") -> str:
        """Write the channels of a hub that uses it for mail, text messages and letters."""
        kinds = {"notify": "notify", "sms": "notify_sms", "letter": "notify_letter"}
        lines = (
            f"{name}: {{kind: {kind}, key: {KEY}, template: {name}-template, base_url: '{self.url}'{more}}}"
            for name, kind in kinds.items()
        )
        return "\n".join(lines)

    def open(self, home: Path) -> dict[str, Any]:
        """Open those channels, at the stand-in's own time."""
        from notifications.channel_settings import read_channels
        from notifications.channels import open_channels

        return dict(open_channels(read_channels(self.channels()), home, lambda: self.now))

    def token_fault(self, header: str) -> str | None:
        """Check a token as Notify does: signed with the service's secret, and no older than half a minute."""
        scheme, _, token = header.partition(" ")
        try:
            claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_iat": False})
        except jwt.InvalidTokenError:
            return "Invalid token: signature, api token not found"
        self.tokens.append(claims)
        if scheme != "Bearer" or claims.get("iss") != SERVICE:
            return "Invalid token: service not found"
        if abs(self.now.timestamp() - claims.get("iat", 0)) > TOKEN_HOLDS:
            return "Error: Your system clock must be accurate to within 30 seconds"
        return None

    def fault(self, kind: str, asked: dict[str, Any]) -> str | None:
        """Check what is asked for as Notify does, and say in its words what is wrong."""
        given = asked.get("personalisation", {})
        missing = FIELDS[kind] - set(given)
        if missing:
            return f"Missing personalisation: {', '.join(sorted(missing))}"
        match kind:
            case "email" if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", asked.get("email_address", "")):
                return "email_address Not a valid email address"
            case "sms" if not re.fullmatch(r"(07\d{9}|\+?447\d{9})", asked.get("phone_number", "")):
                return "phone_number Not a UK mobile number"
            case "letter" if not {"address_line_1", "address_line_2", "address_line_3"} <= set(given):
                return "Address must be at least 3 lines"
        return None

    def post(self, kind: str, asked: dict[str, Any], header: str) -> tuple[int, dict[str, Any]]:
        """Answer one request to send."""
        refused = self.token_fault(header)
        if refused:
            return 403, _error("AuthError", refused)
        if self.refuses:
            status, says = self.refuses.pop(0)
            return status, _error("TooManyRequestsError", says)
        wrong = self.fault(kind, asked)
        if wrong:
            return 400, _error("ValidationError", wrong)
        one = {"id": str(uuid.uuid4()), "kind": kind, "status": "created", **asked}
        self.taken.append(one)
        return 201, {"id": one["id"], "reference": asked.get("reference"), "uri": f"{self.url}/v2/notifications"}

    def get(self, handle: str, header: str) -> tuple[int, dict[str, Any]]:
        """Answer one request for what became of a notification."""
        refused = self.token_fault(header)
        if refused:
            return 403, _error("AuthError", refused)
        self.asked.append(handle)
        found = next((one for one in self.taken if one["id"] == handle), None)
        return (200, {"id": handle, "status": found["status"]}) if found else (404, _error("NoResultFound", "none"))


def _error(kind: str, says: str) -> dict[str, Any]:
    return {"errors": [{"error": kind, "message": says}]}


@contextmanager
def notify_stand_in(now: datetime) -> Iterator[StandIn]:
    """Run a stand-in for GOV.UK Notify on a free port, at a time of the test's own."""
    stand_in = StandIn(now)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            kind = self.path.removeprefix("/v2/notifications/")
            self.answer(*stand_in.post(kind, asked, self.headers.get("Authorization", "")))

        def do_GET(self) -> None:
            handle = self.path.removeprefix("/v2/notifications/")
            self.answer(*stand_in.get(handle, self.headers.get("Authorization", "")))

        def answer(self, status: int, body: dict[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield stand_in
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
