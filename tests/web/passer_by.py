"""Somebody without an account, over HTTP: what they may look at and send, from an address that a test chooses."""

import html
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from config import clock
from config.settings import Settings
from tests.support.hub import Hub
from tests.web.browser import address_of, listening, served
from tests.web.desk import Answer
from web.app import create

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
HERE = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class PasserBy:
    """A visitor who keeps no cookie and has no session."""

    address: str

    def look(self, path: str) -> Answer:
        """Look at a page."""
        return self.ask(path, None)

    def send(self, path: str, seen: Answer | None = None, /, **typed: str | list[str]) -> Answer:
        """Send a form as a browser would, with what the page has hidden in it."""
        seen = seen or self.look(path)
        hidden = {name: html.unescape(value) for name, value in HIDDEN.findall(seen.page)}
        return self.ask(path, {**hidden, **typed})

    def ask(self, path: str, typed: dict[str, str | list[str]] | None, headers: dict[str, str] | None = None) -> Answer:
        """Ask for a page or send a form, with these headers in place of a browser's own."""
        body = None if typed is None else urllib.parse.urlencode(typed, doseq=True).encode()
        request = urllib.request.Request(self.address + path, body, HERE if headers is None else headers)
        try:
            with urllib.request.urlopen(request) as answer:
                return Answer(answer.url.removeprefix(self.address), answer.status, answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(path, error.code, error.read().decode())


@contextmanager
def pass_by(hub: Hub, home: Path, patched: pytest.MonkeyPatch) -> Iterator[PasserBy]:
    """Serve the pages over a hub, at the hub's own time, to somebody without an account."""
    patched.setattr(clock, "now", lambda: hub.now)
    with listening() as taken:
        address = address_of(taken)
        settings = Settings(home=home, database_url=hub.engine.database.url, authority="coventry", base_url=address)
        with served(create(settings, hub.engine), taken):
            yield PasserBy(address)
