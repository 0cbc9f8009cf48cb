"""An agency's own view: what is asked of it, what became of what it referred, and who holds that. Reads only.

A page of the list costs the same few reads however long the agency has been referring.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from config.clock import LONDON
from config.policy import Policy
from models.tables.people import AccountRow, AgencyRow, InWhichRow, PersonRow
from models.tables.post import MessageRow
from models.tables.referral import DecisionRow, ReferralRow
from models.tables.work import ClockRow, TaskRow
from models.vocabulary import State
from workflow import store
from workflow.access import TELLS_AN_OUTCOME
from workflow.actions.act import Actor
from workflow.agency_words import NEXT, NOTHING, WHERE, Step, became, steps
from workflow.ages import age_or_due
from workflow.chronology_words import legible
from workflow.identity import initials
from workflow.seen import Worker
from workflow.sharing import shares
from workflow.visible import open_to

SIZE: Final = 25
"""How many referrals one page of the list has."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked of an agency. `of` is the colleague who was asked, empty where it is the reader."""

    reference: str
    initials: str
    says: str
    rule: str
    due: datetime | None
    number: int
    of: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided last, and why."""

    verb: str
    at: datetime
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """One referral as the agency's list has it. `by` is the colleague who brought it; `next` what happens, `due` when."""

    reference: str
    initials: str
    age: str
    became: str
    where: str
    grade: str | None
    worker: Worker
    next: str
    due: datetime | None
    opened: datetime
    closed: datetime | None
    by: str = ""
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class AgencyList:
    """One page of an agency's referrals. `counts` are of the open and of the closed; `shared` where colleagues' are in it."""

    lines: tuple[AgencyLine, ...]
    counts: tuple[int, int]
    page: int
    pages: int
    shared: bool


def whom(connection: Connection, actor: Actor, policy: Policy) -> dict[str, str]:
    """Return for whom somebody reads, with names: themselves, and the colleagues with whom the policy lets them share."""
    rows = connection.execute(
        select(AccountRow.id, AccountRow.name, AccountRow.kind).where(
            AccountRow.agency_id == actor.agency, AccountRow.authority == actor.authority
        )
    ).all()
    me = next((row for row in rows if row.id == actor.id), None)
    if me is None or not shares(policy, actor, me.kind):
        return {actor.id: me.name if me else actor.id}
    return {row.id: row.name for row in rows}


def asked_of_us(connection: Connection, actor: Actor, policy: Policy) -> tuple[Asked, ...]:
    """Return what waits for this person or for a colleague they share with: every open task, what is due first at the top."""
    us = whom(connection, actor, policy)
    query = (
        select(TaskRow.__table__, PersonRow.name.label("child"))
        .join(ReferralRow, ReferralRow.id == TaskRow.referral_id)
        .join(PersonRow, PersonRow.id == ReferralRow.child_id)
        .where(TaskRow.done_at.is_(None), TaskRow.account_id.in_(sorted(us)))
        .order_by(TaskRow.due_at.is_(None), TaskRow.due_at, TaskRow.id)
    )
    return tuple(_asked(row, us, actor) for row in connection.execute(query))


def _asked(row: Any, us: dict[str, str], actor: Actor) -> Asked:
    of = "" if row.account_id == actor.id else us[row.account_id]
    return Asked(store.reference(row.referral_id), initials(row.child), row.says, row.rule, row.due_at, row.id, of)


