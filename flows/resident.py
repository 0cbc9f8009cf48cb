"""The resident worker: has the flows loaded, waits for the outbox, the clocks and the post, and calls what is due.

Two loops, so that a slow mail server holds up no invitation: one looks after referrals, the other delivers. They hold
no state. Killed at any line, nothing is half-done, and the next worker takes back what this one had claimed.
"""

import logging
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from time import gmtime
from typing import Final

from config import clock
from flows.hub import Hub, open_hub
from flows.letters import is_due
from flows.names import is_gone, machine, this_worker
from flows.recorder import Recorder
from flows.schedule import CLOCKS, DELIVERY, HEARTBEAT, STAGES, Scheduled
from workflow import fulfil, outbox, pulse

LOG: Final = logging.getLogger("mash.flows")
MOST_CLAIMED: Final = 300
LONGEST_REST: Final = 30.0
"""Seconds between two tries while the database cannot be reached."""
LOOKING: Final = "looking"
DELIVERING: Final = "delivering"


class Loop:
    """One endless loop of a worker: a step, a short rest, a sign of life; longer rests while steps fail."""

    def __init__(self, name: str, hub: Hub, stop: Event, step: Callable[[Recorder], None]) -> None:
        """Keep what the loop works with."""
        self.name, self.hub, self.stop, self.step = name, hub, stop, step
        self.settings = hub.settings
        self._next_beat = 0.0

    def run(self) -> None:
        """Go round until told to stop."""
        rest = self.settings.poll_seconds
        with Recorder(self.settings.prefect_url if self.settings.prefect else "").open() as recorder:
            while not self.stop.wait(rest):
                try:
                    self.step(recorder)
                    self.beat()
                except Exception as error:  # noqa: BLE001 (the database may be away: wait, and go on)
                    rest = min(max(rest, 0.5) * 2, LONGEST_REST)
                    LOG.warning("%s rests for %.0f s: %s", self.name, rest, type(error).__name__)
                else:
                    rest = self.settings.poll_seconds

    def beat(self) -> None:
        """Leave a sign of life, now and then."""
        if clock.monotonic() >= self._next_beat:
            with self.hub.database.unit_of_work() as connection:
                pulse.beat(connection, f"{self.name}@{machine()}", clock.now(), f"process {this_worker()}")
            self._next_beat = clock.monotonic() + self.settings.heartbeat_seconds


class Looker:
    """The step that looks after referrals: what the outbox says, what the clocks say, and the schedule's sweeps."""

    def __init__(self, hub: Hub) -> None:
        """Keep the hub. A worker that has just started takes part in the sweeps at once."""
        self.hub = hub
        self.lease = timedelta(seconds=hub.settings.lease_seconds)
        self._next_try: dict[str, float] = {}
        self._begun = False

    def step(self, recorder: Recorder) -> None:
        """Do what is due now, and first of all take back what workers that are gone had claimed."""
        if not self._begun:
            take_back(self.hub)
            self._begun = True
        claimed = outbox.claim(self.hub.database, this_worker(), clock.now(), MOST_CLAIMED, self.lease)
        for stage, numbers in claimed.by_stage.items():
            recorder.call(STAGES[stage], numbers)
        with self.hub.database.reading() as connection:
            due = fulfil.due_for_a_look(connection, clock.now(), 1)
        if due:
            recorder.call(CLOCKS)
        for scheduled in (*STAGES.values(), HEARTBEAT):
            if self._my_turn(scheduled):
                recorder.call(scheduled)

    def _my_turn(self, scheduled: Scheduled) -> bool:
        if clock.monotonic() < self._next_try.get(scheduled.name, 0.0):
            return False
        every = self.hub.settings.sweep_seconds
        self._next_try[scheduled.name] = clock.monotonic() + every
        with self.hub.database.unit_of_work() as connection:
            return pulse.take_turn(
                connection, f"{pulse.SWEEP}{scheduled.name}", clock.now(), timedelta(seconds=0.9 * every)
            )


def deliver(hub: Hub) -> Callable[[Recorder], None]:
    """Return the step that empties the post."""

    def step(recorder: Recorder) -> None:
        if is_due(hub):
            recorder.call(DELIVERY)

    return step


def take_back(hub: Hub) -> None:
    """Take back what workers of this machine that are gone had claimed. The leases of others run out by themselves."""
    with hub.database.unit_of_work() as connection:
        for worker in outbox.claimants(connection):
            if is_gone(worker):
                outbox.release(connection, worker)
    hub.post.release(is_gone, clock.now())


def reap(recorder: Recorder, stop: Event) -> None:
    """Tidy Prefect's list of runs as soon as Prefect answers; there is no hurry."""
    while recorder.api_url and not stop.wait(1.0):
        if recorder.answers():
            try:
                recorder.reap()
            except Exception as error:  # noqa: BLE001 (a list to look at; the work does not depend on it)
                LOG.warning("Prefect's list of runs could not be tidied: %s", type(error).__name__)
            return


def log_to_stdout() -> None:
    """Let our own loggers, and no library's, write to the standard output, in UTC."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("%(asctime)sZ %(name)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S"))
    assert handler.formatter is not None
    handler.formatter.converter = gmtime
    ours = logging.getLogger("mash")
    ours.setLevel(logging.INFO)
    ours.addHandler(handler)
    ours.propagate = False


def main() -> int:
    """Run one worker until it is told to stop. A loop that ends by itself ends the worker, and its keeper starts another."""
    log_to_stdout()
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    hub = open_hub()
    loops = [Loop(LOOKING, hub, stop, Looker(hub).step), Loop(DELIVERING, hub, stop, deliver(hub))]
    threads = [Thread(target=loop.run, name=loop.name, daemon=True) for loop in loops]
    for thread in threads:
        thread.start()
    recorder = Recorder(hub.settings.prefect_url if hub.settings.prefect else "")
    Thread(target=reap, args=(recorder, stop), name="reaper", daemon=True).start()
    LOG.info("worker %s runs", this_worker())
    while not stop.wait(0.5):
        if not all(thread.is_alive() for thread in threads):
            LOG.error("a loop has ended; the worker stops")
            return 1
    for thread in threads:
        thread.join(timeout=10)
    return 0


if __name__ == "__main__":
    sys.exit(main())
