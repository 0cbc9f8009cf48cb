"""Whoever puts a case forward for closing hears at once what the signature will want, and the signature wants just that."""

from collections.abc import Callable

import pytest

from tests.support import paths
from tests.support.hub import Hub
from workflow.errors import RefusedError
from workflow.options import why

CLOSING = {"reason_code": "needs_met", "summary": "the plan has done its work"}
NOBODY_ELSE = {"sign-off-independent"}


def refused_to_sign(hub: Hub, reference: str, by: str = "tess") -> dict[str, str]:
    """Try to sign, and return what stands in the way, by rule."""
    with pytest.raises(RefusedError) as caught:
        hub.act(reference, "sign-off", by)
    return {one.rule: one.missing for one in caught.value.refusals}


def too_early(hub: Hub) -> str:
    """Put a case forward on the day on which its plan began."""
    reference = paths.to_child_in_need(hub)
    hub.act(reference, "propose-closure", "sam", **CLOSING)
    return reference


def in_time(hub: Hub) -> str:
    return paths.to_closure_proposed(hub)


def worried_anew(hub: Hub) -> str:
    """Put a case forward in the week of a new worry."""
    reference = paths.to_child_in_need(hub)
    paths.improve(hub, reference)
    hub.act(reference, "add-concern", "hv", concerns="weight", words="has lost weight")
    hub.act(reference, "propose-closure", "sam", **CLOSING)
    return reference


@pytest.mark.parametrize("put_forward", [too_early, in_time, worried_anew])
def test_what_is_said_when_it_is_put_forward_is_what_the_signature_wants(
    hub: Hub, put_forward: Callable[[Hub], str]
) -> None:
    reference = put_forward(hub)
    said = {(one.rule, one.missing) for one in hub.made[-1].still}
    asked = why(hub.engine, reference, "sign-off", hub.actor("tess"), hub.now)

    assert said
    assert {(one.rule, one.missing) for one in asked} == said
    assert refused_to_sign(hub, reference).items() <= said
    assert all(one.who_can_mend for one in hub.made[-1].still)


def test_what_has_been_mended_is_no_longer_said(hub: Hub) -> None:
    reference = too_early(hub)
    before = {one.rule for one in hub.made[-1].still}

    hub.act(reference, "return-closure", "tess", reason="too early")
    paths.improve(hub, reference)
    hub.act(reference, "record-tool", "sam", what="graded_care_profile", result=paths.BETTER)
    hub.act(reference, "record-outcome", "sam", outcome="home_kept", status="met", evidence="three visits")
    hub.act(reference, "propose-closure", "sam", **CLOSING)
    after = {one.rule for one in hub.made[-1].still}

    assert {"sustained-improvement", "closure-authorised-on-evidence"} <= before
    assert after < before
    assert "agency-vote-recorded" in after


def test_somebody_who_may_not_sign_hears_more_than_was_said(hub: Hub) -> None:
    reference = in_time(hub)
    said = {one.rule for one in hub.made[-1].still}
    hub.act(reference, "allocate", "hugo", to="tess")

    assert set(refused_to_sign(hub, reference)) - said == NOBODY_ELSE


def test_a_decision_that_ends_at_the_door_says_it_too(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    hub.act(reference, "spoke-to", "tara", person="dsl")
    done = hub.act(
        reference, "decide", "mona", outcome="no_further_action", reason="below threshold",
        reason_code="below_threshold", answers="neglect:not_found",
    )  # fmt: skip

    assert "agency-vote-recorded" in {one.rule for one in done.still}


def test_nothing_else_says_so(hub: Hub) -> None:
    paths.to_child_in_need(hub)

    assert all(done.still == () for done in hub.made)


@pytest.mark.parametrize(
    ("answer", "open_"),
    [({"answers": "neglect:unknown"}, True), ({"answers": "NEGLECT:not_found"}, False)],
    ids=["nobody knows yet", "answered"],
)
def test_a_worry_left_unknown_at_the_door_is_wanted_until_the_assessment_answers_it(
    hub: Hub, answer: dict[str, str], open_: bool
) -> None:
    reference = paths.to_assessment(hub)
    paths.agree_all(hub, reference)
    ended = {**paths.ASSESSED, "outcome": "no_further_action", "family_network": True, **answer}
    done = hub.act(reference, "complete-assessment", "tess", **ended)

    assert ("closure-blockers" in {one.rule for one in done.still}) is open_


@pytest.mark.parametrize("outcome", ["no_further_action", "early_help"])
def test_a_worry_left_unknown_at_the_door_is_asked_about_before_the_assessment_ends(hub: Hub, outcome: str) -> None:
    reference = paths.to_assessment(hub)
    paths.agree_all(hub, reference)
    ended = {**paths.ASSESSED, "outcome": outcome, "family_network": True}

    with pytest.raises(RefusedError) as caught:
        hub.act(reference, "complete-assessment", "tess", **ended)
    left = [one for one in caught.value.refusals if one.rule == "flagged-factor-resolved"]
    assert [one.missing for one in left] == [
        "The first decision left these unknown, and the assessment does not say: neglect."
    ]
    assert hub.row(reference)["state"] == "assessment"
