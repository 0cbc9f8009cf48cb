"""Who is told what. The rules name the person; this table says it in words, for the docs and for whoever reads a rule."""

from typing import Final

TOLD: Final[dict[str, str]] = {
    "acknowledged": "the professional who referred",
    "outcome": "the professional who referred",
    "invitation": "everybody called to the strategy discussion, the professional who referred among them",
    "invitation_changed": "everybody who was invited to the strategy discussion",
    "invitation_cancelled": "everybody who was invited to the strategy discussion",
    "view_wanted": "every professional at work with the child outside the council",
    "view_chased": "a professional whose view was wanted and has not come",
    "offer": "the early help coordinator",
    "offer_declined": "the person who decided on early help",
    "challenge_raised": "the manager who has to answer the challenge",
    "challenge_climbed": "the next manager on the ladder of challenges",
    "challenge_settled": "the professional who raised the challenge",
    "clock_warned": "the owner",
    "clock_breached": "the owner's manager",
    "clock_climbed": "the head of service",
    "task": "the person who has to do it",
    "sign_off_wanted": "the manager who may sign off a closure",
    "second_signature_wanted": "a second person who may sign the decision",
    "allocated": "the new owner",
    "closed": "the professional who referred, and every professional at work with the child",
    "case_holder": "the professional who asked",
    "network": "everybody outside social care who works with the child",
    "undelivered": "the owner, or their manager when the message was for the owner",
    "repeat_request": "the MASH manager",
    "woken": "the owner",
    "information_wanted": "the practitioner whom the hub asks what their agency knows",
}
"""The audience of every message, by its code."""
