"""The case list: open referrals, what is due first at the top, in tabs and by filter. Reads what is open, not the archive.

A page costs the same few reads however many referrals there are.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, func, select

from config.clock import LONDON
from models.tables.people import AccountRow, AgencyRow, PersonRow
from models.tables.referral import ReferralRow
from models.vocabulary import State
from workflow import listing, store
from workflow.actions.act import Actor
from workflow.ages import age_or_due
from workflow.cover import stands_in_for
from workflow.engine import SEES_EVERYTHING
from workflow.identity import initials
from workflow.visible import open_to

TABS: Final[dict[str, tuple[State, ...]]] = {
    "new": (State.RECEIVED, State.TRIAGE),
    "checks": (State.INFORMATION_GATHERING,),
    "decision": (State.AWAITING_DECISION, State.DEFERRED),
    "strategy": (State.STRATEGY_DISCUSSION,),
    "enquiry": (State.SECTION_47, State.CONFERENCE),
    "assessment": (State.ASSESSMENT,),
    "plans": (State.CHILD_IN_NEED, State.CHILD_PROTECTION),
    "step_down": (State.EARLY_HELP_OFFERED, State.STEP_DOWN_OFFERED),
    "closure": (State.CLOSURE_PROPOSED,),
}
"""The tabs and the states behind each; `all` is every one."""
ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list somebody wants to see. `source` is the agency that referred; `owner` an account."""

    tab: str = ""
    grade: str = ""
    owner: str = ""
    source: str = ""
    late: bool = False
    page: int = 1
    mine: bool = False


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One referral of the list: the child by initials and age only. `by` is whose move it is."""

    reference: str
    version: int
    initials: str
    age: str
    state: str
    label: str
    grade: str | None
    owner: str
    owner_name: str
    source: str
    due: datetime | None
    opened: datetime
    waits_for: str
    by: str


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page of the list. `counts` are those of each tab; `owners` and `sources` what can be filtered by."""

    lines: tuple[CaseLine, ...]
    total: int
    counts: dict[str, int]
    page: int
    pages: int
    owners: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]


def case_list(connection: Connection, actor: Actor, wanted: Wanted, now: datetime, size: int = 25) -> CaseList:
    """Return one page of the referrals that this person may know of."""
    whole = actor.role in SEES_EVERYTHING
    today = now.astimezone(LONDON).date()
    seen = open_to(actor, mine=wanted.mine, also=stands_in_for(connection, actor.id, today) if wanted.mine else ())
    counts = _counts(connection, seen)
    chosen = and_(seen, *_filters(wanted, now, whole=whole))
    total = connection.execute(select(func.count()).select_from(_joined()).where(chosen)).scalar_one()
    pages = max(1, -(-total // size))
    page = min(max(1, wanted.page), pages)
    query = (
        select(
            ReferralRow.__table__,
            PersonRow.name.label("child"),
            PersonRow.born,
            PersonRow.due.label("expected"),
            _OWNER.c.name.label("owner_name"),
            AgencyRow.name.label("source"),
        )
        .select_from(_joined())
        .where(chosen)
        .order_by(ReferralRow.due_at.is_(None), ReferralRow.due_at, ReferralRow.id)
    )
    rows = [dict(row) for row in connection.execute(query.limit(size).offset((page - 1) * size)).mappings()]
    waits = {one.reference: one for one in listing.listed(connection, rows)}
    names = _names(connection, (one.by for one in waits.values()))
    lines = tuple(_line(row, waits[store.reference(row["id"])], names, now, whole=whole) for row in rows)
    owners, sources = _offered(connection, seen) if whole else ((), ())
    return CaseList(lines, total, counts, page, pages, owners, sources)


_NAMED: Final = re.compile(r"[\w.-]*\w")
_OWNER: Final = AccountRow.__table__.alias("owner")
_REFERRER: Final = AccountRow.__table__.alias("referrer")


def _joined() -> Any:
    referral, person = ReferralRow.__table__, PersonRow.__table__
    return (
        referral.join(person, person.c.id == referral.c.child_id)
        .join(_OWNER, _OWNER.c.id == referral.c.owner_id)
        .outerjoin(_REFERRER, _REFERRER.c.id == referral.c.referrer_id)
        .outerjoin(AgencyRow.__table__, AgencyRow.id == _REFERRER.c.agency_id)
    )


def _filters(wanted: Wanted, now: datetime, *, whole: bool) -> Iterable[ColumnElement[bool]]:
    """Yield what narrows the list. An agency may not find out a grade or another agency by asking for it."""
    if wanted.tab in TABS:
        yield ReferralRow.state.in_([state.value for state in TABS[wanted.tab]])
    if wanted.late:
        yield ReferralRow.due_at < now
    if wanted.owner and whole:
        yield ReferralRow.owner_id == wanted.owner
    if wanted.grade and whole:
        ungraded = wanted.grade == "none"
        yield ReferralRow.grade.is_(None) if ungraded else ReferralRow.grade == wanted.grade
    if wanted.source and whole:
        yield _REFERRER.c.agency_id == wanted.source


def _counts(connection: Connection, seen: ColumnElement[bool]) -> dict[str, int]:
    query = select(ReferralRow.state, func.count()).where(seen).group_by(ReferralRow.state)
    by_state = {state: count for state, count in connection.execute(query)}  # noqa: C416 (rows, not pairs)
    tabs = {tab: sum(by_state.get(state.value, 0) for state in states) for tab, states in TABS.items()}
    return {**tabs, ALL: sum(by_state.values())}


def _offered(connection: Connection, seen: ColumnElement[bool]) -> tuple[Any, Any]:
    """Return who holds something that is open, and which agencies referred it."""
    owners = select(_OWNER.c.id, _OWNER.c.name).select_from(_joined()).where(seen).distinct().order_by(_OWNER.c.name)
    known = and_(seen, AgencyRow.id.is_not(None))
    agencies = select(AgencyRow.id, AgencyRow.name).select_from(_joined()).where(known).distinct()
    rows = (connection.execute(query) for query in (owners, agencies.order_by(AgencyRow.name)))
    owned, sent = (tuple((row[0], row[1]) for row in found) for found in rows)
    return owned, sent


def _names(connection: Connection, said: Iterable[str]) -> dict[str, str]:
    ids = sorted({word for part in said for word in _NAMED.findall(part)})
    return dict(connection.execute(select(AccountRow.id, AccountRow.name).where(AccountRow.id.in_(ids))).all())  # type: ignore[arg-type]


def _line(row: dict[str, Any], waits: Any, names: dict[str, str], now: datetime, *, whole: bool) -> CaseLine:
    return CaseLine(
        reference=store.reference(row["id"]),
        version=row["version"],
        initials=initials(row["child"]),
        age=age_or_due(row["born"], row["expected"], now.astimezone(LONDON).date()),
        state=row["state"],
        label=State(row["state"]).label,
        grade=row["grade"] if whole else None,
        owner=row["owner_id"],
        owner_name=row["owner_name"],
        source=row["source"] or "",
        due=row["due_at"],
        opened=row["opened_at"],
        waits_for=waits.act if whole else "",
        by=_NAMED.sub(lambda found: names.get(found[0], found[0]), waits.by) if whole else "",
    )
