"""The status page: one JSON object that says how the product fares. Numbers only, nobody's name."""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

PATHS: Final = frozenset({"/", "/status"})
ELSEWHERE: Final = "Here is only /status; the pages have an address of their own."


def serve(host: str, port: int, status: Callable[[], dict[str, Any]]) -> ThreadingHTTPServer:
    """Return a server that answers with the status; whoever asked for it runs it."""

    class Page(BaseHTTPRequestHandler):
        """The one page there is."""

        server_version = "mash"
        sys_version = ""

        def do_GET(self) -> None:
            """Answer with the status, or say that there is nothing else here."""
            if self.path.partition("?")[0] not in PATHS:
                self._answer(404, {"says": ELSEWHERE})
                return
            try:
                self._answer(200, status())
            except SQLAlchemyError:
                self._answer(503, {"says": "The database does not answer."})

        def _answer(self, code: int, content: dict[str, Any]) -> None:
            body = json.dumps(content, indent=2, default=str).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Write no log of who looked at the status."""

    server = ThreadingHTTPServer((host, port), Page)
    server.daemon_threads = True
    return server
