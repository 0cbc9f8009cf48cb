"""`make bench`: every figure that the README states, measured here and now, ratios beside their floor."""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from models.events import Event
from models.facts import Family
from tests.support import paths
from tests.support.hub import open_hub
from tests.support.postgres import Server
from tools import bench_decisions, bench_pages
from workflow import rulebook
from workflow.judging import findings
from workflow.replay.shelf import open_casebook
from workflow.rule import Terms

MASH = [sys.executable, "-m", "cli.main"]
IDLE_SECONDS = 20
SETTLE_SECONDS = 45
YEARS = 10
TICKS = os.sysconf("SC_CLK_TCK")


def decisions() -> None:
    """Decisions per second on each database, against the bare driver."""
    with tempfile.TemporaryDirectory() as folder:
        bench_decisions.main(f"sqlite:///{folder}/bench.db")
    with Server.start() as server, server.fresh_database() as url:
        bench_decisions.main(url)


def ten_years() -> tuple[Family, str]:
    """Return a family with ten years of history: the published review, told again and again."""
    book = open_casebook("luke-and-matt")
    events: list[Event] = []
    span = timedelta(days=17 * 30)
    for turn in range(YEARS * 12 // 17 + 1):
        later = [
            replace(event, at=event.at + turn * span, index=len(events) + place)
            for place, event in enumerate(book.events)
        ]
        events += later
    child = next(person.id for person in book.family.people.values() if person.child)
    return book.family.after(events), child


def rules() -> None:
    """What it costs to judge a case by every rule: a referral of some weeks, and a family with ten years of history."""
    with tempfile.TemporaryDirectory() as folder:
        hub = open_hub(f"sqlite:///{folder}/rules.db")
        reference = paths.ready_to_sign(hub)
        with hub.engine.database.reading() as connection:
            loaded = hub.engine.load(connection, int(reference[1:]), hub.now)
        hub.engine.database.dispose()
    terms = loaded.terms
    judge_all("a referral", loaded.case.family, loaded.case.child_id, terms, hub.now)
    family, child = ten_years()
    judge_all("ten years", family, child, terms, family.record[-1].at)


def judge_all(what: str, family: Family, child: str, terms: Terms, now: datetime) -> None:
    """Judge the last event of a record by every gate, and the case by every duty, clock and signal."""

    def judge() -> None:
        case = family.case(child)
        list(findings(case, family.record[-1], terms))
        list(rulebook.raised(case, terms, now))
        for duty in rulebook.DUTIES:
            list(duty.judge(case, terms, now + timedelta(days=1)))
        for clock in rulebook.CLOCKS:
            list(clock.judge(case, terms))

    times = []
    for _ in range(20):
        start = time.perf_counter()
        judge()
        times.append(time.perf_counter() - start)
    micro = statistics.median(times) * 1e6
    print(f"All {len(rulebook.RULES)} rules on {what} ({len(family.record)} events): {micro:.0f} microseconds")


def help_time() -> None:
    """How long `mash --help` takes, beside Python's own start."""
    for what, command in (("python -c pass", [sys.executable, "-c", "pass"]), ("mash --help", [*MASH, "--help"])):
        times = []
        for _ in range(7):
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            times.append(time.perf_counter() - start)
        print(f"{what}: {statistics.median(times):.2f} s (median of 7)")


def free_port() -> str:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def family_of(process: int) -> list[int]:
    """Return a process and everything it started."""
    children = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == process:
            children.append(int(entry.parent.name))
    return [process, *(grandchild for child in children for grandchild in family_of(child))]


def used(processes: list[int]) -> tuple[float, float]:
    """Return the CPU seconds and the megabytes that these processes have used and hold."""
    seconds = megabytes = 0.0
    for process in processes:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        seconds += (int(fields[11]) + int(fields[12])) / TICKS
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                megabytes += int(line.split()[1]) / 1024
    return seconds, megabytes


def idle() -> None:
    """What the whole embedded product costs while nothing happens, and how soon it answers."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        ports = {"MASH_STATUS_PORT": port, "MASH_PORT": free_port(), "MASH_PREFECT_PORT": free_port()}
        settings = {"MASH_HOME": folder, **ports}
        environment = os.environ | settings
        for run in ("cold", "warm"):
            start = time.perf_counter()
            with (Path(folder) / "bench.log").open("ab") as log:
                product = subprocess.Popen([*MASH, "up", "--demo"], env=environment, stdout=log, stderr=log)
            first = answered(port, start)
            subprocess.run([*MASH, "worklist", "--as", "asha"], env=environment, check=False, capture_output=True)
            print(
                f"mash up, {run}: status after {first:.1f} s, the command line answers {time.perf_counter() - start:.1f} s after the start"
            )
            if run == "warm":
                time.sleep(SETTLE_SECONDS)
                before, _ = used(family_of(product.pid))
                time.sleep(IDLE_SECONDS)
                after, megabytes = used(family_of(product.pid))
                print(f"Idle: {megabytes:.0f} MB and {100 * (after - before) / IDLE_SECONDS:.1f}% of a core")
            product.send_signal(signal.SIGINT)
            product.wait(timeout=30)


def answered(port: str, start: float) -> float:
    """Wait for the status page; return the seconds it took."""
    while time.perf_counter() - start < SETTLE_SECONDS:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/status", timeout=2) as answer:
                json.load(answer)
                return time.perf_counter() - start
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"The status page did not answer within {SETTLE_SECONDS} seconds.")


if __name__ == "__main__":
    print("Two numbers of one run compare; those of two runs do not.")
    decisions()
    rules()
    help_time()
    idle()
    bench_pages.main()
