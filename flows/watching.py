"""One look at whether the product does what it should by itself. Plain, without Prefect."""

from config import clock
from models.database import Database
from workflow import pulse
from workflow.pulse import Stalled


def watch_once(database: Database) -> Stalled:
    """Find what stands still and ask people to see to it; leave a sign of life."""
    now = clock.now()
    with database.unit_of_work() as connection:
        found = pulse.watch(connection, now)
        says = (
            f"{found.waiting} referrals wait for what should have happened" if found.waiting else "nothing stands still"
        )
        pulse.beat(connection, "heartbeat", now, says)
    return found
