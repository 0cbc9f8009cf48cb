"""The one door for reads: what this person may see. Every look at a child's record is logged before it is shown.

The council's hub sees its own authority's referrals. An agency sees those it is in, and of those only the outcome,
the worker and what it said itself. What does not exist and what one may not know of look exactly the same.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select

from models.events import Event
from models.facts import Case, Family
from models.tables.people import AccountRow, AgencyRow, PersonRow
from models.tables.reads import ReadRow
from models.tables.referral import DecisionRow, ReferralRow
from models.vocabulary import Kind, State
from workflow import listing, naming, rulebook, store
from workflow.actions.act import Actor
from workflow.agenda import Deadline
from workflow.chronology_shown import Chronicle, Whence, chronicle, own_part
from workflow.chronology_wanted import Asked
from workflow.engine import SEES_EVERYTHING, Engine, Loaded, may_see
from workflow.errors import NotFoundError
from workflow.options import options
from workflow.permissions import may
from workflow.seen import CaseFile, Decided, Listed, Person, Seen, Worker
from workflow.sharing import ours, own
from workflow.told import told
from workflow.visible import open_to
from workflow.waiting import waits_for

TELLS_AN_OUTCOME: Final = frozenset(
    {
        "decide",
        "hold-strategy",
        "conclude-enquiry",
        "hold-conference",
        "complete-assessment",
        "return-closure",
        "sign-off",
    }
)
"""The verbs whose outcome a referring agency is told, with the reason."""


def worklist(connection: Connection, actor: Actor, *, mine: bool = False) -> list[Listed]:
    """Return the open referrals that this person may know of, what is due first at the top."""
    query = (
        select(ReferralRow.__table__)
        .where(open_to(actor, mine=mine))
        .order_by(ReferralRow.due_at.is_(None), ReferralRow.due_at, ReferralRow.id)
    )
    rows = [dict(row) for row in connection.execute(query).mappings()]
    found = listing.listed(connection, rows)
    if actor.role in SEES_EVERYTHING or mine:
        return found
    return [replace(one, grade=None, waits_for="", act="", by="") for one in found]


def view(engine: Engine, reference: str, actor: Actor, now: datetime, what: str = "show") -> Seen:
    """Return a referral as this person may see it, and log the look first. Raises `NotFoundError`."""
    loaded = let_in(engine, reference, actor, now, what)
    with engine.database.reading() as connection:
        return _view(engine, connection, loaded, actor, now)


def open_file(engine: Engine, reference: str, actor: Actor, now: datetime, what: str) -> CaseFile:
    """Return a referral with the people and names its pages speak of, and log the look first. Raises `NotFoundError`."""
    loaded = let_in(engine, reference, actor, now, what)
    with engine.database.reading() as connection:
        return _file(engine, connection, loaded, actor, now)


def _file(engine: Engine, connection: Connection, loaded: Loaded, actor: Actor, now: datetime) -> CaseFile:
    seen = _view(engine, connection, loaded, actor, now)
    family = loaded.case.family
    names = naming.beside(connection, loaded.row["family_id"], family, loaded.case.record if seen.whole else ())
    folk = naming.folk(connection, loaded.row["family_id"]) if seen.whole else ()
    callers = naming.callers(connection, loaded.row["family_id"]) if seen.whole else ()
    at_work = naming.at_work(connection, family)
    return CaseFile(seen, loaded.case if seen.whole else None, names.names, folk, at_work, callers)


def let_in(
    engine: Engine,
    reference: str,
    actor: Actor,
    now: datetime,
    what: str,
    also: Callable[[Loaded], bool] = lambda _: True,
) -> Loaded:
    """Return a referral to whoever may see it, and what `also` asks for besides; log the look first.

    Raises `NotFoundError`.
    """
    number = store.number(reference)
    with engine.database.unit_of_work() as connection:
        loaded = _open_the_door(engine, connection, number, actor, now, what, also)
    if loaded is None:
        raise store.unknown(store.reference(number))
    return loaded


def _open_the_door(
    engine: Engine,
    connection: Connection,
    number: int,
    actor: Actor,
    now: datetime,
    what: str,
    also: Callable[[Loaded], bool],
) -> Loaded | None:
    """Log a look at a referral, and return it if this person may see it. A look that is refused is logged as well."""
    try:
        loaded = engine.load(connection, number, now, (actor.id,))
    except NotFoundError:
        return None
    home = connection.execute(select(AccountRow.authority).where(AccountRow.id == actor.id)).scalar()
    shown = home == loaded.row["authority"] and may_see(actor, loaded) and also(loaded)
    values = {"referral_id": number, "account_id": actor.id, "at": now, "what": what, "shown": shown}
    connection.execute(insert(ReadRow), values)
    return loaded if shown else None


def _view(engine: Engine, connection: Connection, loaded: Loaded, actor: Actor, now: datetime) -> Seen:
    row, case = loaded.row, loaded.case
    whole = actor.role in SEES_EVERYTHING
    whom = ours(loaded.terms.policy, actor, case)
    person = connection.execute(select(PersonRow.__table__).where(PersonRow.id == row["child_id"])).mappings().one()
    state = State(row["state"])
    floor, holding = rulebook.floor(case, loaded.terms, now)
    decisions = _decisions(connection, row["id"])
    clocks = () if state is State.CLOSED or not whole else listing.clocks(connection, row["id"])
    tasks = listing.tasks(connection, row["id"], None if whole else actor.id)
    return Seen(
        reference=store.reference(row["id"]),
        version=row["version"],
        whole=whole,
        child=person["name"],
        born=person["born"],
        due=person["due"],
        state=state.value,
        label=state.label,
        grade=row["grade"] if whole else None,
        floor=floor.code if whole else None,
        floor_reasons=tuple(f"{raised.says} ({signal.source})" for signal, raised in holding) if whole else (),
        worker=_worker(connection, row["owner_id"]),
        opened=row["opened_at"],
        closed=row["closed_at"],
        previous=store.reference(row["previous_id"]) if whole and row["previous_id"] else None,
        next_date=_next_date(case, row, now),
        clocks=clocks,
        tasks=tasks,
        agenda=listing.agenda_of(loaded, whole, clocks, tasks, now),
        waits_for=tuple(item for item in waits_for(case, state) if whole or item.who == actor.id),
        options=options(engine, loaded, actor, now),
        outcomes=tuple(made for made in decisions if made.verb in TELLS_AN_OUTCOME),
        decisions=decisions if whole else (),
        record=tuple(told(event) for event in case.record if whole or own(event, actor, whom)),
    )


def chronology(
    engine: Engine, reference: str, actor: Actor, now: datetime, asked: Asked, *, family: bool = False, what: str = ""
) -> Chronicle:
    """Return the chronology of a child, or of its family, as this person may see it, and log the look first.

    It reaches across referrals: a closed one is no end to what is known. Raises `NotFoundError`.
    """
    read = _recorded(engine, reference, actor, now, family=family, what=what)
    with engine.database.reading() as connection:
        return _chronicle(connection, read, actor, now, asked)


def open_chronology(
    engine: Engine, reference: str, actor: Actor, now: datetime, asked: Asked, *, family: bool = False, what: str = ""
) -> tuple[CaseFile, Chronicle]:
    """Return a referral together with its chronology: one look, logged once. Raises `NotFoundError`."""
    read = _recorded(engine, reference, actor, now, family=family, what=what)
    with engine.database.reading() as connection:
        return _file(engine, connection, read.loaded, actor, now), _chronicle(connection, read, actor, now, asked)


@dataclass(frozen=True, slots=True)
class _Recorded:
    """What is on record of a child or its family, as far as somebody may read it; `about` names the children."""

    loaded: Loaded
    family: Family
    shown: tuple[Event, ...]
    about: set[str]


def _recorded(engine: Engine, reference: str, actor: Actor, now: datetime, *, family: bool, what: str) -> _Recorded:
    number = store.number(reference)
    looked = what or ("family chronology" if family else "chronology")
    with engine.database.unit_of_work() as connection:
        loaded = _open_the_door(engine, connection, number, actor, now, looked, lambda _: True)
        if loaded is not None:
            row, known = loaded.row, loaded.case.family
            if row["closed_at"]:  # It was read as it ended; a chronology goes on.
                known = store.family(connection, row["family_id"], row["authority"], (row["owner_id"], actor.id))
            shown = tuple(event for event in known.record if family or row["child_id"] in event.about)
            if actor.role not in SEES_EVERYTHING:
                shown = own_part(shown, actor.id, lambda event: own(event, actor, {actor.id}))
            about = {row["child_id"], *(child for event in shown for child in event.about if family)}
            _log_siblings(connection, row, about, actor, now, looked)
    if loaded is None:
        raise store.unknown(store.reference(number))
    return _Recorded(loaded, known, shown, about)


def _chronicle(connection: Connection, read: _Recorded, actor: Actor, now: datetime, asked: Asked) -> Chronicle:
    row, whole = read.loaded.row, actor.role in SEES_EVERYTHING
    names = naming.beside(connection, row["family_id"], read.family, read.shown)
    children = tuple(one for one in naming.children_of(connection, row["family_id"]) if one.id in read.about)
    to_note = row["closed_at"] is None and may(actor.role, "read-chronology")
    whence = Whence(store.reference(row["id"]), names.names.person(actor.id), now, whole, to_note=to_note)
    shown = naming.without_addresses(read.shown) if naming.protected(connection, row["family_id"]) else read.shown
    return chronicle(read.family, shown, names, asked, children, whence)


def _log_siblings(
    connection: Connection, row: dict[str, Any], about: set[str], actor: Actor, now: datetime, what: str
) -> None:
    """Log the look at each brother and sister whose record is shown beside a child's, at their newest referral."""
    siblings = sorted(about - {row["child_id"]})
    if not siblings:
        return
    newest = (
        select(func.max(ReferralRow.id))
        .where(ReferralRow.child_id.in_(siblings), ReferralRow.family_id == row["family_id"])
        .group_by(ReferralRow.child_id)
    )
    looks = [
        {"referral_id": number, "account_id": actor.id, "at": now, "what": what, "shown": True}
        for number in connection.execute(newest).scalars()
    ]
    if looks:
        connection.execute(insert(ReadRow), looks)


