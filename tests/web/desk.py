"""Somebody at a desk, over HTTP and without a browser: for what pages say and do while a test turns the clock."""

import html
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from config import clock
from config.settings import Settings
from tests.support.hub import Hub
from tests.web.browser import address_of, listening, served
from web.app import create


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: where one ended up, how it went, and the page."""

    path: str
    status: int
    page: str

    @property
    def text(self) -> str:
        """The page as it reads, without its tags and with single spaces."""
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", self.page)).split())

    @property
    def buttons(self) -> list[str]:
        """What can be pressed on it."""
        return [" ".join(one.split()) for one in re.findall(r"<button[^>]*>([^<]*)</button>", self.page)]

    def section(self, heading: str) -> str:
        """Return what stands under a heading, up to the next one of its rank."""
        parts = re.split(r"<h2[^>]*>", self.page)
        found = [part for part in parts if html.unescape(part).lstrip().startswith(heading)]
        assert found, f"there is no heading {heading!r}"
        return Answer(self.path, self.status, found[0]).text


@dataclass
class Desk:
    """One person, signed in."""

    address: str
    account: str
    opener: urllib.request.OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        """Sign in as one of the demo."""
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        came = self._send("/sign-in", {"demo": self.account, "back": "/rules"})
        assert "Sign out" in came.page, f"{self.account} could not sign in"

    def look(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        """Look at a page."""
        return self._send(path, None, headers)

    def send(self, path: str, seen: Answer | None = None, /, **typed: str | list[str]) -> Answer:
        """Send a form, as the page that was looked at has it: with its own hidden fields."""
        seen = seen or self.look(path)
        hidden = dict(re.findall(r'<input type="hidden" name="(csrf|version)" value="([^"]*)"', seen.page))
        return self._send(path, {**hidden, **typed})

    def _send(self, path: str, typed: dict[str, str | list[str]] | None, more: dict[str, str] | None = None) -> Answer:
        body = None if typed is None else urllib.parse.urlencode(typed, doseq=True).encode()
        request = urllib.request.Request(self.address + path, body, {"Sec-Fetch-Site": "same-origin", **(more or {})})
        try:
            with self.opener.open(request) as answer:
                return Answer(answer.url.removeprefix(self.address), answer.status, answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(path, error.code, error.read().decode())


Sit = Callable[[str], Desk]
"""`sit("tara")`: the desk at which somebody is signed in."""


@contextmanager
def desks(hub: Hub, home: Path, patched: pytest.MonkeyPatch) -> Iterator[Sit]:
    """Serve the pages over a hub, at the hub's own time, and sit people down at them by account."""
    patched.setattr(clock, "now", lambda: hub.now)
    with listening() as taken:
        address = address_of(taken)
        url = hub.engine.database.url
        settings = Settings(home=home, database_url=url, authority="coventry", base_url=address, demo=True)
        with served(create(settings, hub.engine), taken):
            yield lambda account: Desk(address, account)
