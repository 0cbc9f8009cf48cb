"""The handshake with early help: offered, accepted with the family's consent, first contact made. Or declined."""

from typing import Any, Final

from models.commands import step_down as commands
from models.commands.base import Command, Nothing
from models.vocabulary import Kind, Stage, State
from workflow.actions.act import Act, Step, Verb, in_
from workflow.actions.enquiry import propose, views_on

_OFFERED = in_(State.EARLY_HELP_OFFERED, State.STEP_DOWN_OFFERED)


def offer_step_down(act: Act, command: commands.OfferStepDown) -> Step:
    """Put the case to early help. It stays open, with its owner, until early help has met the family."""
    plan = act.case.plan
    offered = act.event(
        Kind.STEP_DOWN,
        by=act.standing.owner,
        to="early_help",
        status="proposed",
        manager=act.actor.id,
        views=views_on(act, plan),
        words=command.reason,
    )
    asked = act.event(Kind.EARLY_HELP, by=act.standing.owner, status="requested")
    return Step((offered, asked), "offer_step_down", reason=command.reason)


def accept(act: Act, command: commands.Accept) -> Step:
    """Early help takes the case on, under a named lead."""
    act.here(command.lead)
    return Step((act.event(Kind.EARLY_HELP, status="accepted", lead=command.lead),))


def decline(act: Act, command: commands.Decline) -> Step:
    """Early help says no. The case goes back to whoever decides; that other agencies are involved is a no."""
    said = act.event(Kind.EARLY_HELP, status="declined", reason_code=command.reason_code, words=command.reason)
    return Step((said,), "decline", reason=command.reason)


def record_consent(act: Act, command: commands.RecordConsent) -> Step:
    """Whether the family agrees. A refusal returns the case for a fresh decision."""
    if command.consent == "refused":
        said = act.event(Kind.EARLY_HELP, status="declined", consent="refused", reason_code="consent_refused")
        return Step((said,), "decline", reason="the family does not agree to early help")
    return Step((act.event(Kind.EARLY_HELP, status="consent", consent="given"),))


def make_first_contact(act: Act, _: Nothing) -> Step:
    """Early help has met the family. Only now can the case be put forward for closing."""
    words = "early help has taken the case on and met the family"
    stepping_down = act.standing.state is State.STEP_DOWN_OFFERED
    reason = "stepped_down" if stepping_down else "early_help_after_assessment"
    started = act.event(Kind.EARLY_HELP, status="started", lead=act.actor.id)
    ended = (act.event(Kind.PLAN, which="child_in_need", status="ended"),) if act.case.plan else ()
    return Step((started, *ended, propose(act, words, reason, by=act.standing.owner)), "take_over", reason=words)


def _verb(name: str, says: str, command: type[Command], step: Any, **more: Any) -> Verb:
    return Verb(name=name, stage=Stage.STEP_DOWN, says=says, command=command, step=step, **more)


VERBS: Final = (
    _verb(
        "offer-step-down",
        "Offer the case to early help.",
        commands.OfferStepDown,
        offer_step_down,
        suppose={"reason": "..."},
    ),
    _verb("accept", "Take the case on, as early help.", commands.Accept, accept, in_states=_OFFERED),
    _verb("decline", "Decline it, with the reason.", commands.Decline, decline),
    _verb(
        "record-consent",
        "Record whether the family agrees to early help.",
        commands.RecordConsent,
        record_consent,
        in_states=_OFFERED,
    ),
    _verb("make-first-contact", "Record that early help has met the family.", Nothing, make_first_contact),
)