def _worker(connection: Connection, account: str) -> Worker:
    query = (
        select(AccountRow.id, AccountRow.name, AgencyRow.name.label("agency"), AccountRow.address, AccountRow.phone)
        .join(AgencyRow, AgencyRow.id == AccountRow.agency_id)
        .where(AccountRow.id == account)
    )
    row = connection.execute(query).one()
    return Worker(row.id, row.name, row.agency, row.address, row.phone)


def _next_date(case: Case, row: dict[str, Any], now: datetime) -> datetime | None:
    """Return when something happens next: the meeting that was called, otherwise the earliest deadline."""
    meeting = case.last(Kind.STRATEGY_DISCUSSION)
    if meeting is not None and meeting.get("starts"):
        starts = datetime.fromisoformat(meeting.get("starts"))
        if starts > now:
            return starts
    return None if row["closed_at"] else row["due_at"]


def tasks_of(connection: Connection, account: str) -> tuple[Deadline, ...]:
    """Return what one person has to do, what is due first at the top."""
    return listing.tasks(connection, None, account)


def _decisions(connection: Connection, number: int) -> tuple[Decided, ...]:
    query = select(DecisionRow.__table__).where(DecisionRow.referral_id == number).order_by(DecisionRow.version)
    return tuple(
        Decided(row.at, row.actor, row.verb, row.from_state, row.to_state, row.reason, tuple(row.warned), row.policy)
        for row in connection.execute(query)
    )


def people(connection: Connection, authority: str) -> list[Person]:
    """Return the active accounts of an authority, by agency."""
    query = (
        select(AccountRow.__table__, AgencyRow.name.label("agency"))
        .join(AgencyRow, AgencyRow.id == AccountRow.agency_id)
        .where(AccountRow.authority == authority, AccountRow.active.is_(True))
        .order_by(AgencyRow.name, AccountRow.id)
    )
    return [
        Person(row.id, row.name, row.role, row.kind, row.agency, row.team, row.newly_qualified)
        for row in connection.execute(query)
    ]
