"""The schedule as data: every flow, and how often it runs when nothing wakes it.

The resident worker keeps it in its own process; on a hub's Prefect, `prefect.yaml` says the same (a test compares).
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from models.vocabulary import Stage


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One flow: where it is, and after how many sweeps of the settings' length it is due (at 1, each)."""

    name: str
    entrypoint: str
    seconds: int

    def load(self) -> Any:
        """Import the flow. Prefect costs seconds and a hundred megabytes: nothing does this before it runs one."""
        module, _, name = self.entrypoint.rpartition(".")
        return getattr(import_module(module), name)


def _stage(stage: Stage) -> Scheduled:
    return Scheduled(stage.value.replace("_", "-"), f"flows.{stage.value}.{stage.value}", 300)


STAGES: Final[dict[Stage, Scheduled]] = {stage: _stage(stage) for stage in Stage}
CLOCKS: Final = Scheduled("clocks", "flows.clocks.clocks", 60)
DELIVERY: Final = Scheduled("delivery", "flows.delivery.delivery", 60)
HEARTBEAT: Final = Scheduled("heartbeat", "flows.heartbeat.heartbeat", 300)
SCHEDULE: Final[tuple[Scheduled, ...]] = (*STAGES.values(), CLOCKS, DELIVERY, HEARTBEAT)
