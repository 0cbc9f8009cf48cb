"""Plans, patterns and placements lived, not told: what their rules ask for can be recorded, with a casebook's keys."""

from typing import Any

import pytest

from models.events import Event
from tests.support import paths
from tests.support.hub import Hub
from tests.support.stories import table
from workflow import store
from workflow.errors import BadCommandError, RefusedError
from workflow.replay.format import SEEN
from workflow.replay.kinds import KINDS


def newest(hub: Hub, reference: str) -> Event:
    """Return the newest event on record."""
    with hub.engine.database.reading() as connection:
        return hub.engine.load(connection, store.number(reference), hub.now).case.record[-1]


@pytest.mark.parametrize(
    ("verb", "args", "data"),
    table(
        (
            "an explanation that somebody bears out",
            "record-visit",
            {"access": "granted", "claim": "the smell is the neighbour's", "verified": True},
            {"claim": {"what": "the smell is the neighbour's", "verified": True}},
        ),
        (
            "a booking with a midwife",
            "record-appointment",
            {"what": "antenatal_booking", "outcome": "attended"},
            {"what": "antenatal_booking", "outcome": "attended"},
        ),
        ("a planned discharge", "record-medical", {"what": "discharged", "planned": True}, {"planned": True}),
        (
            "a planning meeting",
            "hold-meeting",
            {"which": "discharge_planning", "attended": "sam,hv"},
            {"which": "discharge_planning"},
        ),
        (
            "a plan that changes",
            "change-plan",
            {"covers": "safe_sleep", "reason": "the risk is high", "contingencies": "not_seen:police_check"},
            {
                "which": "child_in_need",
                "status": "changed",
                "covers": ["safe_sleep"],
                "contingencies": [{"when": "not_seen", "then": ["police_check"]}],
            },
        ),
        ("out of school", "record-household", {"what": "school_left"}, {"what": "school_left"}),
    ),
)
def test_what_was_done_is_on_record_as_a_casebook_tells_it(
    hub: Hub, verb: str, args: dict[str, Any], data: dict[str, Any]
) -> None:
    reference = paths.to_child_in_need(hub)
    hub.act(reference, verb, "sam", **args)

    event = newest(hub, reference)
    assert {key: event.get(key) for key in data} == data
    assert set(event.data) - {"words"} <= {*KINDS[event.kind].keys, *SEEN}


def test_a_plan_is_changed_only_while_one_runs(hub: Hub) -> None:
    reference = paths.to_assessment(hub)
    hub.act(reference, "record-tool", "sam", what="graded_care_profile", result=paths.POOR)
    paths.agree_all(hub, reference)
    hub.act(reference, "complete-assessment", "tess", **paths.ASSESSED)

    with pytest.raises(BadCommandError, match="No plan is running"):
        hub.act(reference, "change-plan", "sam", covers="safe_sleep", reason="the risk is high")


def test_a_child_is_placed_with_somebody_who_is_known(hub: Hub) -> None:
    reference = paths.to_child_in_need(hub)

    with pytest.raises(BadCommandError, match="Nobody called"):
        hub.act(reference, "record-household", "sam", what="placed", other="nobody")


def test_a_claim_nobody_bears_out_needs_a_reason_to_go_on(hub: Hub) -> None:
    reference = paths.to_child_in_need(hub)

    with pytest.raises(RefusedError) as error:
        hub.act(reference, "record-visit", "sam", access="granted", claim="he lives elsewhere now")

    assert {refusal.rule for refusal in error.value.refusals} == {"explanation-needs-corroboration"}


def test_a_calm_week_steps_nothing_down(hub: Hub) -> None:
    reference = paths.to_child_in_need(hub)

    with pytest.raises(RefusedError) as error:
        hub.act(reference, "offer-step-down", "tess", reason="calm now")

    assert "sustained-improvement" in {refusal.rule for refusal in error.value.refusals}
