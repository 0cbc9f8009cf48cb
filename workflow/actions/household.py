"""What befalls a household, and what somebody notices without sending it on."""

from datetime import date
from typing import Any, Final

from models.commands import front_door as commands
from models.commands.base import Command
from models.facts import Link, Person
from models.vocabulary import Kind, Stage, State
from workflow.actions.act import Act, Newcomer, Step, Verb
from workflow.carers import parents
from workflow.errors import BadCommandError
from workflow.questions import day_of

ADULT: Final = 18
_GROWN: Final = frozenset({"mother", "father", "parent", "carer", "partner", "grandparent"})


def add_person(act: Act, command: commands.AddPerson) -> Step:
    """Somebody who was not on record. Whoever lives there is to be looked at from now.

    So is a partner, of whom it is only said that they live elsewhere: the rules go by the worse. The clocks run from today, when the hub hears of it, and not from the day on which somebody moved in unnoticed.
    """
    _not_ahead(act, command.born, command.since)
    standing = act.standing
    who = f"p{standing.id}v{standing.version + 1}"
    child = _is_child(act, command)
    person = Person(who, child, command.born, command.due, gp=command.gp, factors=frozenset(command.factors))
    parent = _whose_partner(act, command.partner_of) if command.relation == "partner" else None
    relation = "other" if command.relation == "lodger" else command.relation
    what = "new_partner" if parent else "joined" if command.lives_here else "lives_elsewhere"
    beside: dict[str, Any] = {"with": parent}
    event = act.event(
        Kind.HOUSEHOLD,
        what=what,
        person=who,
        relation=command.relation,
        since=command.since.isoformat() if command.since else None,
        lives_here=command.lives_here,
        words=command.words or None,
        **beside,
    )
    link = Link(who, relation, parent or act.case.child_id)
    return Step((event,), people=(Newcomer(person, command.name.strip(), (link,)),))


def _not_ahead(act: Act, *days: date | None) -> None:
    for day in days:
        if day is not None and day > day_of(act.now):
            raise BadCommandError(f"{day} is still to come.", "Give the day on which it happened.")


def _is_child(act: Act, command: commands.AddPerson) -> bool:
    """Tell by the date of birth or, where nobody knows it, by what somebody is to the child. A parent is never one."""
    if command.relation in _GROWN:
        return False
    if command.born is None:
        return command.due is not None or command.relation == "sibling"
    today = day_of(act.now)
    return (command.born.year + ADULT, command.born.month, command.born.day) > (today.year, today.month, today.day)


def _whose_partner(act: Act, named: str | None) -> str:
    of = parents(act.case)
    if named is not None and named not in of:
        raise BadCommandError(
            f"{named!r} is no parent of the child.", f"The parents are: {', '.join(of) or 'unknown'}."
        )
    if named is None and len(of) != 1:
        raise BadCommandError(
            "Whose partner is this?",
            f"Add partner_of= with one of {', '.join(of)}." if of else "Add the parent first, with `add-person`.",
        )
    return named or of[0]


def record_household(act: Act, command: commands.RecordHousehold) -> Step:
    """A change in the household. A birth tells when the child was born and, if known, how early."""
    act.somebody(command.person, command.other)
    _not_ahead(act, command.since)
    if command.what == "left" and command.person is None:
        raise BadCommandError("Who has left?", "Add person= with the id that `mash show` gives.")
    birth = command.what == "birth"
    if command.gestation and not birth:
        raise BadCommandError("Weeks of pregnancy are told of a birth.", "Write what=birth, or leave gestation= out.")
    other: dict[str, Any] = {"with": command.other}
    event = act.event(
        Kind.HOUSEHOLD,
        what=command.what,
        person=command.person,
        address=command.address,
        since=command.since.isoformat() if command.since else None,
        gestation=command.gestation,
        words=command.words or None,
        **other,
    )
    return Step((event,), child=_told_of_birth(act, command) if birth else _moved(act, command))


def _moved(act: Act, command: commands.RecordHousehold) -> dict[str, Any]:
    """Where the child lives from now on, where it is the child, or the household as a whole, that moved."""
    whole = command.person is None or command.person == act.case.child_id
    return {"address": command.address} if command.what == "moved_address" and whole and command.address else {}


def _told_of_birth(act: Act, command: commands.RecordHousehold) -> dict[str, Any]:
    """A day of birth on record stands; nobody gives it by the day on which it was written down."""
    if command.person is not None and command.person != act.case.child_id:
        return {}
    known = act.case.family.people[act.case.child_id]
    born = {} if known.born else {"born": command.since or day_of(act.now)}
    return {**born, **({"gestation_at_birth": command.gestation} if command.gestation else {})}


def protect_address(act: Act, command: commands.ProtectAddress) -> Step:
    """Where the child lives stays out of letters and chronologies, so that whoever looks for them finds no door."""
    protected = command.status == "protected"
    event = act.event(Kind.NOTE, which="address", status=command.status, words=command.words)
    return Step((event,), child={"safe_address": not protected})


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
    _verb("add-person", "Add somebody to the family or household.", commands.AddPerson, add_person),
    _verb("record-household", "Record a change in the household.", commands.RecordHousehold, record_household),
    _verb("protect-address", "Keep the child's address out of every text.", commands.ProtectAddress, protect_address),
    _verb("log-concern", "Log a worry that is not sent on.", commands.LogConcern, log_concern),
    _verb("record-incident", "Record an incident at home.", commands.RecordIncident, record_incident),
)
