"""Commands of stepping down to early help."""

from typing import Literal

from models.commands.base import Command, Words


class OfferStepDown(Command):
    """Offer the case to early help."""

    reason: Words


class Accept(Command):
    """Early help takes the case on, under a named lead."""

    lead: str


class Decline(Command):
    """Early help does not take the case on. The case goes back for a fresh decision."""

    reason_code: Literal["agencies_already_involved", "consent_refused", "no_capacity", "threshold", "other"]
    reason: Words


class RecordConsent(Command):
    """Whether the family agrees to early help."""

    consent: Literal["given", "refused"]
