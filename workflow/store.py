"""Loading what the rules need and writing what was done: module-level statements, a bounded number of them.

A case costs the same six reads whatever its age; only how much the record holds differs.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, or_, select, text, update

from models.events import Event
from models.facts import Agency, Family, Link, Person, Practitioner
from models.tables.people import AccountRow, AgencyRow, CallerRow, LinkRow, PersonRow
from models.tables.referral import AuditRow, DecisionRow, RecordRow, ReferralRow
from models.tables.work import OutboxRow
from models.vocabulary import AgencyKind, Kind, PractitionerKind, Role, State
from workflow.actions.act import Actor, Standing
from workflow.errors import BadCommandError, NotFoundError

EARLY_HELP: Final = "early help"
"""Stands for every coordinator of early help among those who know of a child."""
DESK_TEAM: Final = "mash desk"
"""The team of the hub's standing representatives, whom the engine invites for a quorum."""

_referral = select(ReferralRow.__table__).where(ReferralRow.id == bindparam("id"))
# Two who act at once take turns: the second is judged by what the first has left. SQLite lets only one write anyway.
_referral_held = _referral.with_for_update(key_share=True)
_people = select(PersonRow.__table__).where(PersonRow.family_id == bindparam("family"))
_links = select(LinkRow.__table__).where(LinkRow.family_id == bindparam("family"))
_callers = select(CallerRow.id, CallerRow.kind).where(CallerRow.family_id == bindparam("family"))
_record = select(RecordRow.__table__).where(RecordRow.family_id == bindparam("family")).order_by(RecordRow.id)
_accounts = (
    select(AccountRow.__table__, AgencyRow.kind.label("agency_kind"))
    .join(AgencyRow, AgencyRow.id == AccountRow.agency_id)
    .where(or_(AccountRow.team == DESK_TEAM, AccountRow.id.in_(bindparam("ids", expanding=True))))
    .where(AccountRow.authority == bindparam("authority"))
)
_account = (
    select(AccountRow.__table__, AgencyRow.kind.label("agency_kind"))
    .join(AgencyRow, AgencyRow.id == AccountRow.agency_id)
    .where(AccountRow.id == bindparam("id"), AccountRow.active.is_(True))
)
_add_record = insert(RecordRow).returning(RecordRow.id)
# Both databases know these words; an id that is nobody's, as a casebook may have, is no account.
_add_in_which = text("INSERT INTO in_which (account_id, child_id) VALUES (:account, :child) ON CONFLICT DO NOTHING")
_add_decision = insert(DecisionRow)
_add_audit = insert(AuditRow)
_add_outbox = insert(OutboxRow)
_move = (
    update(ReferralRow)
    .where(ReferralRow.id == bindparam("which"), ReferralRow.version == bindparam("was"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in (
                "state",
                "came_from",
                "grade",
                "owner_id",
                "version",
                "closed_at",
                "due_at",
                "alarm_at",
                "audit_head",
            )
        }
    )
)


def reference(number: int) -> str:
    """Write a referral's reference, the only thing about it that leaves the product."""
    return f"M{number:06d}"


def number(written: str) -> int:
    """Read a reference back. Anything else is as good as unknown."""
    digits = written.strip().upper().removeprefix("M")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        raise NotFoundError(
            f"There is no referral {written!r}.", "A reference looks like M000123; `mash worklist` lists yours."
        )
    return int(digits)


def actor(connection: Connection, account: str) -> Actor:
    """Return who acts, by account, or say that there is no such account."""
    row = connection.execute(_account, {"id": account}).mappings().first()
    if row is None:
        raise BadCommandError(f"There is no account called {account!r} here.", "`mash people` lists the accounts.")
    return Actor(row["id"], Role(row["role"]), row["agency_id"], row["agency_kind"], row["authority"])


def name_of(connection: Connection, account: str) -> str:
    """Return what somebody is called; an account that is not there, by its own name."""
    return connection.execute(select(AccountRow.name).where(AccountRow.id == account)).scalar() or account


def referral(connection: Connection, number_: int, *, to_change: bool = False) -> dict[str, Any]:
    """Return a referral's row as a mapping, or say that there is none. Read `to_change`, it is held until the commit."""
    row = connection.execute(_referral_held if to_change else _referral, {"id": number_}).mappings().first()
    if row is None:
        raise unknown(reference(number_))
    return dict(row)


def unknown(name: str) -> NotFoundError:
    """Say that there is no such referral: the same words where there is none, and where one may not know of it."""
    return NotFoundError(f"There is no referral {name}.", "`mash worklist` lists yours.")


def standing(row: dict[str, Any]) -> Standing:
    """Return where a referral stands, from its row."""
    came_from = State(row["came_from"]) if row["came_from"] else None
    return Standing(row["id"], reference(row["id"]), State(row["state"]), came_from, row["owner_id"], row["version"])


