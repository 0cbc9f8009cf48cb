"""What comes back: a pregnancy that was put off, a concern that overtakes a closure, a child referred again."""

from datetime import timedelta

import pytest

from models.tables.referral import DecisionRow, RecordRow, ReferralRow
from models.tables.work import ClockRow
from models.vocabulary import State
from tests.support import further_paths, paths
from tests.support.hub import Hub
from workflow.errors import BadCommandError, OutOfTurnError, RefusedError

UNBORN = {"by": "wife", "child": "Unborn Demo", "born": None, "pregnancy_weeks": 9, "carers": "Demo Jenny:mother"}


def put_off(hub: Hub, days: int) -> str:
    due = (hub.now + timedelta(weeks=31)).date()
    reference = paths.to_decision(hub, **UNBORN, due=due)
    hub.act(
        reference,
        "decide",
        "mona",
        outcome="deferred",
        reason="too early to assess",
        reason_code="too_early_in_pregnancy",
        until=(hub.now + timedelta(days=days)).date().isoformat(),
        answers="neglect:unknown",
    )
    return reference


def test_a_pregnancy_thought_too_early_wakes_by_itself_on_its_day_and_is_then_late(hub: Hub) -> None:
    reference = put_off(hub, 21)
    hub.wait(days=20).look(reference)
    assert hub.row(reference)["state"] == "deferred"

    hub.wait(days=1).look(reference)

    assert hub.row(reference)["state"] == "awaiting_decision"
    assert (hub.rows(DecisionRow)[-1]["actor"], hub.rows(DecisionRow)[-1]["verb"]) == ("system", "wake")
    assert "referral-decision-one-day" in {row["rule"] for row in hub.rows(ClockRow)}
    hub.wait(days=30).look(reference)
    assert hub.row(reference)["state"] == "awaiting_decision"


def test_a_pregnancy_cannot_be_closed_as_too_early(hub: Hub) -> None:
    reference = paths.to_decision(hub, **UNBORN, due=(hub.now + timedelta(weeks=31)).date())

    with pytest.raises(RefusedError) as error:
        hub.act(
            reference,
            "decide",
            "mona",
            outcome="no_further_action",
            reason="too early to assess",
            reason_code="too_early_in_pregnancy",
            answers="neglect:unknown",
        )

    assert "prebirth-defer-not-close" in {refusal.rule for refusal in error.value.refusals}


@pytest.mark.parametrize(
    ("verb", "by", "said"),
    [
        ("add-concern", "wife", {"concerns": "domestic_abuse", "words": "she was pushed down the stairs"}),
        ("record-incident", "pc", {"what": "domestic_abuse"}),
    ],
)
def test_a_new_risk_wakes_what_was_put_off_before_its_day(hub: Hub, verb: str, by: str, said: dict[str, str]) -> None:
    reference = put_off(hub, 21)

    assert hub.act(reference, verb, by, **said).now is State.AWAITING_DECISION


@pytest.mark.parametrize("overtakes", ["a concern", "an incident", "a second referral", "a challenge", "a discussion"])
def test_a_closure_is_overtaken_by_whatever_is_new(hub: Hub, overtakes: str) -> None:
    reference = paths.ready_to_sign(hub)
    if overtakes == "a concern":
        hub.act(reference, "add-concern", "dsl", concerns="injury", words="a bruise on the cheek")
    elif overtakes == "an incident":
        hub.act(reference, "record-incident", "pc", what="domestic_abuse", child_present=True)
    elif overtakes == "a second referral":
        assert hub.refer(by="kit", concerns=["home_conditions"], words="no heating") == reference
    elif overtakes == "a challenge":
        hub.act(reference, "challenge", "hv", reason="nothing has lasted")
    else:
        hub.act(reference, "call-strategy", "tara", at=(hub.now + timedelta(hours=2)).isoformat(), reason="marks")

    assert hub.row(reference)["state"] in {"child_in_need", "strategy_discussion"}
    with pytest.raises(OutOfTurnError):
        hub.act(reference, "sign-off", "tess")


