"""Decisions per second, as a ratio to the same rows written with the bare driver, interleaved in one run.

`python -m tools.bench_decisions sqlite:///some/file.db` (or a PostgreSQL address): an empty database, please.
"""

import json
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg

from models.database import Database
from tests.support import paths
from tests.support.hub import Hub, open_hub
from workflow import store

ROUNDS = 15
EACH = 20


class Floor:
    """What one decision writes and must read, said to the driver itself: the least any engine could do."""

    def __init__(self, database: Database, number: int) -> None:
        """Open a connection of its own, with the same durability as the product's."""
        self.number = number
        if database.is_sqlite:
            self.mark = "?"
            self.connection: Any = sqlite3.connect(database.url.removeprefix("sqlite:///"), isolation_level=None)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
                self.connection.execute(f"PRAGMA {pragma}")
            self.begin = "BEGIN IMMEDIATE"
        else:
            self.mark = "%s"
            address = database.url.replace("postgresql+psycopg://", "postgresql://")
            self.connection = psycopg.connect(address, autocommit=True, prepare_threshold=1)
            self.begin = "BEGIN"

    def run(self, statement: str, *values: Any) -> Any:
        """Say one statement."""
        return self.connection.execute(statement.replace("?", self.mark), values)

    def decide(self, moment: str, line: str) -> None:
        """Read the referral, its people, record and clocks; write event, decision, audit, outbox and referral."""
        self.run(self.begin)
        row = self.run("SELECT family_id, version, audit_head FROM referral WHERE id = ?", self.number).fetchone()
        family, version, head = row
        self.run("SELECT * FROM person WHERE family_id = ?", family).fetchall()
        self.run("SELECT * FROM link WHERE family_id = ?", family).fetchall()
        self.run("SELECT * FROM record WHERE family_id = ? ORDER BY id", family).fetchall()
        self.run("SELECT * FROM account WHERE authority = 'coventry'").fetchall()
        self.run("SELECT * FROM clock WHERE referral_id = ?", self.number).fetchall()
        about = json.dumps(["p"])
        self.run(
            "INSERT INTO record (family_id, referral_id, at, kind, about, by, data) VALUES (?, ?, ?, 'note', ?, 'sam', ?)",
            family, self.number, moment, about, json.dumps({"words": line}),
        )  # fmt: skip
        self.run(
            "UPDATE referral SET version = ?, audit_head = ? WHERE id = ? AND version = ?",
            version + 1, head, self.number, version,
        )  # fmt: skip
        self.run(
            "INSERT INTO decision (referral_id, version, at, actor, verb, from_state, to_state, reason, warned, policy)"
            " VALUES (?, ?, ?, 'sam', 'record-visit', 'child_in_need', 'child_in_need', '', '[]', 'coventry')",
            self.number, version + 1, moment,
        )  # fmt: skip
        self.run(
            "INSERT INTO audit (referral_id, version, entry, previous, hash) VALUES (?, ?, ?, ?, ?)",
            self.number, version + 1, line, head, head,
        )  # fmt: skip
        self.run(
            "INSERT INTO outbox (referral_id, version, stage, at, attempts) VALUES (?, ?, 'plans', ?, 0)",
            self.number, version + 1, moment,
        )  # fmt: skip
        self.run("COMMIT")


def seconds(act: Callable[[], None]) -> float:
    """Return how long something takes, each."""
    start = time.perf_counter()
    for _ in range(EACH):
        act()
    return (time.perf_counter() - start) / EACH


def engine_act(hub: Hub, reference: str) -> Callable[[], None]:
    """Return one real decision of the engine, with gates, clocks and audit."""
    actor = hub.actor("sam")

    def act() -> None:
        hub.now += timedelta(seconds=1)
        hub.engine.act(reference, "record-visit", actor, hub.now, {"access": "granted", "child_seen": True})

    return act


def main(url: str) -> None:
    """Measure and print one line."""
    hub = open_hub(url)
    ours, theirs = (paths.to_child_in_need(hub, child=f"Bench {name}") for name in ("one", "two"))
    floor = Floor(hub.engine.database, store.number(theirs))
    act = engine_act(hub, ours)
    line = "x" * 600

    def bare() -> None:
        floor.decide(hub.now.isoformat(), line)

    seconds(act), seconds(bare)
    pairs = [(seconds(act), seconds(bare)) for _ in range(ROUNDS)]
    engine, driver = (statistics.median(pair[i] for pair in pairs) for i in (0, 1))
    kind = "SQLite" if hub.engine.database.is_sqlite else "PostgreSQL"
    print(
        f"{kind}: {1 / engine:.0f} decisions/s; the same rows by the bare driver {1 / driver:.0f}/s;"
        f" ratio {engine / driver:.2f} (record of {ROUNDS * EACH + EACH + 20} events)"
    )
    hub.engine.database.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
