"""Delivery: what waits in the post is sent; what cannot be is tried again, and in the end becomes a person's task."""

from prefect import flow

from flows.hub import open_hub
from flows.letters import deliver_all
from flows.recording import keep_table


@flow(name="delivery", validate_parameters=False)
def delivery() -> dict[str, int]:
    """Send every message whose time has come."""
    done = deliver_all(open_hub())
    numbers = {"sent": done.sent, "retried": done.retried, "given up": done.dead}
    keep_table("delivery", [numbers] if done.total else [])
    return numbers
