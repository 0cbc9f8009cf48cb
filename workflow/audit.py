"""The audit chain of a referral: each link holds the hash of what was done and of the link before it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from models.events import Event
from models.tables.referral import AuditRow, DecisionRow, RecordRow, ReferralRow
from models.vocabulary import Kind, State
from workflow.store import reference
from workflow.transitions import MOVES

FIRST: Final = "0" * 64


def entry(values: Mapping[str, Any]) -> str:
    """Write what was done as one line, the same for the same facts for ever: sorted keys, UTC moments."""

    def plain(value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else str(value)

    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=plain)


def link(previous: str, line: str) -> str:
    """Return the hash that binds a line to everything before it."""
    return hashlib.sha256(f"{previous}\n{line}".encode()).hexdigest()


def seal(event: Event) -> str:
    """Return the digest of one event, so that the record cannot be changed behind the chain's back."""
    return link(
        "", entry({"kind": event.kind, "at": event.at, "by": event.by, "about": event.about, "data": dict(event.data)})
    )


def verify(connection: Connection) -> tuple[int, list[str]]:
    """Walk every chain. Returns how many links were checked, and a sentence for each that does not hold.

    Beside the hashes it checks that the chain is whole, that each decision is as the chain says, that the record
    holds exactly the events that were chained, and that replaying the moves arrives at the state that is stored.
    """
    faults: list[str] = []
    checked = 0
    standing = {
        row.id: row
        for row in connection.execute(
            select(ReferralRow.id, ReferralRow.state, ReferralRow.version, ReferralRow.audit_head)
        )
    }
    decisions = {
        (row["referral_id"], row["version"]): row
        for row in connection.execute(select(DecisionRow.__table__)).mappings()
    }
    recorded: dict[int, list[str]] = {}
    for row in connection.execute(select(RecordRow.__table__).order_by(RecordRow.id)):
        event = Event(row.at, Kind(row.kind), tuple(row.about), row.by, row.data)
        recorded.setdefault(row.referral_id, []).append(seal(event))
    chains: dict[int, list[Any]] = {}
    for row in connection.execute(select(AuditRow.__table__).order_by(AuditRow.referral_id, AuditRow.version)):
        chains.setdefault(row.referral_id, []).append(row)
    for number, referral in standing.items():
        links = chains.pop(number, [])
        checked += len(links)
        faults += _faults_of(referral, links, decisions, recorded.get(number, []))
    faults += [f"{reference(number)}: there is an audit chain without a referral." for number in chains]
    return checked, faults


def _faults_of(
    referral: Any, links: list[Any], decisions: Mapping[tuple[int, int], Any], recorded: list[str]
) -> list[str]:
    name = reference(referral.id)
    previous = FIRST
    sealed: list[str] = []
    state: str = ""
    for expected, row in enumerate(links, start=1):
        if row.version != expected:
            return [f"{name}: entry {expected} of the audit chain is missing."]
        if row.previous != previous or row.hash != link(previous, row.entry):
            return [f"{name}: entry {expected} of the audit chain was changed after it was written."]
        said = json.loads(row.entry)
        kept = decisions.get((referral.id, expected))
        if kept is None or any(said[key] != kept[key] for key in ("actor", "verb", "from_state", "to_state", "reason")):
            return [f"{name}: decision {expected} is not what the audit chain says it was."]
        if expected > 1 and not _lawful(state, said):
            return [f"{name}: decision {expected} moved from {said['from_state']} in a way the machine does not know."]
        state, previous = said["to_state"], row.hash
        sealed += said["events"]
    if len(links) != referral.version or previous != referral.audit_head:
        return [f"{name}: the audit chain does not end where the referral does."]
    if state != referral.state:
        return [f"{name}: replaying its decisions arrives at {state}, but {referral.state} is stored."]
    if sealed != recorded:
        return [f"{name}: the record is not what the audit chain says was written."]
    return []


def _lawful(state: str, said: Mapping[str, Any]) -> bool:
    if said["from_state"] != state:
        return False
    if said["move"] is None:
        return bool(said["to_state"] == state)
    target = MOVES.get((State(state), said["move"]))
    return said["to_state"] == target or (isinstance(target, frozenset) and said["to_state"] in target)
