"""What presses: red interrupts. It goes both ways to whoever has two, and much of it has to be acknowledged."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from workflow.daily_letter import CAN_WAIT, red
from workflow.engine import Loaded
from workflow.messages import add_message

TO_ACKNOWLEDGE: Final = frozenset(
    {"allocated", "invitation", "invitation_changed", "challenge_raised", "challenge_climbed", "clock_climbed"}
)
"""Messages about a red referral that somebody must be known to have seen."""


def tell_of(
    connection: Connection,
    loaded: Loaded,
    key: str,
    rule: str,
    template: str,
    account: str,
    args: dict[str, Any],
    now: datetime,
    held_until: datetime | None,
) -> None:
    """Put a message about a referral in the post, as urgently as the referral is."""
    pressing = held_until is None and template not in CAN_WAIT and red(loaded, now)
    by = loaded.terms.due(now, "acknowledge.red") if pressing and template in TO_ACKNOWLEDGE else None
    add_message(
        connection,
        loaded.row,
        key,
        rule,
        template,
        account,
        args,
        now,
        held_until,
        pressing=pressing,
        acknowledge_by=by,
    )