def family(
    connection: Connection,
    family_id: int,
    authority: str,
    also: Iterable[str] = (),
    *,
    ended: tuple[str, int] | None = None,
) -> Family:
    """Load a family: its people, their links, the record, and everybody named in it (or in `also`).

    For a referral that has `ended` (child and number), what later referrals of the child brought is left out.
    """
    rows = connection.execute(_people, {"family": family_id}).mappings()
    people = {row["id"]: _person(row) for row in rows}
    links = tuple(
        Link(row["one"], row["relation"], row["other"])
        for row in connection.execute(_links, {"family": family_id}).mappings()
    )
    record = tuple(
        event_of(row)
        for row in connection.execute(_record, {"family": family_id})
        if ended is None or ended[0] not in row.about or row.referral_id <= ended[1]
    )
    people_named = set(also)
    for event in record:
        people_named.update(named(event))
    practitioners: dict[str, Practitioner] = {}
    for row in connection.execute(_callers, {"family": family_id}).mappings():
        practitioners[row["id"]] = Practitioner(row["id"], PractitionerKind(row["kind"]))
    desk: list[str] = []
    for row in connection.execute(_accounts, {"ids": sorted(people_named), "authority": authority}).mappings():
        agency = Agency(row["agency_id"], AgencyKind(row["agency_kind"]))
        practitioners[row["id"]] = Practitioner(
            row["id"], PractitionerKind(row["kind"]), agency, row["newly_qualified"], row["active"]
        )
        if row["team"] == DESK_TEAM and row["active"]:
            desk.append(row["id"])
    return Family(people, practitioners, links, record, live=True, desk=tuple(sorted(desk)))


def _person(row: Mapping[Any, Any]) -> Person:
    factors = frozenset(row["factors"] or ())
    return Person(row["id"], row["child"], row["born"], row["due"], row["gestation_at_birth"], row["gp"], factors)


def event_of(row: Any) -> Event:
    """Return an event as its row has it."""
    data = row.data
    return Event(row.at, Kind(row.kind), tuple(row.about), row.by, data, data.get("id") or f"e{row.id}", row.id)


def named(event: Event) -> set[str]:
    """Return the accounts an event speaks of: whoever did it, was asked, invited, or given something."""
    found = {event.by} if event.by else set()
    for key in ("to", "who", "lead", "manager", "second_person", "second_signature", "holder", "of"):
        value = event.get(key)
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, list):
            found.update(value)
    for key in ("attended", "invited", "accounts", "discussed_with", "shared_with"):
        found.update(event.codes(key))
    return found


def add_events(connection: Connection, row: dict[str, Any], events: Iterable[Event]) -> tuple[Event, ...]:
    """Write events to the record and return them as they will be read again, numbered."""
    written = []
    for event in events:
        data = {key: list(value) if isinstance(value, tuple) else value for key, value in event.data.items()}
        if event.id:
            data["id"] = event.id
        values = {
            "family_id": row["family_id"],
            "referral_id": row["id"],
            "at": event.at,
            "kind": event.kind.value,
            "about": list(event.about),
            "by": event.by,
            "data": data,
        }
        index = connection.execute(_add_record, values).scalar_one()
        written.append(Event(event.at, event.kind, event.about, event.by, data, event.id or f"e{index}", index))
    _note_who_is_in(connection, written)
    return tuple(written)


def _note_who_is_in(connection: Connection, events: Iterable[Event]) -> None:
    """Keep beside the record whom it names, so that their list of referrals need not read it."""
    rows = {(who, child) for event in events for who in may_know(event) for child in event.about}
    if rows:
        connection.execute(_add_in_which, [{"account": who, "child": child} for who, child in sorted(rows)])


def may_know(event: Event) -> set[str]:
    """Return the accounts that know of a child by an event; early help knows by what it was asked."""
    return named(event) | ({EARLY_HELP} if event.kind is Kind.EARLY_HELP else set())


def move(connection: Connection, row: dict[str, Any], values: dict[str, Any]) -> bool:
    """Write where the referral stands now. False when somebody else wrote first."""
    parameters = {f"new_{key}": value for key, value in values.items()}
    done = connection.execute(_move, {"which": row["id"], "was": row["version"], **parameters})
    return done.rowcount == 1


def add_decision(connection: Connection, values: dict[str, Any]) -> None:
    """Write one decision."""
    connection.execute(_add_decision, values)


def add_audit(connection: Connection, values: dict[str, Any]) -> None:
    """Write one link of the audit chain."""
    connection.execute(_add_audit, values)


def add_outbox(connection: Connection, referral_id: int, version: int, stage: str, at: datetime) -> None:
    """Leave word for the flow of a stage that something happened."""
    values = {"referral_id": referral_id, "version": version, "stage": stage, "at": at, "attempts": 0}
    connection.execute(_add_outbox, values)
