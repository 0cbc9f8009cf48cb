"""A supervised process: started again when it dies, more slowly each time, and gone when its keeper is."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import child as supervised
from flows.child import Child
from tests.support.product import environment, lives, until

SLEEPS = [sys.executable, "-c", "import time; time.sleep(600)"]


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator[Child]:
    """A process that sleeps."""
    made = Child("sleeper", SLEEPS, environment(tmp_path), tmp_path / "log" / "sleeper.log")
    yield made
    made.kill()


def test_it_runs_until_it_is_asked_to_stop(sleeper: Child) -> None:
    sleeper.start()
    assert sleeper.runs
    assert sleeper.tend() is False

    sleeper.ask_to_stop()
    sleeper.wait_until_stopped()
    assert not sleeper.runs


def test_one_that_dies_is_started_again_after_a_rest(sleeper: Child) -> None:
    sleeper.start()
    sleeper.kill()

    assert sleeper.tend() is True
    assert not sleeper.runs
    until(lambda: sleeper.tend() or sleeper.runs, "it is started again")
    assert sleeper.restarts == 1


def test_one_that_dies_at_once_is_started_less_and_less_often(tmp_path: Path) -> None:
    dies = Child("dies", [sys.executable, "-c", ""], environment(tmp_path), tmp_path / "dies.log")
    dies.start()
    rests = []
    for _ in range(3):
        until(lambda: not dies.runs, "it has died")
        assert dies.tend() is True
        rests.append(dies._next_start - supervised.clock.monotonic())
        until(lambda: dies.tend() or dies.runs, "it is started again")

    dies.kill()
    assert rests == sorted(rests)
    assert rests[0] < rests[1] < rests[2]


def test_one_that_does_not_listen_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervised, "STOP_WITHIN", 0.5)
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
    )
    stubborn = Child("deaf", [sys.executable, "-c", deaf], environment(tmp_path), tmp_path / "deaf.log")
    stubborn.start()
    until(lambda: "deaf" in (tmp_path / "deaf.log").read_text(), "it has stopped listening")

    stubborn.ask_to_stop()
    stubborn.wait_until_stopped()
    assert not stubborn.runs


def test_a_child_does_not_outlive_a_keeper_that_is_killed(tmp_path: Path) -> None:
    keeper = (
        "import os, sys, time; from pathlib import Path; from flows.child import Child;"
        f"c = Child('c', {SLEEPS!r}, dict(os.environ), Path({str(tmp_path / 'c.log')!r})); c.start();"
        "print(c.process.pid, flush=True); time.sleep(600)"
    )
    process = subprocess.Popen([sys.executable, "-c", keeper], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process, process.stdout:
        child = int(process.stdout.readline())
        assert lives(child)
        process.kill()

    until(lambda: not lives(child), "the child is gone")


def test_a_log_that_has_grown_is_put_aside(tmp_path: Path, sleeper: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervised, "MOST_LOG", 10)
    sleeper.log.parent.mkdir()
    sleeper.log.write_text("a long log of yesterday")

    sleeper.start()
    time.sleep(0)

    assert sleeper.log.with_suffix(".old").read_text() == "a long log of yesterday"
    assert sleeper.log.read_text() == ""
