"""Emptying the post. Plain, without Prefect."""

from typing import Final

from config import clock
from flows.hub import Hub
from flows.names import this_worker
from notifications.post import Delivered

BATCH: Final = 50


def deliver_all(hub: Hub) -> Delivered:
    """Send batch after batch until nothing is due."""
    total = Delivered()
    while True:
        done = hub.post.deliver(clock.now(), this_worker(), BATCH)
        total += done
        if not done.total:
            return total
