"""What a case still owes when somebody means to close it. Pure readings of the chapter now open."""

from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import HEALTH, Factor, Kind
from workflow.questions import decides_section47

_CHILDS_OWN: Final = frozenset({"paediatric", "gp", "health_visitor", "ophthalmology", "immunisation", "other"})
_ANSWERS_A_BREACH: Final = frozenset({Kind.LEGAL_ADVICE, Kind.CONTINGENCY_USED, Kind.STRATEGY_DISCUSSION, Kind.ORDER})
_FACTORS: Final = frozenset(str(factor) for factor in Factor)
_SETTLES_THE_REST: Final = frozenset({Kind.SECTION47_OUTCOME, Kind.CONFERENCE})


def open_questions(case: Case) -> list[str]:
    """Return the concerns that a decision left unknown, or factors an assessment left unresolved, and nobody settled."""
    left: dict[str, None] = {}
    plan: Event | None = None
    for event in case.chapter:
        if event.kind is Kind.DECISION:
            left = _answered(left, event)
        elif event.kind is Kind.ASSESSMENT and event.get("status") == "completed":
            resolved: dict[str, str] = event.get("factors_resolved") or {}
            # In a story an assessment can name factors alone: what has no such name is settled by it as a whole.
            whole = () if case.family.live else set(left) - _FACTORS
            left = {code: None for code in left if code not in resolved and code not in whole}
            left.update({code: None for code, answer in resolved.items() if answer == "unresolved"})
            left = _answered(left, event)
        elif event.kind in _SETTLES_THE_REST:
            # What led to an enquiry or a conference is what it concludes on; the adults' lives are asked about elsewhere.
            left = {code: None for code in left if code in _FACTORS}
        elif event.kind is Kind.PLAN:
            plan = event if event.codes("covers") else plan
    if plan is not None and outcomes_met(case, plan):
        left = {code: None for code in left if code not in plan.codes("covers")}
    return list(left)


def _answered(left: dict[str, None], event: Event) -> dict[str, None]:
    """Return what is open once an event has answered concerns: known or not found they are settled, unknown they stay."""
    answers: dict[str, str] = event.get("answers") or {}
    kept = {code: None for code in left if code not in answers}
    return {**kept, **{code: None for code, answer in answers.items() if answer == "unknown"}}


def outcomes_met(case: Case, plan: Event) -> bool:
    """Tell whether every outcome that a plan names was met. A plan that names none shows nothing."""
    newest = {event.id: event.get("status") for event in case.chapter if event.kind is Kind.OUTCOME}
    wanted = [str(outcome["id"]) for outcome in plan.codes("outcomes")]
    return bool(wanted) and all(newest.get(name) == "met" for name in wanted)


def not_brought(case: Case) -> list[Event]:
    """Return the child's own appointments that were missed and not made good, taken up with health or weighed since."""
    missed: list[Event] = []
    for event in case.chapter:
        if event.kind is Kind.APPOINTMENT and event.get("outcome") == "was_not_brought":
            missed.append(event)
        elif event.kind is Kind.APPOINTMENT and event.get("outcome") == "attended":
            missed = [one for one in missed if one.get("what") not in {event.get("what"), "other"}]
        elif event.kind is Kind.MEDICAL and event.get("what") != "advised" and event.get("what") != "not_attended":
            missed = []
        elif asked_health(case, event):
            missed = []
    return [one for one in missed if one.get("what") in _CHILDS_OWN]


def asked_health(case: Case, event: Event) -> bool:
    """Tell whether somebody in health was asked about the child, or sat in a meeting on the child."""
    if event.kind is Kind.CHECK and event.get("status") == "replied":
        agencies = {who.agency.id for who in case.family.practitioners.values() if who.agency and _health(case, who.id)}
        return event.get("agency") in agencies
    if event.kind is Kind.SPOKE_TO:
        return event.get("done") is not False and _health(case, event.get("person"))
    if event.kind in {Kind.MEETING, Kind.CONFERENCE, Kind.STRATEGY_DISCUSSION}:
        return any(_health(case, who) for who in (*event.codes("attended"), *event.codes("accounts")))
    return False


def _health(case: Case, who: str | None) -> bool:
    found = case.family.practitioners.get(who) if who else None
    return found is not None and found.agency is not None and found.agency.kind in HEALTH


def broken_agreement(case: Case) -> Event | None:
    """Return the breach of a written agreement on which nothing followed: no advice, discussion, or new agreement."""
    breach: Event | None = None
    for event in case.chapter:
        if event.kind is Kind.AGREEMENT:
            breach = event if event.get("status") == "breached" else None
        elif event.kind in _ANSWERS_A_BREACH or (event.kind is Kind.PLAN and event.get("status") != "ended"):
            breach = None
        elif event.kind is Kind.MEETING and event.get("which") == "legal_planning":
            breach = None
    return breach


def unfinished(case: Case) -> Event | None:
    """Return the section 47 enquiry or the assessment that was begun and came to no end."""
    begun: Event | None = None
    for event in case.chapter:
        if decides_section47(event) or (event.kind is Kind.ASSESSMENT and event.get("status") == "started"):
            begun = event
        elif event.kind in {Kind.SECTION47_OUTCOME, Kind.CONFERENCE, Kind.PLAN, Kind.ASSESSMENT}:
            begun = None
    return begun


def without_gp(case: Case) -> bool:
    """Tell whether the child is known to have no GP, and was not registered since."""
    registered = any(
        event.kind is Kind.HOUSEHOLD
        and event.get("what") == "gp_registered"
        and event.get("person") in {None, case.child_id}
        for event in case.record
    )
    return case.child.gp == "none" and not registered
