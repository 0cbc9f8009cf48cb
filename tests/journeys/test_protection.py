"""From a worried call through an enquiry, a conference and two plans to a signed closure, and every way it turns back."""

from datetime import timedelta

import pytest

from models.tables.post import MessageRow
from models.tables.referral import DecisionRow
from models.vocabulary import State
from tests.support import further_paths, paths
from tests.support.hub import Hub
from workflow import audit
from workflow.errors import OutOfTurnError, RefusedError


def states(hub: Hub) -> list[str]:
    """Return where the referral has stood, in order."""
    path = ["received"]
    for row in hub.rows(DecisionRow):
        if row["to_state"] != path[-1]:
            path.append(row["to_state"])
    return path


def sound(hub: Hub) -> bool:
    with hub.engine.database.reading() as connection:
        return audit.verify(connection)[1] == []


def test_an_enquiry_leads_to_a_conference_a_protection_plan_child_in_need_early_help_and_a_closure(hub: Hub) -> None:
    reference = further_paths.to_child_protection(hub)
    for _ in range(4):
        hub.wait(weeks=3).look(reference)
        further_paths.see(hub, reference)
    paths.agree_all(hub, reference)
    hub.act(reference, "record-outcome", "sam", outcome="fed_and_warm", status="met", evidence="seen each time")
    hub.act(reference, "record-tool", "sam", what="graded_care_profile", result=paths.POOR)
    hub.act(
        reference,
        "hold-conference",
        "tess",
        which="review",
        attended=further_paths.EVERYBODY,
        outcome="child_in_need_plan",
        reason="the risk has gone down, and help is still needed",
    )
    further_paths.start_plan(hub, reference, "home_kept")
    further_paths.offer_step_down(hub, reference, "home_kept")
    hub.look(reference)
    hub.act(reference, "accept", "ella", lead="ella")
    hub.act(reference, "record-consent", "sam", consent="given")
    hub.act(reference, "make-first-contact", "ella")

    assert further_paths.sign(hub, reference, "tess", "ella") == "closed"

    assert states(hub) == [
        "received",
        "triage",
        "information_gathering",
        "awaiting_decision",
        "strategy_discussion",
        "section_47",
        "conference",
        "child_protection",
        "child_in_need",
        "step_down_offered",
        "closure_proposed",
        "closed",
    ]
    hub.look(reference)
    told = {row["account_id"] for row in hub.rows(MessageRow, template="closed")}
    assert {"dsl", "pc", "hv", "ella"} <= told
    assert sound(hub)


def test_an_enquiry_that_finds_nothing_needs_a_second_signature_from_outside_the_line(hub: Hub) -> None:
    reference = further_paths.to_section_47(hub)
    further_paths.see(hub, reference)
    paths.agree_all(hub, reference)
    ends = {"outcome": "not_substantiated", "then": "closure", "reason": "nothing was found", "medical_evidence": True}

    with pytest.raises(RefusedError) as error:
        hub.act(reference, "conclude-enquiry", "tess", **ends)
    assert "no-icpc-needs-second-signature" in {refusal.rule for refusal in error.value.refusals}

    hub.act(reference, "second-sign", "theo")
    assert hub.act(reference, "conclude-enquiry", "tess", **ends).now is State.CLOSURE_PROPOSED


def test_whoever_wrote_that_an_enquiry_found_nothing_does_not_sign_the_closure(hub: Hub) -> None:
    reference = further_paths.to_section_47(hub)
    further_paths.see(hub, reference)
    paths.agree_all(hub, reference)
    hub.act(reference, "second-sign", "theo")
    ends = {"outcome": "not_substantiated", "then": "closure", "reason": "nothing was found", "medical_evidence": True}
    hub.act(reference, "conclude-enquiry", "tess", **ends)

    with pytest.raises(RefusedError) as error:
        further_paths.sign(hub, reference, "tess")

    assert "sign-off-independent" in {refusal.rule for refusal in error.value.refusals}


def test_a_discussion_called_in_the_middle_of_a_plan_leads_back_to_it_or_on_to_an_enquiry(hub: Hub) -> None:
    reference = paths.to_child_in_need(hub)

    def discuss(decision: str) -> State:
        at = (hub.now + timedelta(hours=2)).isoformat()
        hub.act(reference, "call-strategy", "sam", at=at, reason="a mark that nobody explains")
        held = {"attended": further_paths.EVERYBODY, "rationale": "weighed", "interim_safety_plan": True}
        return hub.act(reference, "hold-strategy", "tess", decision=decision, offence_considered=True, **held).now

    assert discuss("no_further_action") is State.CHILD_IN_NEED
    assert discuss("section47_joint") is State.SECTION_47
    with pytest.raises(OutOfTurnError):
        hub.act(reference, "propose-closure", "sam", reason_code="needs_met", summary="as if nothing had happened")


def test_a_referral_is_red_from_the_moment_a_discussion_is_called(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    assert hub.row(reference)["grade"] == "amber"

    hub.act(reference, "call-strategy", "tara", at=(hub.now + timedelta(hours=2)).isoformat(), reason="marks")

    assert hub.row(reference)["grade"] == "red"
    hub.act(reference, "grade", "tara", grade="amber", reason="calmer now")
    with pytest.raises(RefusedError):
        hub.act(reference, "agree-grade", "mona")
