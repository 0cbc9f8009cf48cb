"""What a page costs the server with a million referrals in PostgreSQL, as the 95th of a hundred requests.

The archive is written by the database itself; the referrals that are looked at are driven through the engine.
"""

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import urlencode

import uvicorn
from sqlalchemy import text

from config import clock
from config.settings import Settings
from models.database import Database
from tests.support import paths
from tests.support.hub import Hub, open_hub
from tests.support.postgres import Server, free_port
from web.app import create
from web.page import COOKIE
from workflow import sessions

ARCHIVE = 1_000_000
OPEN = 3_000
TIMES = 100
FIRST = 1_000
"""The first number of the archive: those before it are driven by the engine."""

_FILL = (
    "INSERT INTO family (id, authority) SELECT n, 'coventry' FROM generate_series(:first, :last) n",
    (
        "INSERT INTO person (id, family_id, name, child, born, factors, safe_address) "
        "SELECT 'a' || n, n, (ARRAY['Ada','Bo','Cy','Di','Ed','Fay','Gil','Hal'])[1 + n % 8] || ' ' || "
        "(ARRAY['Finch','Wren','Crow','Lark','Rook','Swift','Kite'])[1 + n % 7] || (n % 5000), true, "
        "date '2010-01-01' + (n % 5800), '[]', true FROM generate_series(:first, :last) n"
    ),
    (
        "INSERT INTO referral (id, family_id, child_id, authority, state, grade, owner_id, version, opened_at, closed_at, "
        "due_at, alarm_at, audit_head, referrer_id) SELECT n, n, 'a' || n, 'coventry', "
        "CASE WHEN n > :shut THEN (ARRAY['triage','assessment','child_in_need','information_gathering'])[1 + n % 4] "
        "ELSE 'closed' END, (ARRAY['red','amber','green'])[1 + n % 3], "
        "(ARRAY['tara','sam','theo','tess'])[1 + n % 4], 1, "
        ":now - make_interval(hours => n % 20000), CASE WHEN n > :shut THEN NULL ELSE :now END, "
        "CASE WHEN n > :shut THEN :now + make_interval(hours => n % 900 - 200) END, "
        "CASE WHEN n > :shut THEN :now END, '', (ARRAY['dsl','wife','kit'])[1 + n % 3] FROM generate_series(:first, :last) n"
    ),
    (
        "INSERT INTO record (family_id, referral_id, at, kind, about, by, data) SELECT n, n, :now, 'contact', "
        "json_build_array('a' || n), 'dsl', '{\"concerns\": [\"neglect\"]}' FROM generate_series(:first, :last) n"
    ),
    (
        "INSERT INTO decision (referral_id, version, at, actor, verb, from_state, to_state, reason, warned, policy) SELECT "
        "n, 1, :now, 'tara', 'refer', 'received', 'triage', '', '[]', '' FROM generate_series(:first, :last) n"
    ),
    (
        "INSERT INTO clock (referral_id, rule, subject, started_at, due_at, next_at, sounded) SELECT n, 'child-not-seen', "
        "'', :now, :now + make_interval(hours => n % 900 - 200), :now, '' FROM generate_series(:shut + 1, :last) n"
    ),
    (
        "INSERT INTO in_which (account_id, child_id) SELECT (ARRAY['dsl','wife','kit'])[1 + n % 3], 'a' || n "
        "FROM generate_series(:first, :last) n"
    ),
)


def fill(hub: Hub, archive: int) -> None:
    """Write an archive around the referrals that are there, of which the last three thousand are open."""
    last = FIRST + archive
    given = {"first": FIRST + 1, "last": last, "shut": last - OPEN, "now": hub.now}
    with hub.engine.database.unit_of_work() as connection:
        for line in _FILL:
            connection.execute(text(line), {key: value for key, value in given.items() if f":{key}" in line})
    with hub.engine.database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


