"""The handshake with early help: a case leaves when it has been accepted, the family agrees, and help has begun."""

import pytest

from models.tables.post import MessageRow
from models.tables.referral import DecisionRow
from models.tables.work import ClockRow, TaskRow
from models.vocabulary import State
from tests.support import further_paths, paths
from tests.support.hub import Hub
from workflow.errors import MashError, OutOfTurnError, RefusedError


def test_early_help_straight_from_the_door_closes_only_when_it_has_begun(hub: Hub) -> None:
    reference = further_paths.to_early_help_offered(hub)
    hub.look(reference)
    assert ("offer", "ella") in {(row["template"], row["account_id"]) for row in hub.rows(MessageRow)}

    for step, args in (("accept", {"lead": "ella"}), ("record-consent", {"consent": "given"})):
        with pytest.raises((RefusedError, OutOfTurnError)):
            hub.act(reference, "make-first-contact", "ella")
        hub.act(reference, step, "ella", **args)
    assert hub.act(reference, "make-first-contact", "ella").now is State.CLOSURE_PROPOSED

    assert further_paths.sign(hub, reference, "mona", "ella") == "closed"


def test_a_refusal_returns_the_case_to_the_decision_with_somebody_who_has_to_make_it(hub: Hub) -> None:
    reference = further_paths.to_early_help_offered(hub)
    hub.look(reference)

    done = hub.act(
        reference, "decline", "ella", reason_code="agencies_already_involved", reason="the school and nurse are there"
    )
    hub.look(reference)

    assert done.now is State.AWAITING_DECISION
    asked = [row["account_id"] for row in hub.rows(TaskRow, rule="refusal-reopens-step-down")]
    assert asked == ["mona"]
    assert hub.rows(ClockRow)
    with pytest.raises(OutOfTurnError):
        hub.act(reference, "make-first-contact", "ella")


def test_a_family_that_does_not_agree_returns_the_case_as_well(hub: Hub) -> None:
    reference = further_paths.to_early_help_offered(hub)
    hub.act(reference, "accept", "ella", lead="ella")

    done = hub.act(reference, "record-consent", "ella", consent="refused")

    assert done.now is State.AWAITING_DECISION
    assert hub.rows(DecisionRow)[-1]["reason"] == "the family does not agree to early help"


def test_a_refused_step_down_goes_back_to_the_plan_and_can_be_offered_again(hub: Hub) -> None:
    reference = further_paths.to_step_down_offered(hub)
    assert hub.act(reference, "decline", "ella", reason_code="no_capacity", reason="full until May").now is (
        State.CHILD_IN_NEED
    )

    paths.agree_all(hub, reference, "ella")
    assert hub.act(reference, "offer-step-down", "tess", reason="there is room again").now is State.STEP_DOWN_OFFERED
    hub.act(reference, "accept", "ella", lead="ella")
    hub.act(reference, "record-consent", "sam", consent="given")
    hub.act(reference, "make-first-contact", "ella")
    assert further_paths.sign(hub, reference, "tess", "ella") == "closed"


def test_an_offer_that_nobody_answers_is_chased_and_climbs(hub: Hub) -> None:
    reference = further_paths.to_early_help_offered(hub)
    for _ in range(12):
        hub.wait(days=1).look(reference)

    sounded = [row["template"] for row in hub.rows(MessageRow, rule="early-help-accept-timer")]
    assert sounded[:3] == ["clock_warned", "clock_breached", "clock_climbed"]
    assert hub.row(reference)["state"] == "early_help_offered"


def test_no_case_leaves_to_early_help_by_another_door(hub: Hub) -> None:
    reference = further_paths.to_step_down_offered(hub)

    for verb, by, args in (
        ("propose-closure", "sam", {"reason_code": "stepped_down", "summary": "early help has it"}),
        ("sign-off", "tess", {}),
    ):
        with pytest.raises(MashError):
            hub.act(reference, verb, by, **args)
    assert hub.row(reference)["state"] == "step_down_offered"
