"""How a referral gets where a test needs it: by the real actions, never by writing a state."""

from datetime import timedelta
from typing import Any

from tests.support.hub import Hub

ALL_HISTORY = "child,household,parents,police,other_areas"
POOR = "physical:3,safety:3,love:2,esteem:2"
BETTER = "physical:2,safety:2,love:1,esteem:1"

ASSESSED: dict[str, Any] = {
    "outcome": "child_in_need",
    "reason": "needs a plan",
    "visits": 3,
    "unannounced_visits": 1,
    "child_seen": True,
    "child_seen_alone": True,
    "parents_seen_separately": True,
    "hypotheses": 2,
}


def to_decision(hub: Hub, by: str = "dsl", **refer: object) -> str:
    """Refer, triage, gather, and put the referral before a manager."""
    reference = hub.refer(by=by, **refer)
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "grade", "tara", grade="amber", reason="home conditions, young child")
    hub.act(reference, "ask", "tara", of="pc,hv")
    hub.act(reference, "reply", "pc", words="nothing known")
    hub.act(reference, "reply", "hv", words="known, last seen in January")
    hub.act(reference, "spoke-to", "tara", person=by, account="consistent")
    hub.act(reference, "check-history", "tara", scope=ALL_HISTORY)
    hub.act(reference, "read-chronology", "tara", noted="no earlier contacts")
    hub.act(reference, "put-for-decision", "tara")
    return reference


def to_assessment(hub: Hub, **refer: object) -> str:
    """Go as far as an assessment in a social worker's hands."""
    reference = to_decision(hub, **refer)
    hub.act(reference, "decide", "mona", outcome="assessment", reason="needs a fuller look", answers="neglect:unknown")
    hub.act(reference, "allocate", "tess", to="sam")
    return reference


def to_strategy(hub: Hub, **refer: object) -> str:
    """Go as far as a strategy discussion that has been called for the afternoon."""
    reference = to_decision(hub, **refer)
    at = (hub.now + timedelta(hours=3)).isoformat()
    hub.act(reference, "call-strategy", "tara", at=at, reason="marks on the arm")
    return reference


def to_child_in_need(hub: Hub, **refer: object) -> str:
    """Go as far as a child in need plan with one outcome."""
    reference = to_assessment(hub, **refer)
    hub.act(reference, "record-tool", "sam", what="graded_care_profile", result=POOR)
    agree_all(hub, reference)
    hub.act(
        reference,
        "complete-assessment",
        "tess",
        **ASSESSED,
    )
    due = (hub.now + timedelta(weeks=10)).date().isoformat()
    hub.act(reference, "start-plan", "sam", covers="neglect", outcomes="home_kept", due=due)
    return reference


def agree_all(hub: Hub, reference: str, *others: str) -> None:
    """Let everybody who is in it say that they agree."""
    for who in ("dsl", "pc", "hv", *others):
        hub.act(reference, "give-view", who, view="agree", reason="seen it too")


def improve(hub: Hub, reference: str) -> None:
    """Let things be well for nine weeks, with visits that nobody knew of to show it."""
    for _ in range(3):
        hub.wait(weeks=3)
        hub.act(reference, "record-visit", "sam", access="granted", announced=False, child_seen=True, conditions="good")


def to_closure_proposed(hub: Hub, **refer: object) -> str:
    """Go as far as a closure that is proposed after a plan whose outcome was met."""
    reference = to_child_in_need(hub, **refer)
    improve(hub, reference)
    hub.act(reference, "record-tool", "sam", what="graded_care_profile", result=BETTER)
    hub.act(reference, "record-outcome", "sam", outcome="home_kept", status="met", evidence="three unannounced visits")
    hub.act(reference, "propose-closure", "sam", reason_code="needs_met", summary="the plan has done its work")
    return reference


def ready_to_sign(hub: Hub, **refer: object) -> str:
    """Go as far as a closure that only wants its signature."""
    reference = to_closure_proposed(hub, **refer)
    agree_all(hub, reference)
    hub.act(reference, "record-told", "sam", who=str(refer.get("by", "dsl")), words="rang, and said why")
    hub.act(reference, "read-chronology", "tess", noted="read to the end")
    return reference
