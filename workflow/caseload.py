"""What a manager looks at: what waits for their decision, who carries how much, and where cases wait. Of what is open only."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from statistics import median
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from config.clock import LONDON
from models.tables.people import AccountRow, PersonRow
from models.tables.referral import DecisionRow, ReferralRow
from models.tables.work import ClockRow, TaskRow
from models.vocabulary import Role, State
from workflow import rulebook, store
from workflow.actions.act import Actor
from workflow.agenda import verb_of
from workflow.case_list import TABS
from workflow.identity import initials
from workflow.visible import open_to

EVERY_TEAM: Final = frozenset({Role.HEAD_OF_SERVICE, Role.MASH_MANAGER, Role.AUDITOR})
"""Who looks after more than one team."""
_CARRY: Final = (Role.TRIAGE_WORKER.value, Role.SOCIAL_WORKER.value, Role.TEAM_MANAGER.value, Role.MASH_MANAGER.value)
_NOT_SEEN: Final = "child-not-seen"
_NEEDS_WORKER: Final = "case-gets-a-worker"
_KINDS: Final = {
    "agree-grade": "grade",
    "second-sign": "enquiry",
    "settle-challenge": "challenge",
    "allocate": "allocate",
    "decide": "decision",
    "sign-off": "closure",
}
"""What a task asks a manager for, by the act that would do it."""
_BY_STATE: Final = {
    State.AWAITING_DECISION.value: ("decision", "An outcome waits to be decided."),
    State.CLOSURE_PROPOSED.value: ("closure", "A closure waits to be signed or returned."),
}

_OWN_CLOSURE: Final = "You put this closure forward: another manager signs it."


@dataclass(frozen=True, slots=True)
class ToDecide:
    """One thing that waits for a manager. `kind`: closure, decision, grade, enquiry, challenge, allocate, or climbed."""

    kind: str
    reference: str
    says: str
    due: datetime | None
    since: datetime | None
    by: str
    child: str = ""
    """The child's initials."""


@dataclass(frozen=True, slots=True)
class Carries:
    """What one worker carries. `not_seen`: children whose time to be seen has run out."""

    account: str
    name: str
    role: str
    open: int
    late: int
    due_today: int
    red: int
    oldest_due: datetime | None
    not_seen: int


@dataclass(frozen=True, slots=True)
class Waits:
    """How long cases have stood where they are: half of them for longer than the median."""

    tab: str
    label: str
    cases: int
    median: timedelta


_ASKED: Final = (
    select(TaskRow.__table__, PersonRow.name.label("child"))
    .join(ReferralRow, ReferralRow.id == TaskRow.referral_id)
    .join(PersonRow, PersonRow.id == ReferralRow.child_id)
    .where(TaskRow.done_at.is_(None), ReferralRow.closed_at.is_(None))
    .order_by(TaskRow.id)
)


def decisions_for(connection: Connection, actor: Actor, _now: datetime) -> tuple[ToDecide, ...]:
    """Return what waits for a manager, what is due first at the top: what stands at a decision, and their own tasks."""
    found: dict[tuple[str, str], ToDecide] = {}
    for one in (*_tasks(connection, actor), *_standing(connection, actor)):
        found.setdefault((one.kind, one.reference) if one.kind != "climbed" else (one.says, one.reference), one)
    return tuple(sorted(found.values(), key=lambda one: (_when(one.due), one.reference)))


def _when(due: datetime | None) -> float:
    return due.timestamp() if due else math.inf


def _standing(connection: Connection, actor: Actor) -> Iterator[ToDecide]:
    newest = (
        select(DecisionRow.referral_id, func.max(DecisionRow.version).label("version"))
        .join(ReferralRow, ReferralRow.id == DecisionRow.referral_id)
        .where(ReferralRow.closed_at.is_(None), ReferralRow.state.in_(_BY_STATE))
        .where(DecisionRow.from_state != DecisionRow.to_state)
        .group_by(DecisionRow.referral_id)
        .subquery()
    )
    query = (
        select(
            ReferralRow.id,
            ReferralRow.state,
            ReferralRow.due_at,
            DecisionRow.at,
            DecisionRow.actor,
            AccountRow.name,
            PersonRow.name.label("child"),
        )
        .join(PersonRow, PersonRow.id == ReferralRow.child_id)
        .join(newest, newest.c.referral_id == ReferralRow.id)
        .join(DecisionRow, and_(DecisionRow.referral_id == ReferralRow.id, DecisionRow.version == newest.c.version))
        .outerjoin(AccountRow, AccountRow.id == DecisionRow.actor)
        .where(_of_the_team(connection, actor), ReferralRow.state.in_(_BY_STATE))
    )
    for row in connection.execute(query):
        kind, says = _BY_STATE[row.state]
        if kind == "closure" and row.actor == actor.id:
            says = _OWN_CLOSURE
        yield ToDecide(kind, store.reference(row.id), says, row.due_at, row.at, row.name or "", initials(row.child))


def _tasks(connection: Connection, actor: Actor) -> Iterator[ToDecide]:
    for row in connection.execute(_ASKED.where(TaskRow.account_id == actor.id)):
        rule = rulebook.BY_ID.get(row.rule)
        climbed = rule is None or " is late: " in row.says
        kind = "climbed" if climbed else _KINDS.get(verb_of(row.rule), "climbed")
        yield _asked(row, kind)


