"""Running everything once, without Prefect: for a machine on which `mash up` does not run, and for trying things out."""

from dataclasses import dataclass

from cli.opening import Product
from models.vocabulary import State


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

    hub = open_hub()
    everywhere = frozenset(State) - {State.CLOSED}
    rounds = []
    sent = 0
    for _ in range(2):
        rounds.append(look_at(hub, standing(hub, everywhere)))
        sent += deliver_all(hub).sent
    first, second = rounds
    total = first.total + second.total
    return Once(len(first.done), total.messages, total.tasks, total.acts, sent, len(first.broken | second.broken))
