"""Every page that somebody of the demo can reach by following links, on a desk and on a phone.

It answers, has one heading and a title of its own, is no wider than its window, and axe finds nothing on it. Of pages that
differ only in whose they are, each person looks at one, in both sizes, and one of them asks axe; each act's form is a page
of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from playwright.sync_api import Error, Page
from starlette.routing import Match, Route

from tests.web.browser import SIZES, accessible, path_of, sideways, sign_in
from tests.web.conftest import Visit
from web.app import PLACES
from workflow.demo_people import PEOPLE

ACCOUNTS = [person.account for person in PEOPLE if person.story]
ROUTES = [route for place in PLACES for route in place.router.routes if isinstance(route, Route)]
TITLE = " – mash"
REFERENCE = re.compile(r"M\d+")
# The form of an act: what a path holds besides tells only whose page it is, or which rule's.
FORM = "/referrals/{reference}/do/{name}"
# So many more pages of a sort are asked for, and not looked at.
MOST_ALIKE = 5
LINKS = "links => links.map(link => [link.href, link.hasAttribute('download')])"

Sort = tuple[str, ...]


def sort_of(url: str) -> Sort:
    """Say what sort of page an address leads to: its route, what tells it apart, and what is asked of it."""
    parts = urlsplit(url)
    asked = sorted({name for name, _ in parse_qsl(parts.query)})
    scope = {"type": "http", "method": "GET", "path": parts.path, "root_path": "", "headers": []}
    for route in ROUTES:
        match, more = route.matches(scope)
        if match is Match.FULL:
            return (route.path, *([more["path_params"]["name"]] if route.path == FORM else []), *asked)
    return (REFERENCE.sub("{reference}", parts.path), *asked)


def is_form(sort: Sort) -> bool:
    """Tell whether this is the form of an act: there are many, and each looks the same to whoever may open it."""
    return sort[0] == FORM


@dataclass
class Walk:
    """One person's way through the site, by links alone, and what they stumbled over."""

    page: Page
    account: str
    judged: set[Sort]
    """What others have asked axe about already."""
    been: set[Sort] = field(default_factory=set)
    alike: dict[Sort, set[str]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def everywhere(self) -> None:
        """Follow every link to every sort of page. An act's form that somebody has looked at is not looked at again."""
        waiting = [self.page.url]
        while waiting:
            url = waiting.pop(0)
            sort = sort_of(url)
            if sort not in self.been:
                self.been.add(sort)
                waiting += self.look(url)
            else:
                self.ask(url, sort)

    def look(self, url: str) -> Iterator[str]:
        """Look at one page, and return where its links lead."""
        try:
            answer = self.page.goto(url)
        except Error as error:
            if "Download is starting" not in error.message:
                raise
            self.ask(url, sort_of(url))
            return
        assert answer is not None
        if answer.status >= 400:
            self.fault(url, f"answered {answer.status}")
        if answer.status >= 400 or not answer.headers["content-type"].startswith("text/html"):
            return
        sort = sort_of(self.page.url)
        self.been.add(sort)
        self.judge(self.page.url)
        is_new = sort not in self.judged
        self.judged.add(sort)
        for size in SIZES:
            self.fits(self.page.url, size, ask_axe=is_new)
        for link, is_kept in self.page.eval_on_selector_all("a[href]", LINKS):
            address = urldefrag(link)[0]
            if not address.startswith(urljoin(url, "/")):
                continue
            if is_kept:
                self.ask(address, sort_of(address))
            elif not is_form(sort_of(address)) or sort_of(address) not in self.judged:
                yield address

    def ask(self, url: str, sort: Sort) -> None:
        """Ask for one more page of a sort, unless there were many."""
        asked = self.alike.setdefault(sort, set())
        if url in asked or len(asked) >= MOST_ALIKE or is_form(sort):
            return
        asked.add(url)
        answer = self.page.request.get(url, max_retries=2)
        if answer.status >= 400:
            self.fault(url, f"answered {answer.status}")

    def judge(self, url: str) -> None:
        """Note what is wrong with the page that is open, apart from what axe knows."""
        headings = self.page.locator("h1").count()
        if headings != 1:
            self.fault(url, f"has {headings} main headings")
        title, path = self.page.title(), urlsplit(url).path
        if not title.endswith(TITLE) or len(title) == len(TITLE):
            self.fault(url, f"has no title that ends in the name of the product: {title!r}")
        first = self.titles.setdefault(title, path)
        if first != path:
            self.fault(url, f"has the title of {first}: {title!r}")

    def fits(self, url: str, size: str, *, ask_axe: bool) -> None:
        """Note whether the page that is open fits a window, and what axe finds on it there."""
        width, height = SIZES[size]
        self.page.set_viewport_size({"width": width, "height": height})
        if sideways(self.page):
            self.fault(url, f"is {sideways(self.page)} pixels wider than the window of a {size}")
        if ask_axe:
            try:
                accessible(self.page)
            except AssertionError as error:
                self.faults.append(f"{self.account}, {size}: {error}")

    def fault(self, url: str, what: str) -> None:
        """Note a fault."""
        self.faults.append(f"{self.account}: {path_of(url)} {what}")


def test_every_page_in_reach(visit: Visit) -> None:
    judged: set[Sort] = set()
    faults = []
    for account in ACCOUNTS:
        page = visit("desktop")
        sign_in(page, account)
        walk = Walk(page, account, judged)
        walk.everywhere()
        page.close()
        assert len(walk.been) > 3, f"{account} got nowhere"
        faults += walk.faults

    assert not faults, "\n".join(["", *faults])


def test_a_page_is_sorted_by_its_route_and_what_is_asked_of_it() -> None:
    assert sort_of("http://127.0.0.1:1/referrals/M000001") == ("/referrals/{reference}",)
    assert sort_of("http://127.0.0.1:1/referrals/M000002/do/grade") == (FORM, "grade")
    assert sort_of("http://127.0.0.1:1/referrals/M000002/do/grade?kept=1&at=2") == (FORM, "grade", "at", "kept")
    assert sort_of("http://127.0.0.1:1/rules/rag-clock") == ("/rules/{name}",)
    assert sort_of("http://127.0.0.1:1/nowhere/M000002") == ("/nowhere/{reference}",)


def test_the_form_of_an_act_is_where_the_walk_knows_it() -> None:
    assert FORM in {route.path for route in ROUTES}
