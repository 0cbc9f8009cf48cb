"""What enquiry and harm need can be recorded live, with exactly the keys that a casebook has."""

from typing import Any

import pytest

from models.events import Event
from tests.support import paths
from tests.support.hub import Hub
from tests.support.stories import table
from workflow import store
from workflow.errors import BadCommandError, NotPermittedError, OutOfTurnError, RefusedError
from workflow.replay.kinds import KINDS

GRADES = {"physical": 3, "safety": 2, "love": 3, "esteem": 3}


def newest(hub: Hub, reference: str) -> Event:
    """Return the newest event on record."""
    with hub.engine.database.reading() as connection:
        return hub.engine.load(connection, store.number(reference), hub.now).case.record[-1]


@pytest.mark.parametrize(
    ("verb", "by", "args", "data"),
    table(
        ("DASH", "record-tool", "sam", {"what": "dash", "result": "9"}, {"what": "dash", "result": 9}),
        (
            "a profile",
            "record-tool",
            "hv",
            {"what": "graded_care_profile", "result": "physical:3,safety:2,love:3,esteem:3"},
            {"what": "graded_care_profile", "result": GRADES},
        ),
        (
            "the tier of the sleep risk",
            "record-tool",
            "hv",
            {"what": "sudi", "result": "significant"},
            {"what": "sudi", "result": "significant"},
        ),
        (
            "a day in the life",
            "record-tool",
            "sam",
            {"what": "lived_experience", "words": "wakes hungry, waits at the window"},
            {"what": "lived_experience", "result": True, "words": "wakes hungry, waits at the window"},
        ),
        (
            "an order",
            "record-order",
            "sam",
            {"what": "police_protection"},
            {"what": "police_protection", "status": "made"},
        ),
    ),
)
def test_what_was_done_is_on_record_as_a_casebook_tells_it(
    hub: Hub, verb: str, by: str, args: dict[str, Any], data: dict[str, Any]
) -> None:
    reference = paths.to_assessment(hub)
    hub.act(reference, verb, by, **args)

    event = newest(hub, reference)
    assert dict(event.data) == data
    assert set(event.data) - {"words"} <= set(KINDS[event.kind].keys)


@pytest.mark.parametrize(
    ("verb", "by", "args"),
    table(
        ("a safety plan", "record-safety-plan", "sam", {"words": "sleeps at the aunt's, who rings at eight"}),
        (
            "the police's own decision",
            "record-agency-decision",
            "pc",
            {"outcome": "crime_recorded", "words": "cruelty"},
        ),
        ("a discussion left out", "decline-strategy", "tess", {"rationale": "a doctor has explained the mark"}),
    ),
)
def test_the_reasons_are_kept_beside_the_keys(hub: Hub, verb: str, by: str, args: dict[str, Any]) -> None:
    reference = paths.to_assessment(hub)
    hub.act(reference, verb, by, **args)

    event = newest(hub, reference)
    assert event.get("words") in args.values()
    assert set(event.data) - {"words"} <= set(KINDS[event.kind].keys)


@pytest.mark.parametrize(
    ("args", "says"),
    table(
        ("points that are no number", {"what": "dash", "result": "high"}, "no result"),
        ("a profile with an area missing", {"what": "graded_care_profile", "result": "physical:3"}, "no result"),
        ("a tier that does not exist", {"what": "sudi", "result": "red"}, "no result"),
        ("a result of what has none", {"what": "parent_history", "result": "bad"}, "no result"),
        ("somebody unknown", {"what": "dash", "result": "9", "assessed": "nobody"}, "Nobody called"),
    ),
)
def test_a_result_that_no_tool_gives_is_refused(hub: Hub, args: dict[str, Any], says: str) -> None:
    reference = paths.to_assessment(hub)

    with pytest.raises(BadCommandError, match=says):
        hub.act(reference, "record-tool", "sam", **args)


def test_only_a_manager_leaves_a_discussion_out_and_not_one_that_is_called(hub: Hub) -> None:
    reference = paths.to_strategy(hub)

    with pytest.raises(NotPermittedError):
        hub.act(reference, "decline-strategy", "sam", rationale="no need")
    with pytest.raises(OutOfTurnError):
        hub.act(reference, "decline-strategy", "tess", rationale="no need")


def test_abuse_at_home_is_measured_before_the_assessment_ends(hub: Hub) -> None:
    reference = paths.to_assessment(hub)
    hub.act(reference, "record-incident", "sam", what="domestic_abuse", child_present=True)
    paths.agree_all(hub, reference)
    done: dict[str, Any] = {
        "outcome": "child_in_need",
        "reason": "needs a plan",
        "visits": 3,
        "unannounced_visits": 1,
        "child_seen": True,
        "child_seen_alone": True,
        "parents_seen_separately": True,
        "hypotheses": 2,
        "factors_resolved": "domestic_abuse:confirmed",
    }
    with pytest.raises(RefusedError) as error:
        hub.act(reference, "complete-assessment", "tess", **done)
    assert {refusal.rule for refusal in error.value.refusals} == {"da-requires-dash"}

    hub.act(reference, "record-tool", "sam", what="dash", result="9")

    assert hub.act(reference, "complete-assessment", "tess", **done).now == "child_in_need"