def agency_list(
    connection: Connection, actor: Actor, policy: Policy, now: datetime, *, closed: bool = False, page: int = 1
) -> AgencyList:
    """Return one page of the referrals that this person may know of, the newest first."""
    us = whom(connection, actor, policy)
    conditions = (open_to(actor, among=us), _closed_to(actor, us))
    counts = tuple(
        connection.execute(select(func.count()).select_from(ReferralRow).where(one)).scalar_one() for one in conditions
    )
    pages = max(1, -(-counts[closed] // SIZE))
    page = min(max(1, page), pages)
    rows = _page(connection, conditions[closed], (page - 1) * SIZE, closed=closed)
    lines = _lines(connection, rows, us, actor, now, grades=policy.flag("agency.sees_grade"))
    return AgencyList(tuple(lines), (counts[0], counts[1]), page, pages, len(us) > 1)


def _closed_to(actor: Actor, us: Collection[str]) -> ColumnElement[bool]:
    """Return which closed referrals somebody may know of: those that one of `us` brought, or was written to about.

    Whoever came to know of the child by a later referral has no part in an earlier one.
    """
    known = select(InWhichRow.child_id).where(InWhichRow.account_id.in_(sorted(us)))
    families = select(PersonRow.family_id).where(PersonRow.id.in_(known))
    written = select(MessageRow.id).where(
        MessageRow.referral_id == ReferralRow.id, MessageRow.account_id.in_(sorted(us))
    )
    return and_(
        ReferralRow.closed_at.is_not(None),
        ReferralRow.authority == actor.authority,
        ReferralRow.family_id.in_(families),  # which has an index, as a child has not
        ReferralRow.child_id.in_(known),
        or_(ReferralRow.referrer_id.in_(sorted(us)), written.exists()),
    )


def _page(connection: Connection, chosen: ColumnElement[bool], start: int, *, closed: bool) -> list[dict[str, Any]]:
    newest = ReferralRow.closed_at.desc() if closed else ReferralRow.opened_at.desc()
    query = (
        select(ReferralRow.__table__, PersonRow.name.label("child"), PersonRow.born, PersonRow.due.label("expected"))
        .join(PersonRow, PersonRow.id == ReferralRow.child_id)
        .where(chosen)
        .order_by(newest, ReferralRow.id.desc())
        .limit(SIZE)
        .offset(start)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def _lines(
    connection: Connection, rows: list[dict[str, Any]], us: dict[str, str], actor: Actor, now: datetime, *, grades: bool
) -> Iterable[AgencyLine]:
    numbers = [row["id"] for row in rows]
    passed, outcomes = passed_states(connection, numbers), _outcomes(connection, numbers)
    clocks, workers = promised(connection, rows), _workers(connection, {row["owner_id"] for row in rows})
    today = now.astimezone(LONDON).date()
    for row in rows:
        state, number = State(row["state"]), row["id"]
        yield AgencyLine(
            reference=store.reference(number),
            initials=initials(legible(row["child"])),
            age=age_or_due(row["born"], row["expected"], today),
            became=became(state, passed[number]),
            where=WHERE[state],
            grade=row["grade"] if grades else None,
            worker=workers[row["owner_id"]],
            next=NEXT[state][0] if state in NEXT else "",
            due=clocks.get(number),
            opened=row["opened_at"],
            closed=row["closed_at"],
            by=us.get(row["referrer_id"], "") if row["referrer_id"] != actor.id else "",
            outcome=outcomes.get(number),
        )


def passed_states(connection: Connection, numbers: Collection[int]) -> dict[int, frozenset[State]]:
    """Return the states that each of these referrals has been in."""
    query = select(DecisionRow.referral_id, DecisionRow.to_state).where(DecisionRow.referral_id.in_(numbers)).distinct()
    found: dict[int, set[State]] = {number: set() for number in numbers}
    for row in connection.execute(query):
        found[row.referral_id].add(State(row.to_state))
    return {number: frozenset(states) for number, states in found.items()}


def _outcomes(connection: Connection, numbers: Collection[int]) -> dict[int, Outcome]:
    last = (
        select(DecisionRow.referral_id, func.max(DecisionRow.version).label("version"))
        .where(DecisionRow.referral_id.in_(numbers), DecisionRow.verb.in_(sorted(TELLS_AN_OUTCOME)))
        .group_by(DecisionRow.referral_id)
        .subquery()
    )
    same = and_(last.c.referral_id == DecisionRow.referral_id, last.c.version == DecisionRow.version)
    rows = connection.execute(select(DecisionRow.__table__).join(last, same))
    return {row.referral_id: Outcome(row.verb, row.at, row.to_state, row.reason) for row in rows}


def promised(connection: Connection, rows: Iterable[dict[str, Any]]) -> dict[int, datetime]:
    """Return by when what comes next is due, of those referrals where a clock that an agency may rely on says so."""
    wanted = {row["id"]: NEXT[State(row["state"])][1] for row in rows if State(row["state"]) in NEXT}
    running: dict[int, datetime] = {}
    for clock in connection.execute(select(ClockRow.__table__).where(ClockRow.referral_id.in_(sorted(wanted)))):
        if clock.rule in wanted[clock.referral_id]:
            running[clock.referral_id] = min(clock.due_at, running.get(clock.referral_id, clock.due_at))
    return running


def _workers(connection: Connection, accounts: Collection[str]) -> dict[str, Worker]:
    query = (
        select(AccountRow.__table__, AgencyRow.name.label("agency"))
        .join(AgencyRow, AgencyRow.id == AccountRow.agency_id)
        .where(AccountRow.id.in_(sorted(accounts)))
    )
    return {row.id: Worker(row.id, row.name, row.agency, row.address, row.phone) for row in connection.execute(query)}


@dataclass(frozen=True, slots=True)
class Way:
    """How far one referral has come: contact or referral, where it stands, its steps, what is next and by when."""

    became: str
    where: str
    steps: tuple[Step, ...]
    next: str
    due: datetime | None


def way_of(connection: Connection, reference: str, state: State, meets: datetime | None = None) -> Way:
    """Return how far a referral has come that somebody may see. `meets` is when a meeting was called for."""
    number = store.number(reference)
    passed = passed_states(connection, (number,))[number] | {state}
    due = meets or promised(connection, ({"id": number, "state": state.value},)).get(number)
    told = NEXT[state][0] if state in NEXT else NOTHING
    return Way(became(state, passed), WHERE[state], steps(state, passed), told, due)
