"""What was asked for: finding the verb, reading its command, and saying in a sentence what cannot be understood."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from models.commands.base import Command
from workflow.actions.act import Verb
from workflow.errors import BadCommandError
from workflow.misread import faults, quoted
from workflow.replay.faults import near
from workflow.verbs import VERBS


def defaults(verb: Verb) -> dict[str, Any]:
    """Return what a verb's command holds where nothing is said."""
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in verb.command.model_fields.items()
        if not field.is_required()
    }


def find_verb(name: str) -> Verb:
    """Return a verb by name, or say which there are."""
    try:
        return VERBS[name]
    except KeyError:
        says = f"There is no verb {quoted(name)}{near(name, VERBS) or '.'}"
        raise BadCommandError(says, "`mash verbs` lists what can be done to a referral.") from None


def read_command(verb: Verb, args: Mapping[str, Any] | Command | None) -> Command:
    """Read what was asked for, or say in one sentence per field what is wrong with it."""
    if isinstance(args, verb.command):
        return args
    try:
        return verb.command.model_validate(dict(args or {}))
    except ValidationError as error:
        says = "; ".join(faults(error.errors()))
        raise BadCommandError(
            f"`{verb.name}` was not understood: {says}.", f"`mash verbs {verb.name}` lists its details."
        ) from None


def mentioned(command: Command) -> tuple[str, ...]:
    """Return the accounts a command speaks of, so that they are loaded with the case."""
    found: list[str] = []
    for name in ("to", "who", "lead", "person", "on_behalf_of", "cosigned"):
        value = getattr(command, name, None)
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, tuple):
            found.extend(value)
    for name in ("attended", "invited", "joint", "accounts", "of", "discussed_with", "shared_with"):
        value = getattr(command, name, None)
        if isinstance(value, tuple):
            found.extend(value)
    return tuple(found)
