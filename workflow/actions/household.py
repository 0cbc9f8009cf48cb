"""What befalls a household, and what somebody notices without sending it on."""

from typing import Any, Final

from models.commands import front_door as commands
from models.commands.base import Command
from models.vocabulary import Kind, Stage, State
from workflow.actions.act import Act, Step, Verb


def record_household(act: Act, command: commands.RecordHousehold) -> Step:
    """A change in the household."""
    act.somebody(command.person, command.other)
    other: dict[str, Any] = {"with": command.other}
    event = act.event(
        Kind.HOUSEHOLD,
        what=command.what,
        person=command.person,
        address=command.address,
        words=command.words or None,
        **other,
    )
    return Step((event,))


def log_concern(act: Act, command: commands.LogConcern) -> Step:
    """A worry that is kept in view without becoming a contact of its own."""
    act.known(*command.shared_with)
    event = act.event(
        Kind.CONCERN,
        concerns=command.concerns,
        shared_with=command.shared_with,
        referred=False,
        reason=bool(command.reason) or None,
        words=command.words,
    )
    return Step((event,))


def record_incident(act: Act, command: commands.RecordIncident) -> Step:
    """An incident at home. It is a new risk: it takes a proposed closure back and wakes what was deferred."""
    act.somebody(*command.involving)
    event = act.event(
        Kind.INCIDENT, what=command.what, child_present=command.child_present, involving=command.involving
    )
    if act.standing.state is State.DEFERRED:
        return Step((event, act.event(Kind.WOKEN)), "wake", reason="a new risk")
    return Step((event,), "send_back" if act.standing.state is State.CLOSURE_PROPOSED else None, reason="a new risk")


def _verb(name: str, says: str, command: type[Command], step: Any) -> Verb:
    return Verb(name=name, stage=Stage.FRONT_DOOR, says=says, command=command, step=step)


VERBS: Final = (
    _verb("record-household", "Record a change in the household.", commands.RecordHousehold, record_household),
    _verb("log-concern", "Log a worry that is not sent on.", commands.LogConcern, log_concern),
    _verb("record-incident", "Record an incident at home.", commands.RecordIncident, record_incident),
)
