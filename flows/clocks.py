"""The clocks: whatever is due now is sounded, to the owner, then the manager, then the head of service."""

from typing import Final

from prefect import flow

from config import clock
from flows.hub import Hub, open_hub
from flows.looking import Round, look_at
from flows.recording import finish
from workflow.fulfil import due_for_a_look

BATCH: Final = 300


@flow(name="clocks", validate_parameters=False)
def clocks() -> dict[str, int]:
    """Look after every referral whose next clock has come, the longest waiting first."""
    return finish("clocks", sound_all(open_hub()))


def sound_all(hub: Hub) -> Round:
    """Look at what is due, batch by batch, each referral once."""
    came_to = Round()
    seen: set[int] = set()
    while True:
        with hub.database.reading() as connection:
            due = [number for number in due_for_a_look(connection, clock.now(), BATCH) if number not in seen]
        if not due:
            return came_to
        seen.update(due)
        batch = look_at(hub, due)
        came_to.done |= batch.done
        came_to.broken |= batch.broken
