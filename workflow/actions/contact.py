"""A contact, who told it, and when: an account, or somebody who has none and is rung back by a person."""

from datetime import UTC, datetime
from typing import Any

from config.clock import LONDON
from models.commands import front_door as commands
from models.events import Event
from models.vocabulary import Kind, PractitionerKind, Role
from workflow.actions.act import Act, Actor, Caller
from workflow.errors import BadCommandError
from workflow.permissions import KEYS_IN
from workflow.rule import Terms


def _seen(mobile: bool | None, explained: bool | None) -> dict[str, bool] | None:
    if mobile is None and explained is None:
        return None
    return {key: value for key, value in (("child_mobile", mobile), ("explained", explained)) if value is not None}


def caller_of(act: Act, command: commands.Refer | commands.AddConcern) -> Caller | None:
    """Return who called, where that is somebody without an account: by name, or without one."""
    named = command.caller is not None
    if named + command.anonymous + (command.on_behalf_of is not None) > 1:
        raise BadCommandError("One person called.", "Give one of caller=, anonymous= and on_behalf_of=.")
    if not named and (command.caller_reach is not None or command.name_withheld):
        raise BadCommandError("Whose telephone number, and whose name?", "Add caller=, or say anonymous=true.")
    if not named and not command.anonymous:
        return None
    if named and command.caller_reach is None:
        raise BadCommandError(
            "How can the caller be reached?", "Add caller_reach= with a telephone number, or say anonymous=true."
        )
    who = f"caller{act.standing.id}v{act.standing.version + 1}"
    kind = PractitionerKind(command.caller_is)
    name = command.caller.strip() if command.caller else None
    return Caller(who, kind, name, command.caller_reach, command.name_withheld)


def came_at(command: commands.Refer | commands.AddConcern, now: datetime) -> datetime:
    """Return when a contact reached the hub: now, or the earlier moment that was written on paper. It is in UTC."""
    if command.told_at is None:
        return now
    told = command.told_at
    return (told if told.tzinfo else told.replace(tzinfo=LONDON)).astimezone(UTC)


def check_keyed_in(actor: Actor, command: commands.Refer | commands.AddConcern, now: datetime, terms: Terms) -> None:
    """Refuse an earlier moment from whoever does not take contacts in, one that is to come, and one too long ago."""
    if command.told_at is None:
        return
    if actor.role not in KEYS_IN:
        raise BadCommandError(
            "Only the hub says that something reached it earlier.", "Leave told_at= out: it counts from now."
        )
    told = came_at(command, now)
    if told > now:
        raise BadCommandError("It cannot have reached the hub in the future.", "Check told_at=, the day and the time.")
    if terms.due(told, "keyed_in.back") < now:
        back = terms.policy.span("keyed_in.back")
        raise BadCommandError(
            f"It reached the hub more than {back} ago.",
            "Leave told_at= out, say in the words when it came, and tell the manager of the hub.",
        )


def contact(act: Act, command: commands.Refer | commands.AddConcern, **more: Any) -> Event:
    """Make the event of a contact, by the person who called, whoever wrote it down."""
    public = caller_of(act, command)
    told_by = public.id if public else command.on_behalf_of or act.actor.id
    if told_by != act.actor.id and act.actor.role in {Role.PARTNER, Role.EARLY_HELP_COORDINATOR}:
        raise BadCommandError(
            "Only the hub and social care write down what somebody else has told them.",
            "Leave on_behalf_of=, caller= and anonymous= out, and say what you know yourself.",
        )
    if public is None:
        act.here(told_by)
    return act.event(
        Kind.CONTACT,
        by=told_by,
        at=came_at(command, act.now),
        keyed_in=act.now.isoformat() if command.told_at is not None else None,
        anonymous=command.anonymous or None,
        concerns=command.concerns,
        channel=command.channel,
        attachments=command.attachments or None,
        injury=_seen(command.child_mobile, command.explained),
        words=command.words,
        to="hub",
        **more,
    )
