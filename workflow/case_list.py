"""The case list: open referrals, what is due first at the top, in tabs and by filter. Reads what is open, not the archive.

A page costs the same few reads however many referrals there are.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
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
THE_PUBLIC: Final = "a member of the public"
NO_GRADE: Final = "none"
"""What the filter calls a referral that nobody has graded yet."""


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
    tally = _tally(connection, seen, now)
    people = _people(connection, {who for one in tally for who in (one.owner_id, one.referrer_id) if who})
    narrowed = [one for one in tally if _fits(one, wanted, people, whole=whole)]
    total = sum(one.count for one in narrowed)
    pages = max(1, -(-total // size))
    page = min(max(1, wanted.page), pages)
    chosen = and_(seen, *_filters(wanted, now, whole=whole))
    rows = _page(connection, chosen, size, (page - 1) * size)
    waits = {one.reference: one for one in listing.listed(connection, rows)}
    names = _names(connection, (one.by for one in waits.values()))
    lines = tuple(_line(row, waits[store.reference(row["id"])], people, names, now, whole=whole) for row in rows)
    owners, sources = _offered(tally, people) if whole else ((), ())
    return CaseList(lines, total, _counts(tally), page, pages, owners, sources)


_NAMED: Final = re.compile(r"[\w.-]*\w")
_FIRST_DUE: Final = (ReferralRow.due_at.asc().nulls_last(), ReferralRow.id)


@dataclass(frozen=True, slots=True)
class _Who:
    """Somebody who holds or referred: their name and their agency."""

    name: str
    agency: str
    agency_name: str


def _tally(connection: Connection, seen: ColumnElement[bool], now: datetime) -> list[Any]:
    """Count what is open by all that the list can be narrowed by: one walk over it serves tabs, filters and pages."""
    late = (ReferralRow.due_at < now).label("late")
    by = (ReferralRow.state, ReferralRow.grade, ReferralRow.owner_id, ReferralRow.referrer_id, late)
    return list(connection.execute(select(*by, func.count().label("count")).where(seen).group_by(*by)))


def _fits(one: Any, wanted: Wanted, people: Mapping[str, _Who], *, whole: bool) -> bool:
    """Tell of a row of the tally what `_filters` tells of a referral."""
    if wanted.tab in TABS and State(one.state) not in TABS[wanted.tab]:
        return False
    if wanted.late and not one.late:
        return False
    if not whole:
        return True
    source = people[one.referrer_id].agency if one.referrer_id in people else ""
    given = ((wanted.owner, one.owner_id), (wanted.grade, one.grade or NO_GRADE), (wanted.source, source))
    return all(not asked or asked == found for asked, found in given)


def _people(connection: Connection, ids: Collection[str]) -> dict[str, _Who]:
    query = (
        select(AccountRow.id, AccountRow.name, AgencyRow.id.label("agency"), AgencyRow.name.label("agency_name"))
        .join(AgencyRow, AgencyRow.id == AccountRow.agency_id)
        .where(AccountRow.id.in_(sorted(ids)))
    )
    return {row.id: _Who(row.name, row.agency, row.agency_name) for row in connection.execute(query)}


def _page(connection: Connection, chosen: ColumnElement[bool], size: int, start: int) -> list[dict[str, Any]]:
    """Return the referrals of one page: which they are by the index alone, and only then whose they are."""
    these = select(ReferralRow.id).where(chosen).order_by(*_FIRST_DUE).limit(size).offset(start).subquery()
    query = (
        select(ReferralRow.__table__, PersonRow.name.label("child"), PersonRow.born, PersonRow.due.label("expected"))
        .join(these, these.c.id == ReferralRow.id)
        .join(PersonRow, PersonRow.id == ReferralRow.child_id)
        .order_by(*_FIRST_DUE)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def _filters(wanted: Wanted, now: datetime, *, whole: bool) -> Iterable[ColumnElement[bool]]:
    """Yield what narrows the list. An agency may not find out a grade or another agency by asking for it."""
    if wanted.tab in TABS:
        yield ReferralRow.state.in_([state.value for state in TABS[wanted.tab]])
    if wanted.late:
        yield ReferralRow.due_at < now
    if wanted.owner and whole:
        yield ReferralRow.owner_id == wanted.owner
    if wanted.grade and whole:
        ungraded = wanted.grade == NO_GRADE
        yield ReferralRow.grade.is_(None) if ungraded else ReferralRow.grade == wanted.grade
    if wanted.source and whole:
        yield ReferralRow.referrer_id.in_(select(AccountRow.id).where(AccountRow.agency_id == wanted.source))


def _counts(tally: Iterable[Any]) -> dict[str, int]:
    by_state: Counter[str] = Counter()
    for one in tally:
        by_state[one.state] += one.count
    tabs = {tab: sum(by_state[state.value] for state in states) for tab, states in TABS.items()}
    return {**tabs, ALL: by_state.total()}


def _offered(tally: Iterable[Any], people: Mapping[str, _Who]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return who holds something that is open, and which agencies referred it, each by name."""
    rows = list(tally)
    owners = {one.owner_id: people[one.owner_id].name for one in rows if one.owner_id in people}
    told = (people[one.referrer_id] for one in rows if one.referrer_id in people)
    agencies = {who.agency: who.agency_name for who in told}
    return tuple(tuple(sorted(found.items(), key=lambda pair: pair[1])) for found in (owners, agencies))


def _names(connection: Connection, said: Iterable[str]) -> dict[str, str]:
    ids = sorted({word for part in said for word in _NAMED.findall(part)})
    return dict(connection.execute(select(AccountRow.id, AccountRow.name).where(AccountRow.id.in_(ids))).all())  # type: ignore[arg-type]


def _line(
    row: dict[str, Any], waits: Any, people: Mapping[str, _Who], names: Mapping[str, str], now: datetime, *, whole: bool
) -> CaseLine:
    referrer = people.get(row["referrer_id"])
    return CaseLine(
        reference=store.reference(row["id"]),
        version=row["version"],
        initials=initials(row["child"]),
        age=age_or_due(row["born"], row["expected"], now.astimezone(LONDON).date()),
        state=row["state"],
        label=State(row["state"]).label,
        grade=row["grade"] if whole else None,
        owner=row["owner_id"],
        owner_name=people[row["owner_id"]].name,
        source=referrer.agency_name if referrer else THE_PUBLIC,
        due=row["due_at"],
        opened=row["opened_at"],
        waits_for=waits.act if whole else "",
        by=_NAMED.sub(lambda found: names.get(found[0], found[0]), waits.by) if whole else "",
    )
