"""Commands of the closure."""

from typing import Literal

from models.commands.base import Command, Words
from models.vocabulary import View


class ProposeClosure(Command):
    """Put a case forward for closing, with its summary."""

    reason_code: Literal[
        "needs_met",
        "stepped_down",
        "no_further_action",
        "early_help_after_assessment",
        "malicious",
        "moved_away",
        "died",
        "other",
    ]
    summary: Words


class GiveView(Command):
    """What you think of what is proposed. Saying nothing is not agreement."""

    view: View
    reason: str = ""


class ReturnClosure(Command):
    """Send a proposed closure back, with the reason."""

    reason: Words
