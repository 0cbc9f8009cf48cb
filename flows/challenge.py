"""The challenge: whoever must answer hears of it, and a rung whose time is over is climbed.

A challenge can be raised wherever a referral stands, so its sweep looks wherever a challenge's clock runs.
"""

from collections.abc import Sequence

from prefect import flow

from flows.hub import open_hub
from flows.looking import look_at
from flows.recording import finish
from models.vocabulary import Stage
from workflow.timekeeping import running_in


@flow(name="challenge", validate_parameters=False)
def challenge(numbers: Sequence[int] = ()) -> dict[str, int]:
    """Look after these referrals, or after all that have an open challenge."""
    hub = open_hub()
    if not numbers:
        with hub.database.reading() as connection:
            numbers = running_in(connection, Stage.CHALLENGE)
    return finish(Stage.CHALLENGE.value, look_at(hub, numbers))
