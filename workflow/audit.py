"""The audit chain of a referral: each link holds the hash of what was done and of the link before it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from models.events import Event
from models.tables.referral import AuditRow, DecisionRow, RecordRow, ReferralRow
from models.vocabulary import State
from workflow.judging import came_from
from workflow.store import reference
from workflow.transitions import MOVES

FIRST: Final = "0" * 64
STANDS: Final = ("child_id", "family_id", "authority", "state", "came_from", "grade", "owner_id", "closed_at")
"""What a link says about where the referral stands after it: the last one must say what is stored."""


def entry(values: Mapping[str, Any]) -> str:
    """Write what was done as one line, the same for the same facts for ever: sorted keys, UTC moments."""

    def plain(value: Any) -> Any:
        return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)

    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=plain)


def line(stamp: Mapping[str, Any], move: str | None, row: Mapping[str, Any], events: Iterable[Event]) -> str:
    """Write one link's line: the decision, its move, where the referral stands now, and the digest of each event."""
    stands = {name: row[name] for name in STANDS}
    return entry({**stamp, "move": move, "stands": stands, "events": [seal(event) for event in events]})


def link(previous: str, text: str) -> str:
    """Return the hash that binds a line to everything before it."""
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def seal(event: Event) -> str:
    """Return the digest of one event, so that the record cannot be changed behind the chain's back."""
    return _seal(event.kind, event.at, event.by, event.about, dict(event.data))


def _seal(kind: Any, at: Any, by: Any, about: Any, data: Any) -> str:
    return link("", entry({"kind": kind, "at": at, "by": by, "about": about, "data": data}))


def verify(connection: Connection) -> tuple[int, list[str]]:
    """Walk every chain. Returns how many links were checked, and a sentence for each that does not hold.

    Beside the hashes it checks that the chain is whole, that each decision is as the chain says, that the record
    holds exactly the events that were chained, in the family's own record, and that replaying the decisions arrives
    at what is stored. What it cannot know is that a referral was removed with everything that spoke of it.
    """
    faults: list[str] = []
    checked = 0
    standing = {row.id: row._asdict() for row in connection.execute(select(ReferralRow.__table__))}
    decisions: dict[int, dict[int, Any]] = {}
    for row in connection.execute(select(DecisionRow.__table__)):
        decisions.setdefault(row.referral_id, {})[row.version] = row._asdict()
    recorded: dict[int, list[tuple[int, str]]] = {}
    for row in connection.execute(select(RecordRow.__table__).order_by(RecordRow.id)):
        sealed = _seal(row.kind, row.at, row.by, row.about, row.data)
        recorded.setdefault(row.referral_id, []).append((row.family_id, sealed))
    chains: dict[int, list[Any]] = {}
    for row in connection.execute(select(AuditRow.__table__).order_by(AuditRow.referral_id, AuditRow.version)):
        chains.setdefault(row.referral_id, []).append(row)
    for number, referral in standing.items():
        links = chains.pop(number, [])
        checked += len(links)
        faults += _faults_of(referral, links, decisions.get(number, {}), recorded.get(number, []))
    faults += [f"{reference(number)}: there is an audit chain without a referral." for number in chains]
    return checked, faults


def verify_one(connection: Connection, number: int) -> tuple[int, str | None]:
    """Walk the chain of one referral. Returns how many links it has, and a sentence if it does not hold."""

    def of(table: Any) -> Any:
        return connection.execute(select(table.__table__).where(table.referral_id == number))

    found = connection.execute(select(ReferralRow.__table__).where(ReferralRow.id == number)).one()._asdict()
    links = sorted(of(AuditRow), key=lambda row: row.version)
    decisions = {row.version: row._asdict() for row in of(DecisionRow)}
    rows = sorted(of(RecordRow), key=lambda row: row.id)
    recorded = [(row.family_id, _seal(row.kind, row.at, row.by, row.about, row.data)) for row in rows]
    return len(links), next(iter(_faults_of(found, links, decisions, recorded)), None)


def _faults_of(
    referral: Mapping[str, Any], links: list[Any], decisions: Mapping[int, Any], recorded: list[tuple[int, str]]
) -> list[str]:
    name = reference(referral["id"])
    previous = FIRST
    sealed: list[tuple[int, str]] = []
    stands: dict[str, Any] = {}
    for expected, row in enumerate(links, start=1):
        if row.version != expected:
            return [f"{name}: entry {expected} of the audit chain is missing."]
        if row.previous != previous or row.hash != link(previous, row.entry):
            return [f"{name}: entry {expected} of the audit chain was changed after it was written."]
        said = json.loads(row.entry)
        kept = decisions.get(expected)
        if kept is None or any(said[key] != value for key, value in json.loads(entry(kept)).items()):
            return [f"{name}: decision {expected} is not what the audit chain says it was."]
        if stands and not _lawful(stands, said):
            return [f"{name}: decision {expected} moved from {said['from_state']} in a way the machine does not know."]
        stands, previous = said["stands"], row.hash
        sealed += [(said["stands"]["family_id"], event) for event in said["events"]]
    if not links or len(links) != referral["version"] or previous != referral["audit_head"]:
        return [f"{name}: the audit chain does not end where the referral does."]
    if len(decisions) != len(links):
        return [f"{name}: there are decisions that the audit chain does not know."]
    stored = json.loads(entry({key: referral[key] for key in STANDS}))
    for key in STANDS:
        if stands[key] != stored[key]:
            return [f"{name}: replaying its decisions arrives at {key} {stands[key]}, but {stored[key]} is stored."]
    if sealed != recorded:
        return [f"{name}: the record is not what the audit chain says was written."]
    return []


def _lawful(before: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """Tell whether the machine knows the way from where a referral stood to where a link says it went."""
    was, target = State(before["state"]), State(said["to_state"])
    if said["from_state"] != was or said["stands"]["state"] != target:
        return False
    if said["stands"]["came_from"] != came_from(before, was, target):
        return False
    if said["move"] is None:
        return target is was
    leads = MOVES.get((was, said["move"]))
    return target is leads or (isinstance(leads, frozenset) and target in leads and target == before["came_from"])
