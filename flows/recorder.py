"""Prefect observes, it does not gate: a flow is recorded while Prefect answers, and runs all the same while it does not.

Running a flow a second time is harmless, so whatever goes wrong on Prefect's side is answered by doing the work.
"""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

import httpx
from prefect import Flow, State, tags
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import StateType
from prefect.context import SyncClientContext
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import Crashed

from config import clock
from flows.names import is_gone, this_worker
from flows.schedule import Scheduled

LOG: Final = logging.getLogger("mash.flows")
ASK_EVERY: Final = 2.0
"""Seconds for which an answer of Prefect's health page is believed."""
LEFT_ALONE: Final = 15.0
"""Seconds for which Prefect is not tried again after it failed a run."""
MOST_REAPED: Final = 200


class Recorder:
    """Runs flows for one thread. Without an address nothing is recorded."""

    def __init__(self, api_url: str) -> None:
        """Keep where Prefect is. Nothing is asked of it yet."""
        self.api_url = api_url
        self._believed_until = 0.0
        self._answers = False

    @contextmanager
    def open(self) -> Iterator["Recorder"]:
        """Hold one client for the thread, and keep Prefect's own heartbeat off: it costs each run a second."""
        with ExitStack() as stack:
            if self.api_url:
                stack.enter_context(temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}))
                stack.enter_context(tags(f"worker:{this_worker()}"))
                stack.enter_context(SyncClientContext.get_or_create())
            yield self

    def call(self, scheduled: Scheduled, *args: Any) -> None:
        """Run a flow: recorded if Prefect answers, plain otherwise. What breaks inside it has been seen to already."""
        flow: Flow[Any, Any] = scheduled.load()
        if self.answers():
            try:
                state: State = flow(*args, return_state=True)  # type: ignore[assignment]  # its overloads forget this one
            except Exception as error:  # noqa: BLE001 (whatever Prefect's client raises, the work is done below)
                self.leave_alone()
                LOG.warning("Prefect could not record %s: %s", scheduled.name, type(error).__name__)
            else:
                if not state.is_completed():
                    LOG.warning("%s did not complete: %s", scheduled.name, state.name)
                return
        try:
            flow.fn(*args)
        except Exception as error:  # noqa: BLE001 (the loop goes on; what waited still waits)
            LOG.warning("%s did not complete: %s", scheduled.name, type(error).__name__)

    def answers(self) -> bool:
        """Tell whether Prefect answers, asking at most every few seconds."""
        if self.api_url and clock.monotonic() >= self._believed_until:
            try:
                self._answers = httpx.get(f"{self.api_url}/health", timeout=1.0).status_code == httpx.codes.OK
            except httpx.HTTPError:
                self._answers = False
            self._believed_until = clock.monotonic() + ASK_EVERY
        return self._answers

    def leave_alone(self) -> None:
        """Do without Prefect for a while."""
        self._answers, self._believed_until = False, clock.monotonic() + LEFT_ALONE

    def reap(self) -> int:
        """Mark the runs of workers that are gone as crashed: Prefect would show them as running for ever."""
        running = FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING]))
        )
        reaped = 0
        with get_client(sync_client=True) as client:
            for run in client.read_flow_runs(flow_run_filter=running, limit=MOST_REAPED):
                if any(is_gone(tag.removeprefix("worker:")) for tag in run.tags if tag.startswith("worker:")):
                    client.set_flow_run_state(run.id, Crashed(message="The worker is gone."), force=True)
                    reaped += 1
        return reaped
