"""A real browser, and what every page is held to while one is open.

A page of ours asks nobody else for anything, says nothing in the console, and never fails. A test that opens one holds it
to that without a word: `opened` judges at the end. `accessible` asks axe about the page as it is now.
"""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, WebError, expect
from starlette.applications import Starlette

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
# No sandbox: tests may run as root. Whatever name a page might ask for does not resolve, so that nothing leaves this machine.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What a browser keeps to itself unless asked for everything.
NOT_SHOWN = {"debug"}
READY_SECONDS = 20
# What a page without scripts does not have, and the tags round what it has instead.
SCRIPT = re.compile(r"<script\b.*?</script>|</?noscript[^>]*>", re.IGNORECASE | re.DOTALL)


@contextmanager
def listening() -> Iterator[socket.socket]:
    """Take a free port of this machine."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken


def address_of(taken: socket.socket) -> str:
    """Return the address of what is served on a port."""
    return f"http://127.0.0.1:{taken.getsockname()[1]}"


@contextmanager
def served(app: FastAPI | Starlette, taken: socket.socket) -> Iterator[str]:
    """Serve an application from a thread, and return its address."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, ws="none", timeout_keep_alive=60, timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    ready = threading.Event()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    try:
        for _ in range(READY_SECONDS * 100):
            if server.started or not thread.is_alive():
                break
            ready.wait(0.01)
        assert server.started, "the application did not start"
        yield address_of(taken)
    finally:
        server.should_exit = True
        thread.join(READY_SECONDS)


@dataclass
class Watch:
    """What the pages of one visitor did that no page of ours may do."""

    address: str
    faults: list[str] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    def over(self, context: BrowserContext) -> None:
        """Watch everything that happens in a context."""
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", self._failed)

    def judged(self) -> list[str]:
        """Return every fault. A browser's own line about a page that was rightly refused (4xx) is none."""
        said = [what for where, what in self.said if where not in self.refused or "Failed to load resource" not in what]
        return [*self.faults, *said]

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:", "blob:")):
            # A page that is only about to open has no frame yet.
            by = "a link" if request.is_navigation_request() else path_of(request.frame.url)
            self.faults.append(f"{by} asked for {request.url}, which is not ours")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.request.method} {path_of(response.url)} answered {response.status}")
        elif response.status >= 400 and response.request.is_navigation_request():
            self.refused.add(response.url)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type not in NOT_SHOWN:
            where = message.location["url"]
            self.said.append((where, f"the console shows, at {path_of(where)}: {message.type}: {message.text}"))

    def _failed(self, error: WebError) -> None:
        self.faults.append(f"a script failed: {error.error.message}")


@contextmanager
def opened(browser: Browser, address: str, size: str, *, script: bool = True) -> Iterator[Page]:
    """Open a page of a visitor who is new here, and judge in the end whatever pages they had open."""
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        java_script_enabled=script,
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )
    watch = Watch(address)
    watch.over(context)
    try:
        yield context.new_page()
        for page in context.pages:
            # What happened before this is answered has been heard.
            page.evaluate("0")
    finally:
        context.close()
    faults = watch.judged()
    assert not faults, "\n".join(["A page did what no page may do:", *dict.fromkeys(faults)])


def accessible(page: Page) -> None:
    """See that axe finds nothing on a page as it is now (WCAG 2.2 AA, and best practice)."""
    page.wait_for_load_state("load")
    options = {"runOnly": STANDARDS, "resultTypes": ["violations"]}
    with _where_axe_can_run(page) as seen:
        found = Axe().run(seen, options=options).response["violations"]
    lines = [
        f"  {one['id']} ({one['impact']}): {one['help']}\n      {' '.join(map(str, node['target']))}\n      {node['html'][:160]}"
        for one in found
        for node in one["nodes"]
    ]
    assert not lines, "\n".join([f"axe finds, on {path_of(page.url)}:", *lines])


@contextmanager
def _where_axe_can_run(page: Page) -> Iterator[Page]:
    """Lend the page; where scripts do not run, axe would not either, so lend a copy of what is shown, without scripts."""
    if not page.evaluate("matchMedia('(scripting: none)').matches"):
        yield page
        return
    shown = SCRIPT.sub("", page.content())
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(viewport=page.viewport_size)
    try:
        copy = context.new_page()
        copy.route(page.url, lambda route: route.fulfill(body=shown, content_type="text/html; charset=utf-8"))
        copy.goto(page.url)
        yield copy
    finally:
        context.close()


def sideways(page: Page) -> int:
    """Return by how many pixels a page is wider than its window, once its style sheets have come."""
    page.wait_for_load_state("load")
    wide: int = page.evaluate("document.scrollingElement.scrollWidth")
    assert page.viewport_size is not None
    return max(0, wide - page.viewport_size["width"])


def sign_in(page: Page, account: str) -> None:
    """Sign in as one of the demo."""
    page.goto("/sign-in")
    page.locator(f"button[name=demo][value={account}]").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def path_of(url: str) -> str:
    """Return an address without its host."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
