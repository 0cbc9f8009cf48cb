"""What a flow leaves in Prefect: a table of references and numbers, and a failed run where something broke.

Never a name, never a reason: Prefect keeps what it is given in the clear.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from prefect.artifacts import create_table_artifact
from prefect.context import FlowRunContext

from flows.hub import open_hub
from flows.looking import Round, look_at, standing
from models.vocabulary import Stage, State


class RoundBrokeError(Exception):
    """Some referrals could not be looked after; they come back by themselves, and in the end to a person."""


def stage_round(stage: Stage, states: frozenset[State], numbers: Iterable[int]) -> dict[str, int]:
    """Look at these referrals, or at all that stand in the stage's states, and put on record what came of it."""
    hub = open_hub()
    return finish(stage.value, look_at(hub, list(numbers) or standing(hub, states)))


def finish(name: str, came_to: Round) -> dict[str, int]:
    """Keep the table of a round, and let the run fail where something broke."""
    keep_table(name, came_to.rows())
    if came_to.broken:
        raise RoundBrokeError(f"{len(came_to.broken)} of {len(came_to.broken) + len(came_to.done)} referrals broke.")
    total = came_to.total
    return {"referrals": len(came_to.done), "messages": total.messages, "tasks": total.tasks, "acts": total.acts}


def keep_table(name: str, rows: list[dict[str, Any]]) -> UUID | None:
    """Keep a table with the run, if there is a run to keep it with and something to say."""
    if not rows or FlowRunContext.get() is None:
        return None
    kept = create_table_artifact(rows, key=name.replace("_", "-"))
    assert isinstance(kept, UUID)
    return kept
