"""Emptying the post, and asking what became of what it sent. Plain, without Prefect."""

from typing import Final

from config import clock
from flows.hub import Hub
from flows.names import this_worker
from notifications.post_terms import Delivered

BATCH: Final = 50


def is_due(hub: Hub) -> bool:
    """Tell whether there is anything to send, or to ask about."""
    now = clock.now()
    return hub.post.waiting(now) or hub.following.waiting(now)


def deliver_all(hub: Hub) -> Delivered:
    """Send batch after batch until nothing is due."""
    total = Delivered()
    hub.following.ask(clock.now(), BATCH)
    while True:
        done = hub.post.deliver(clock.now(), this_worker(), BATCH)
        total += done
        if not done.total:
            return total
