"""One contact about a whole family: a referral for each child, in one transaction, so that either all exist or none.

Each child has the contact on its own record, in the same words: every rule is judged for one child at a time, and
what is true of one need not be true of its sister. The words are short; what is large is kept once (`evidence`).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import Connection, select

from models.commands.base import MOST_LETTERS
from models.commands.front_door import Refer
from models.commands.referral import ReferFamily, ToldAdult, ToldChild
from models.tables.referral import ReferralRow
from models.vocabulary import Factor
from workflow import store
from workflow.actions.act import Actor
from workflow.engine import Done, Engine
from workflow.errors import BadCommandError, NotPermittedError
from workflow.intake import Beside, check_child, known_child, refer_within
from workflow.intake_people import Adult, link_siblings
from workflow.messages import add_task
from workflow.misread import faults
from workflow.permissions import may
from workflow.questions import day_of

_SAID: Final = (
    ("seen", "What was seen or heard, and when"),
    ("known_to", "Who else knows"),
    ("consent_reason", "Why the family does not know, or does not agree"),
    ("by_role", "Told by"),
    ("ring_back", "To ring back"),
)
"""What is told beside the worry itself, and the words that go before it on the record."""
_OF_THE_FAMILY: Final = frozenset(
    {"concerns", "consent", "channel", "attachments", "anyway", "on_behalf_of", "caller", "caller_reach"}
    | {"caller_is", "name_withheld", "anonymous", "told_at"}
)
"""What holds for every child of the contact, as the command of one child has it."""


def refer_family(engine: Engine, actor: Actor, now: datetime, given: dict[str, Any] | ReferFamily) -> tuple[Done, ...]:
    """Take a contact about a family in, in a transaction of its own. Raises a `MashError` when it cannot be done.

    Returns what came of it for each child, in the order in which they were told.
    """
    with engine.database.unit_of_work() as connection:
        return refer_family_within(engine, connection, actor, now, given)


def refer_family_within(
    engine: Engine, connection: Connection, actor: Actor, now: datetime, given: dict[str, Any] | ReferFamily
) -> tuple[Done, ...]:
    """Take a contact about a family in, inside a transaction that somebody else opened and will commit."""
    told = _read(given)
    if not may(actor.role, "refer"):
        raise NotPermittedError(f"As {actor.role.value} you may not refer a child.", "Ring the hub.")
    check(told, now)
    # All at once and in one order: two agencies that tell of the same children then wait for each other, once.
    for day in sorted({str(child.born or child.due) for child in told.children}):
        engine.database.take_turns(connection, f"refer {actor.authority} {day}")
    done: dict[int, Done] = {}
    family: int | None = None
    for at in _known_first(connection, told, actor.authority):
        together = tuple(store.number(one.reference) for one in done.values())
        beside = _beside(told, at, family, together)
        done[at] = refer_within(engine, connection, actor, now, _of_one(told, at, linked=bool(done)), beside)
        family = family or _family_of(connection, done[at])
    found = tuple(done[at] for at in range(len(told.children)))
    _link(engine, connection, found, now)
    return found


def check(told: ReferFamily, now: datetime) -> None:
    """Refuse what cannot be so, before anything is written: of each child, of two who are one, of who is what to whom."""
    for child in told.children:
        check_child(child, day_of(now))
    same = [(" ".join(one.child.lower().split()), one.born or one.due) for one in told.children]
    twice = next((one.child for one, key in zip(told.children, same, strict=True) if same.count(key) > 1), None)
    if twice is not None:
        raise BadCommandError(f"{twice} is told of twice.", "Tell of each child once.")
    for adult in told.adults:
        if len(adult.relations) != len(told.children):
            raise BadCommandError(f"What {adult.name} is to each child is not said.", "Say it for every child.")
    if len(words_of(told)) > MOST_LETTERS:
        raise BadCommandError(
            f"Your words are longer than {MOST_LETTERS} letters together.", "Shorten them, or send the rest as a file."
        )


def words_of(told: ReferFamily) -> str:
    """Return the words of a contact as they stand on the record: the worry first, and each answer under its question."""
    more = [f"{says}: {said}" for name, says in _SAID if (said := str(getattr(told, name)).strip())]
    return "\n\n".join((told.words.strip(), *more))


def _read(given: dict[str, Any] | ReferFamily) -> ReferFamily:
    if isinstance(given, ReferFamily):
        return given
    try:
        return ReferFamily.model_validate(given)
    except ValidationError as error:
        says = "; ".join(faults(error.errors()))
        raise BadCommandError(f"The contact was not understood: {says}.") from None


def _known_first(connection: Connection, told: ReferFamily, authority: str) -> list[int]:
    """Return the places of the children, those on record first: a new one joins the family that is known."""
    known = [known_child(connection, child, authority) is not None for child in told.children]
    return sorted(range(len(known)), key=lambda at: not known[at])


def _of_one(told: ReferFamily, at: int, *, linked: bool) -> Refer:
    child = told.children[at]
    own = {name: getattr(child, name) for name in ToldChild.model_fields if name not in {"address", "anyway"}}
    shared = {name: getattr(told, name) for name in _OF_THE_FAMILY}
    # Only the first looks the family up by its reference; the others are kept with the first.
    sibling = None if linked else told.sibling
    address = child.address or told.address
    return Refer.model_construct(
        **own, **shared, address=address, words=words_of(told), sibling=sibling, carers={}, factors=()
    )


def _beside(told: ReferFamily, at: int, family: int | None, together: tuple[int, ...]) -> Beside:
    adults = tuple(_adult(one, at) for one in told.adults if one.relations[at] != "not_related")
    return Beside(
        adults=adults,
        names=tuple(one.name for one in adults),
        family=family,
        together=together,
        unsafe_address=told.safe_address is False,
        consent_reason=bool(told.consent_reason.strip()),
    )


def _adult(told: ToldAdult, at: int) -> Adult:
    factors = dict.fromkeys((*told.factors, *((Factor.INTERPRETER_NEEDED,) if told.interpreter else ())))
    return Adult(told.name, told.relations[at], tuple(factors), told.lives_here, told.born, told.address, told.language)


def _family_of(connection: Connection, done: Done) -> int:
    query = select(ReferralRow.family_id).where(ReferralRow.id == store.number(done.reference))
    return int(connection.execute(query).scalar_one())


def _link(engine: Engine, connection: Connection, found: Iterable[Done], now: datetime) -> None:
    """Say who are brothers and sisters. Two families on record are not made one: a person looks whether they are."""
    query = select(ReferralRow.__table__).where(ReferralRow.id.in_([store.number(one.reference) for one in found]))
    rows = [dict(row) for row in connection.execute(query.order_by(ReferralRow.id)).mappings()]
    families = sorted({row["family_id"] for row in rows})
    for family in families:
        link_siblings(connection, family, [row["child_id"] for row in rows if row["family_id"] == family])
    for row in rows:
        others = [one for one in rows if one["family_id"] != row["family_id"]]
        for other in others[:1]:
            says = f"Look whether {store.reference(other['id'])} is of the same family: one contact told of both."
            due = engine.terms(now).due(now, "decision_and_ack")
            key = f"{row['id']}:family:{other['id']}:task"
            add_task(connection, row, key, "one-referral-per-child", says, row["owner_id"], now, due)
