"""A second opinion on a closed referral: read from the rows, by nobody's rules but what was promised."""

from typing import Any

from models.tables.people import AccountRow, AgencyRow
from models.tables.referral import DecisionRow, RecordRow, ReferralRow
from models.vocabulary import SOCIAL_CARE
from tests.support.hub import Hub

MANAGERS = {"mash_manager", "team_manager", "head_of_service"}
# What somebody may do without being at work with the child.
NO_WORK = {"closure", "note", "complaint", "told", "ready", "woken"}


def broken_promises(hub: Hub, number: int) -> list[str]:
    """Say what is wrong with how a closed referral was closed: nothing, if every promise was kept."""
    record = hub.rows(RecordRow, referral_id=number)
    decision = hub.rows(DecisionRow, referral_id=number)
    accounts = {row["id"]: row for row in hub.rows(AccountRow)}
    (closing,) = [row for row in decision if row["verb"] == "sign-off"]
    closure = next(row for row in record if row["kind"] == "closure")
    before = [row for row in record if row["id"] < closure["id"]]
    proposals = [row for row in before if row["kind"] == "closure_proposed"]
    faults = []
    signer, owner = closing["actor"], hub.rows(ReferralRow, id=number)[0]["owner_id"]
    if accounts[signer]["role"] not in MANAGERS:
        faults.append(f"{signer}, who signed, is no manager")
    if not proposals:
        return [*faults, "nobody put it forward"]
    proposal = proposals[-1]
    if signer in {proposal["by"], proposal["data"]["holder"], owner}:
        faults.append(f"{signer} signed what they wrote or held")
    said = {row["by"]: row["data"]["view"] for row in before if row["kind"] == "view" and row["id"] > proposal["id"]}
    settled = settled_by(before)
    hands = {proposal["by"], proposal["data"]["holder"], owner}
    let_go = [
        row["id"] for row in before if row["kind"] == "involvement" and fairly_ended(row, before, hands, proposal)
    ]
    faults += [f"{who} was not heard" for who in sorted(at_work(before, accounts, outside(hub), let_go) - set(said))]
    faults += [f"{who} disagreed" for who, view in said.items() if view == "disagree" and who not in settled]
    faults += [f"a challenge to {what} was open" for what in open_challenges(before)]
    return faults


def outside(hub: Hub) -> set[str]:
    """Return the agencies whose people give a view."""
    return {row["id"] for row in hub.rows(AgencyRow) if row["kind"] not in {kind.value for kind in SOCIAL_CARE}}


def fairly_ended(row: dict[str, Any], record: list[dict[str, Any]], hands: set[str], proposal: dict[str, Any]) -> bool:
    """Tell whether somebody's part was ended neither by who closes, while they were waited for, nor over their no."""
    who, earlier = row["data"]["who"], [one for one in record if one["id"] < row["id"]]
    views = [one for one in earlier if one["kind"] == "view" and one["by"] == who]
    against = bool(views) and views[-1]["data"]["view"] == "disagree" and who not in settled_by(earlier)
    waited_for = row["id"] > proposal["id"] and not any(view["id"] > proposal["id"] for view in views)
    return not against and not (waited_for and row["by"] in hands)


def at_work(record: list[dict[str, Any]], accounts: dict[str, Any], agencies: set[str], let_go: list[int]) -> set[str]:
    """Return who of other agencies did something about the child, and was not let go since."""
    found: set[str] = set()
    for row in record:
        if row["kind"] == "involvement":
            who = row["data"]["who"]
            if row["data"]["status"] != "ended":
                found.add(who)
            elif row["id"] in let_go:
                found.discard(who)
        elif row["by"] and row["kind"] not in NO_WORK:
            found.add(row["by"])
    return {who for who in found if who in accounts and accounts[who]["agency_id"] in agencies}


def settled_by(record: list[dict[str, Any]]) -> set[str]:
    """Return whose challenge was settled or withdrawn."""
    raised: dict[str, str] = {}
    settled: set[str] = set()
    for row in record:
        if row["kind"] == "disagreement":
            what, status = row["data"]["with"], row["data"]["status"]
            if status == "raised":
                raised[what] = row["by"]
            elif status in {"resolved", "withdrawn"} and what in raised:
                settled.add(raised.pop(what))
    return settled


def open_challenges(record: list[dict[str, Any]]) -> set[str]:
    """Return the decisions to which a challenge was raised and not settled."""
    found: set[str] = set()
    for row in record:
        if row["kind"] == "disagreement":
            if row["data"]["status"] == "raised":
                found.add(row["data"]["with"])
            elif row["data"]["status"] in {"resolved", "withdrawn"}:
                found.discard(row["data"]["with"])
    return found
