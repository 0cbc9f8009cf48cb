"""Looking after referrals: one transaction each, so that one that breaks holds up no other. Plain, without Prefect."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from config import clock
from flows.hub import Hub
from models.vocabulary import State
from workflow import fulfil, outbox, store
from workflow.fulfil import Fulfilled

LOG: Final = logging.getLogger("mash.flows")
PAGE: Final = 200
"""So many referrals are read at once in a sweep."""


@dataclass
class Round:
    """What one round of looks came to, by reference: what was done, and what broke."""

    done: dict[str, Fulfilled] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> Fulfilled:
        """Everything done, added up."""
        return sum(self.done.values(), Fulfilled())

    def rows(self) -> list[dict[str, object]]:
        """Return a line for every referral for which something was done, and for every one that broke."""
        lines: list[dict[str, object]] = [
            {"reference": name, "messages": one.messages, "tasks": one.tasks, "acts": one.acts, "clocks": one.clocks}
            for name, one in self.done.items()
            if one != Fulfilled()
        ]
        return lines + [{"reference": name, "broke": kind} for name, kind in self.broken.items()]


def look_at(hub: Hub, numbers: Iterable[int]) -> Round:
    """Look at referrals one by one: do what the duties ask, sound the clocks that are due, settle what waited."""
    came_to = Round()
    for number in numbers:
        name = store.reference(number)
        try:
            came_to.done[name] = look_once(hub, number)
        except Exception as error:  # noqa: BLE001 (a referral that breaks must not hold up the others)
            kind = type(error).__name__
            came_to.broken[name] = kind
            LOG.warning("%s could not be looked after: %s", name, kind)  # Its words could repeat the record.
            outbox.put_off(hub.database, number, clock.now(), kind)
    return came_to


def look_once(hub: Hub, number: int) -> Fulfilled:
    """Look at one referral, in a transaction of its own."""
    with hub.database.unit_of_work() as connection:
        rows = outbox.waiting_on(connection, number)
        now = clock.now()
        done = fulfil.look(hub.engine, connection, number, now)
        outbox.settle(connection, rows, now)
    return done


def standing(hub: Hub, states: frozenset[State]) -> Iterator[int]:
    """Yield every open referral that stands in these states, page by page."""
    after = 0
    while True:
        with hub.database.reading() as connection:
            page = outbox.standing_in(connection, states, after, PAGE)
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1]
