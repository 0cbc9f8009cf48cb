"""Running everything once, without Prefect: for a machine on which `mash up` does not run, and for trying things out."""

from dataclasses import dataclass
from typing import Final

from cli.opening import Product
from models.vocabulary import State

MOST: Final = 100_000
"""So many closed referrals with something left to say are looked at in one go."""


@dataclass(frozen=True, slots=True)
class Once:
    """What one round of everything came to."""

    referrals: int
    messages: int
    tasks: int
    acts: int
    sent: int
    broken: int


def run_once(_product: Product) -> Once:
    """Look at every open referral and empty the post, and once more for what followed from that."""
    from flows.hub import open_hub
    from flows.letters import deliver_all
    from flows.looking import look_at, standing
    from workflow import outbox

    hub = open_hub()
    everywhere = frozenset(State) - {State.CLOSED}
    rounds = []
    sent = 0
    for _ in range(2):
        with hub.database.reading() as connection:
            waiting = outbox.referrals_waiting(connection, MOST)
        rounds.append(look_at(hub, sorted({*waiting, *standing(hub, everywhere)})))
        sent += deliver_all(hub).sent
    first, second = rounds
    total = first.total + second.total
    return Once(len(first.done), total.messages, total.tasks, total.acts, sent, len(first.broken | second.broken))