def _asked(row: Any, kind: str) -> ToDecide:
    child = initials(row.child)
    return ToDecide(kind, store.reference(row.referral_id), row.says, row.due_at, row.opened_at, "", child)


def without_worker(connection: Connection, actor: Actor) -> tuple[ToDecide, ...]:
    """Return the cases that need a worker and have none, whoever was asked to find one, what is due first at the top."""
    asked = or_(_of_the_team(connection, actor), TaskRow.account_id == actor.id)
    query = _ASKED.where(TaskRow.rule == _NEEDS_WORKER, asked)
    found = {row.referral_id: _asked(row, "allocate") for row in connection.execute(query)}
    return tuple(sorted(found.values(), key=lambda one: (_when(one.due), one.reference)))


def _of_the_team(connection: Connection, actor: Actor) -> ColumnElement[bool]:
    """Return the open referrals that this manager looks after: those whose owner is in their team, or all."""
    team = _team(connection, actor)
    if not team or actor.role in EVERY_TEAM:
        return open_to(actor)
    owners = select(AccountRow.id).where(AccountRow.team == team, AccountRow.authority == actor.authority)
    return and_(open_to(actor), ReferralRow.owner_id.in_(owners))


def _team(connection: Connection, actor: Actor) -> str:
    return str(connection.execute(select(AccountRow.team).where(AccountRow.id == actor.id)).scalar() or "")


def team(connection: Connection, actor: Actor, now: datetime, *, every: bool = False) -> tuple[Carries, ...]:
    """Return what each worker carries, who has most that is late at the top; of one's own team, or of every one."""
    day = now.astimezone(LONDON).date() + timedelta(days=1)
    tonight = datetime.combine(day, time(), LONDON)
    mine = and_(ReferralRow.owner_id == AccountRow.id, ReferralRow.closed_at.is_(None))
    of_team = [AccountRow.authority == actor.authority, AccountRow.role.in_(_CARRY)]
    name = _team(connection, actor)
    if name and actor.role not in EVERY_TEAM and not every:
        of_team.append(AccountRow.team == name)
    query = (
        select(
            AccountRow.id,
            AccountRow.name,
            AccountRow.role,
            func.count(ReferralRow.id).label("open"),
            _how_many(ReferralRow.due_at < now).label("late"),
            _how_many(and_(ReferralRow.due_at >= now, ReferralRow.due_at < tonight)).label("due_today"),
            _how_many(ReferralRow.grade == "red").label("red"),
            func.min(ReferralRow.due_at).label("oldest_due"),
        )
        .outerjoin(ReferralRow, mine)
        .where(*of_team)
        .where(or_(AccountRow.active.is_(True), ReferralRow.id.is_not(None)))
        .group_by(AccountRow.id, AccountRow.name, AccountRow.role)
    )
    unseen = _unseen(connection, actor, now)
    found = [_carries(row, unseen.get(row.id, 0)) for row in connection.execute(query)]
    return tuple(sorted(found, key=lambda one: (-one.late, -one.open, one.name)))


def _how_many(of: ColumnElement[bool]) -> Any:
    return func.coalesce(func.sum(case((of, 1), else_=0)), 0)


def _carries(row: Any, not_seen: int) -> Carries:
    counts = (row.open, int(row.late), int(row.due_today), int(row.red))
    return Carries(row.id, row.name, row.role, *counts, row.oldest_due, not_seen)


def _unseen(connection: Connection, actor: Actor, now: datetime) -> dict[str, int]:
    """Return, by owner, how many children have not been seen in time."""
    query = (
        select(ReferralRow.owner_id, func.count(func.distinct(ReferralRow.id)))
        .join(ClockRow, ClockRow.referral_id == ReferralRow.id)
        .where(open_to(actor), ClockRow.rule == _NOT_SEEN, ClockRow.due_at < now)
        .group_by(ReferralRow.owner_id)
    )
    return {owner: count for owner, count in connection.execute(query)}  # noqa: C416 (rows, not pairs)


def waits(connection: Connection, actor: Actor, now: datetime) -> tuple[Waits, ...]:
    """Return how long open cases have stood where they are, in the order of the tabs."""
    arrived = (
        select(DecisionRow.referral_id, func.max(DecisionRow.at).label("at"))
        .join(ReferralRow, ReferralRow.id == DecisionRow.referral_id)
        .where(ReferralRow.closed_at.is_(None), DecisionRow.from_state != DecisionRow.to_state)
        .group_by(DecisionRow.referral_id)
        .subquery()
    )
    query = (
        select(ReferralRow.state, func.coalesce(arrived.c.at, ReferralRow.opened_at).label("at"))
        .outerjoin(arrived, arrived.c.referral_id == ReferralRow.id)
        .where(_of_the_team(connection, actor))
    )
    tab_of = {state.value: tab for tab, states in TABS.items() for state in states}
    stood: dict[str, list[float]] = {tab: [] for tab in TABS}
    for row in connection.execute(query):
        stood[tab_of[row.state]].append((now - row.at).total_seconds())
    return tuple(
        Waits(tab, tab.replace("_", " "), len(spans), timedelta(seconds=median(spans)))
        for tab, spans in stood.items()
        if spans
    )