class Visitor:
    """Somebody who is signed in, over one connection that stays open."""

    def __init__(self, database: Database, account: str, port: int) -> None:
        """Sign in."""
        self.token = sessions.sign_in_unchecked(database, account, clock.now())
        found = sessions.find(database, self.token, clock.now())
        assert found is not None
        self.csrf = found.csrf
        self.line = HTTPConnection("127.0.0.1", port)

    def ask(self, path: str, **typed: str) -> float:
        """Ask for a page and return the seconds it took."""
        start = time.perf_counter()
        headers = {"Cookie": f"{COOKIE}={self.token}", "Sec-Fetch-Site": "same-origin"}
        if typed:
            body = urlencode({**typed, "csrf": self.csrf})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            self.line.request("POST", path, body, headers)
        else:
            self.line.request("GET", path, headers=headers)
        answer = self.line.getresponse()
        answer.read()
        if answer.status not in {200, 303}:
            raise SystemExit(f"{path} answered {answer.status}.")
        return time.perf_counter() - start


def measure(says: str, ask: Callable[[], float], floor: float) -> float:
    """Print the median and the 95th centile of a page, and how often the floor the latter is."""
    ask()
    spans = sorted(ask() for _ in range(TIMES))
    late = spans[int(TIMES * 0.95) - 1]
    print(
        f"{says:42} {1000 * statistics.median(spans):6.0f} ms, 95th centile {1000 * late:6.0f} ms, {late / floor:5.1f}x"
    )
    return late


def main(archive: int = ARCHIVE) -> None:
    """Measure the pages that people have open all day."""
    # An empty one, which is dropped again: to delete a million rows one by one takes hours.
    with Server.start() as server, server.fresh_database(migrated=False) as url:
        hub = open_hub(url)
        hub.now = clock.now() - timedelta(days=90)
        plan = paths.to_child_in_need(hub)
        hub.now = clock.now() - timedelta(hours=6)
        triage = paths.to_decision(hub, child="Ada Sample")
        start = time.perf_counter()
        fill(hub, archive)
        print(f"{archive:,} referrals, {OPEN:,} of them open, written in {time.perf_counter() - start:.0f} s")
        port = free_port()
        settings = Settings(database_url=url, authority="coventry", demo=True)
        app = create(settings, hub.engine)
        served = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", access_log=False))
        thread = Thread(target=served.run, daemon=True)
        thread.start()
        while not served.started:
            time.sleep(0.05)
        pages(hub.engine.database, port, plan, triage)
        served.should_exit = True
        thread.join()
        hub.engine.database.dispose()


def pages(database: Database, port: int, plan: str, triage: str) -> None:
    """Ask for each page a hundred times. The floor is a page that reads nothing but who is signed in."""
    tara, tess, dsl = (Visitor(database, account, port) for account in ("tara", "tess", "dsl"))
    floor = sorted(tara.ask("/help") for _ in range(TIMES))[int(TIMES * 0.95) - 1]
    print(f"{'the floor: a page that reads nothing':42} 95th centile {1000 * floor:.0f} ms")
    measure("case list", lambda: tara.ask("/cases"), floor)
    measure("case list, one tab, red, page 3", lambda: tara.ask("/cases?tab=assessment&grade=red&page=3"), floor)
    measure("case list of a school", lambda: dsl.ask("/cases"), floor)
    measure("search for a name", lambda: tara.ask("/search", text="Ada Sampel"), floor)
    measure("a referral at the front door", lambda: tara.ask(f"/referrals/{triage}"), floor)
    measure("a referral with a plan", lambda: tess.ask(f"/referrals/{plan}"), floor)
    measure("its chronology", lambda: tess.ask(f"/referrals/{plan}/chronology"), floor)
    measure("the form of a visit", lambda: tess.ask(f"/referrals/{plan}/do/record-visit"), floor)
    measure("what needs a manager's decision", lambda: tess.ask("/decisions"), floor)
    measure("a manager's team", lambda: tess.ask("/team"), floor)


if __name__ == "__main__":
    main()
