"""What lies with early help: offers that wait for an answer, and cases it has taken on and not yet begun with."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from models.events import Event
from models.facts import Case, Family, Person
from models.tables.people import PersonRow
from models.tables.referral import RecordRow, ReferralRow
from models.vocabulary import State
from workflow import store
from workflow.actions.act import Actor
from workflow.handshake import handshake
from workflow.identity import initials

_OFFERED: Final = (State.EARLY_HELP_OFFERED.value, State.STEP_DOWN_OFFERED.value)


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer to early help: to whom it is, since when, why, and what is still to do."""

    reference: str
    initials: str
    stands: str
    since: datetime | None
    due: datetime | None
    reason: str
    lead: str | None
    consent: str | None
    accepted: bool


_PEOPLE = select(PersonRow.__table__).where(PersonRow.family_id.in_(bindparam("families", expanding=True)))
_RECORD = (
    select(RecordRow.__table__)
    .where(RecordRow.family_id.in_(bindparam("families", expanding=True)))
    .order_by(RecordRow.id)
)


def offers(connection: Connection, actor: Actor) -> tuple[Offer, ...]:
    """Return the open offers of this person's authority, what is due first at the top. Three reads, however many."""
    query = (
        select(ReferralRow.__table__)
        .where(ReferralRow.closed_at.is_(None), ReferralRow.authority == actor.authority)
        .where(ReferralRow.state.in_(_OFFERED))
        .order_by(ReferralRow.due_at.is_(None), ReferralRow.due_at, ReferralRow.id)
    )
    rows = [dict(row) for row in connection.execute(query).mappings()]
    families = {"families": sorted({row["family_id"] for row in rows})}
    people: dict[int, dict[str, Person]] = defaultdict(dict)
    names: dict[str, str] = {}
    for one in connection.execute(_PEOPLE, families):
        people[one.family_id][one.id] = Person(one.id, one.child, one.born, one.due)
        names[one.id] = one.name
    record: dict[int, list[Event]] = defaultdict(list)
    for event in connection.execute(_RECORD, families):
        record[event.family_id].append(store.event_of(event))
    return tuple(_offer(row, names[row["child_id"]], _case(row, people, record)) for row in rows)


def _case(row: dict[str, Any], people: dict[int, dict[str, Person]], record: dict[int, list[Event]]) -> Case:
    number = row["family_id"]
    return Family(people[number], {}, (), tuple(record[number]), live=True).case(row["child_id"])


def _offer(row: dict[str, Any], name: str, case: Case) -> Offer:
    now = handshake(case)
    begun = now.offer or now.asked
    return Offer(
        reference=store.reference(row["id"]),
        initials=initials(name),
        stands=State(row["state"]).label,
        since=begun.at if begun else None,
        due=row["due_at"],
        reason=_reason(case, begun),
        lead=now.accepted.get("lead") if now.accepted else None,
        consent=now.consent,
        accepted=now.accepted is not None,
    )


def _reason(case: Case, offer: Event | None) -> str:
    """Return what was written with the offer, or with the decision that led to it."""
    if offer is None:
        return ""
    written = [event for event in case.record if event.at == offer.at and event.get("words")]
    return str(offer.get("words") or (written[-1].get("words") if written else ""))