def test_a_household_that_has_changed_since_it_was_put_forward_stops_the_signature(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "record-household", "sam", what="new_partner", words="moved in last week")

    with pytest.raises(RefusedError) as error:
        hub.act(reference, "sign-off", "tess")

    assert "new-risk-blocks-closure" in {refusal.rule for refusal in error.value.refusals}


def test_a_closed_child_referred_again_begins_higher_with_the_earlier_case_in_view(hub: Hub) -> None:
    first = paths.ready_to_sign(hub)
    hub.act(first, "sign-off", "tess")
    hub.wait(days=40)

    second = hub.refer(by="hv", concerns=["neglect"], words="thinner than before")
    hub.act(second, "begin-triage", "tara")

    assert hub.row(second)["previous_id"] == hub.row(first)["id"]
    assert hub.row(first)["state"] == "closed"
    with pytest.raises(RefusedError) as error:
        hub.act(second, "grade", "tara", grade="green", reason="known already")
    assert "rating-floor" in {refusal.rule for refusal in error.value.refusals}
    hub.act(second, "grade", "tara", grade="amber", reason="known, and thinner")


def test_a_lower_grade_left_waiting_in_one_case_is_not_agreed_to_in_the_next(hub: Hub) -> None:
    first = paths.to_closure_proposed(hub)
    hub.act(first, "grade", "tara", grade="green", reason="calm for weeks")
    assert further_paths.sign(hub, first) == "closed"
    second = hub.wait(days=500).refer(by="hv", concerns=["injury"], words="a bruise")
    hub.act(second, "begin-triage", "tara")

    with pytest.raises(BadCommandError, match="No lower grade is waiting"):
        hub.act(second, "agree-grade", "mona")


def test_a_child_comes_back_a_third_time_and_every_case_has_its_own_end(hub: Hub) -> None:
    for _ in range(2):
        hub.act(paths.ready_to_sign(hub), "sign-off", "tess")
        hub.wait(days=60)
    third = hub.refer(by="hv")

    rows = hub.rows(ReferralRow)
    assert [row["previous_id"] for row in rows] == [None, 1, 2]
    assert [row["state"] for row in rows] == ["closed", "closed", "received"]
    assert len(hub.rows(RecordRow, kind="closure")) == 2
    assert hub.row(third)["owner_id"] == "tara"


def test_a_disagreement_climbs_by_itself_while_the_closure_waits(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "challenge", "hv", reason="nothing has lasted")
    for _ in range(8):
        hub.wait(days=1).look(reference)

    stages = [row["data"]["stage"] for row in hub.rows(RecordRow, kind="disagreement")]
    assert stages == [1, 2, 3, 4]
    hub.act(reference, "settle-challenge", "hugo", outcome="upheld", statement="the plan goes on for two months")
    assert hub.row(reference)["state"] == "child_in_need"


def test_whoever_challenged_may_withdraw_it_though_somebody_else_has_challenged_since(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)
    hub.act(reference, "challenge", "hv", reason="nothing has lasted")
    at = (hub.now + timedelta(hours=2)).isoformat()
    hub.act(reference, "call-strategy", "sam", at=at, reason="marks")
    hub.act(reference, "challenge", "dsl", reason="nobody has asked the school")

    hub.act(reference, "withdraw-challenge", "hv")

    left = [(row["by"], row["data"]["status"]) for row in hub.rows(RecordRow, kind="disagreement")]
    assert left == [("hv", "raised"), ("dsl", "raised"), ("hv", "withdrawn")]
    with pytest.raises(BadCommandError, match="Only the person who raised"):
        hub.act(reference, "withdraw-challenge", "hv")


def test_whoever_made_a_decision_does_not_turn_down_the_challenge_to_it(hub: Hub) -> None:
    reference = paths.to_assessment(hub)
    hub.act(reference, "challenge", "dsl", reason="an assessment takes too long")

    with pytest.raises(BadCommandError, match="does not turn down the challenge"):
        hub.act(reference, "settle-challenge", "mona", outcome="not_upheld", statement="agreed with both")
    hub.act(reference, "settle-challenge", "hugo", outcome="not_upheld", statement="agreed with both")
