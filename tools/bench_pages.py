"""What a page costs the server with a million referrals in PostgreSQL, as the 95th of a hundred requests.

The archive is written by the database itself; the referrals that are looked at are driven through the engine.
"""

import statistics
import time
from collections.abc import Callable, Sequence
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
from workflow.search_words import sound

ARCHIVE = 1_000_000
OPEN = 3_000
TIMES = 100
FIRST = 1_000
"""The first number of the archive: those before it are driven by the engine."""

_FILL = (
    "INSERT INTO family (id, authority) SELECT n, 'coventry' FROM generate_series(:first, :last) n",
    (
        "INSERT INTO person (id, family_id, name, child, born, factors, nhs_number, address, safe_address) "
        "SELECT 'a' || n, n, initcap(g.word || ' ' || s.word), true, date '2010-01-01' + (n % 5800), '[]', "
        "lpad(n::text, 10, '9'), 1 + n % 90 || ' ' || initcap(r.word) || ' Road, CV1 2AB', true "
        "FROM generate_series(:first, :last) n "
        "JOIN given g ON g.place = n % :given JOIN surname s ON s.place = (n / 7) % :surname "
        "JOIN road r ON r.place = (n / 90) % :road"
    ),
    (
        "INSERT INTO search_word (word, sound, person_id) SELECT w.word, w.sound, 'a' || n "
        "FROM generate_series(:first, :last) n JOIN given w ON w.place = n % :given"
    ),
    (
        "INSERT INTO search_word (word, sound, person_id) SELECT w.word, w.sound, 'a' || n "
        "FROM generate_series(:first, :last) n JOIN surname w ON w.place = (n / 7) % :surname"
    ),
    (
        "INSERT INTO search_word (word, sound, person_id) SELECT r.word, r.sound, 'a' || n "
        "FROM generate_series(:first, :last) n JOIN road r ON r.place = (n / 90) % :road ON CONFLICT DO NOTHING"
    ),
    (
        "INSERT INTO search_word (word, sound, person_id) SELECT 1 + n % 90 || r.word, '', 'a' || n "
        "FROM generate_series(:first, :last) n JOIN road r ON r.place = (n / 90) % :road"
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


_ONSETS = ("b", "br", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "th", "v", "w", "wh")
_VOWELS = ("a", "e", "i", "o", "u", "ee", "oo", "ai")


def spoken(ends: Sequence[str], starts: Sequence[str] = _ONSETS, vowels: Sequence[str] = _VOWELS) -> list[str]:
    """Return made-up words that sound like names: as many as there are ways to put the parts together."""
    return [f"{start}{vowel}{end}" for end in ends for start in starts for vowel in vowels]


WORDS = {
    "given": spoken(("n", "lie")),
    "surname": spoken(("rton", "lson", "ck", "ndley", "mer", "shaw", "field", "ggs", "tt", "rns", "wood", "ver")),
    "road": spoken(("lm", "sh", "ld", "ke", "re", "st")),
}
"""Some three hundred given names, two thousand surnames and a thousand roads: a town has about as many."""


def fill(hub: Hub, archive: int) -> None:
    """Write an archive around the referrals that are there, of which the last three thousand are open."""
    last = FIRST + archive
    sizes = {table: len(words) for table, words in WORDS.items()}
    given = {"first": FIRST + 1, "last": last, "shut": last - OPEN, "now": hub.now, **sizes}
    with hub.engine.database.unit_of_work() as connection:
        for table, words in WORDS.items():
            connection.execute(text(f"CREATE TEMP TABLE {table} (place bigint, word text, sound text)"))
            rows = [{"place": place, "word": word, "sound": sound(word)} for place, word in enumerate(words)]
            connection.execute(text(f"INSERT INTO {table} VALUES (:place, :word, :sound)"), rows)  # noqa: S608 (names of ours)
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
        served = uvicorn.Server(
            uvicorn.Config(
                app, host="127.0.0.1", port=port, log_level="error", access_log=False, timeout_keep_alive=600
            )
        )
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
    name = f"{WORDS['given'][3]} {WORDS['surname'][77]}"
    measure("search for a name", lambda: tara.ask("/search", text=name), floor)
    measure("search for a name, misspelt", lambda: tara.ask("/search", text="Ada Sampel"), floor)
    measure("search for a day of birth", lambda: tara.ask("/search", born="2014-03-04"), floor)
    measure("search for an address", lambda: tara.ask("/search", text=f"12 {WORDS['road'][5]} Road"), floor)
    measure("a referral at the front door", lambda: tara.ask(f"/referrals/{triage}"), floor)
    measure("a referral with a plan", lambda: tess.ask(f"/referrals/{plan}"), floor)
    measure("its chronology", lambda: tess.ask(f"/referrals/{plan}/chronology"), floor)
    measure("the form of a visit", lambda: tess.ask(f"/referrals/{plan}/do/record-visit"), floor)
    measure("what needs a manager's decision", lambda: tess.ask("/decisions"), floor)
    measure("a manager's team", lambda: tess.ask("/team"), floor)


if __name__ == "__main__":
    main()
