"""Where a rule counts weeks or visits, it says since when, how many, and from when it would be enough."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from config.clock import LONDON
from tests.support import paths
from tests.support.hub import Hub
from tests.support.stories import Story, referred, table
from workflow.errors import RefusedError
from workflow.gates.assessment import MINIMUM_CONTACT
from workflow.gates.closure_loose_ends import OWN_VISIT
from workflow.gates.harm import SEEN_ALONE
from workflow.gates.step_down_sustained import SUSTAINED
from workflow.gates.visits import UNANNOUNCED
from workflow.options import why
from workflow.reckoned import said
from workflow.rule import Gate, Reckoning

PLAN = {"which": "child_in_need", "status": "started"}
CALM = {"announced": False, "access": "granted", "conditions": "good", "child_seen": True}
SHOWN = referred().wait(days=20).then("plan", "worker", **PLAN).then("visit", "worker", **CALM, times=2)
WORRIED = SHOWN.wait(days=5).then("concern", "nurse", concerns=["weight"])
EARLY = {"to": "early_help", "status": "proposed"}
LATELY = table(
    ("the plan is young", SHOWN.wait(days=9)),
    ("a worry since", WORRIED.wait(days=20)),
    ("a poor home since the worry", WORRIED.wait(days=4).then("visit", "worker", access="granted", conditions="poor")),
    ("over the hour that is lost in spring", WORRIED.wait(days=10)),
)


@pytest.mark.parametrize("before", LATELY)
def test_weeks_are_enough_from_the_very_moment_that_was_named_and_not_a_minute_sooner(before: Story) -> None:
    (found,) = before.findings(SUSTAINED, "step_down", "worker", **EARLY)
    assert found.reckoned is not None
    enough = found.reckoned.enough_on
    assert enough is not None
    assert enough > before.now

    def at(moment: datetime) -> list[Any]:
        # A story's step is a minute after what came before it.
        return Story(before.family, moment - timedelta(minutes=1)).findings(SUSTAINED, "step_down", "worker", **EARLY)

    assert at(enough) == []
    assert [one.reckoned for one in at(enough - timedelta(minutes=1))] != []


def test_a_new_worry_puts_the_day_off() -> None:
    first = SHOWN.wait(days=9).findings(SUSTAINED, "step_down", "worker", **EARLY)[0].reckoned
    later = WORRIED.wait(days=4).findings(SUSTAINED, "step_down", "worker", **EARLY)[0].reckoned

    assert first is not None
    assert later is not None
    assert first.enough_on is not None
    assert later.enough_on is not None
    assert later.enough_on - first.enough_on >= timedelta(days=4)


AVOIDED = referred("teacher", "non_engagement").then("visit", "worker", access="granted", announced=True, times=5)
COUNTED = table(
    ("one surprise of two", SHOWN.wait(days=60), SUSTAINED, "step_down", EARLY, None),
    (
        "no surprise",
        referred().then("plan", "worker", **PLAN).wait(days=60),
        SUSTAINED, "step_down", EARLY, "0 of 2 unannounced visits that found things well",
    ),
    ("one visit in three", AVOIDED, UNANNOUNCED, "meeting", {"decided": "close"}, "0 of 2 unannounced visits"),
    (
        "visits of an assessment",
        referred().then("visit", "worker", access="granted"),
        MINIMUM_CONTACT, "assessment", {"status": "completed", "outcome": "no_further_action", "child_seen": True},
        "1 of 2 visits",
    ),
    (
        "never heard alone",
        referred("teacher", "physical_abuse", born="2015-05-01"),
        SEEN_ALONE, "decision", {"outcome": "no_further_action"}, "0 of 1 times that the child was heard alone",
    ),
    (
        "not seen of late",
        referred().then("assessment", "worker", status="started").then("visit", "worker", **CALM).wait(days=90),
        OWN_VISIT, "closure", {"reason_code": "needs_met"}, "0 of 1 further sightings by social care",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("before", "gate", "kind", "event", "so_far"), COUNTED)
def test_what_only_more_visits_mend_is_counted_and_given_no_day(
    before: Story, gate: Gate, kind: str, event: dict[str, Any], so_far: str | None
) -> None:
    reckoned = [one.reckoned for one in before.findings(gate, kind, "worker", **event) if one.reckoned]

    assert [one.so_far for one in reckoned] == ([so_far] if so_far else [])
    assert all(one.enough_on is None for one in reckoned)


SINCE = datetime(2026, 3, 3, 9, 30, tzinfo=LONDON)
SAID = table(
    ("nothing counts", None, ""),
    (
        "weeks",
        Reckoning(SINCE, "23 days of 8 weeks", SINCE + timedelta(weeks=8)),
        "Counted since 3 March 2026: 23 days of 8 weeks. If nothing changes, it is enough from 28 April 2026 at 09:30.",
    ),
    (
        "to the end of a day",
        Reckoning(SINCE, "23 days of 8 weeks", datetime(2026, 4, 28, 23, 59, 59, tzinfo=LONDON)),
        "Counted since 3 March 2026: 23 days of 8 weeks. If nothing changes, it is enough from 29 April 2026.",
    ),
    ("visits", Reckoning(SINCE, "1 of 2 visits"), "Counted since 3 March 2026: 1 of 2 visits. Waiting alone does not make it enough."),
    ("no beginning", Reckoning(None, "0 of 2 visits"), "Counted so far: 0 of 2 visits. Waiting alone does not make it enough."),
)  # fmt: skip


@pytest.mark.parametrize(("reckoned", "says"), SAID)
def test_it_is_said_in_a_sentence_or_two(reckoned: Reckoning | None, says: str) -> None:
    assert said(reckoned) == says


def test_why_names_the_day_and_from_that_day_the_rule_is_content(hub: Hub) -> None:
    reference = paths.to_child_in_need(hub)
    for _ in range(2):
        hub.wait(days=2)
        hub.act(reference, "record-visit", "sam", access="granted", announced=False, child_seen=True, conditions="good")
    hub.act(reference, "add-concern", "hv", concerns="weight", words="has lost weight")

    with pytest.raises(RefusedError) as caught:
        hub.act(reference, "offer-step-down", "tess", reason="better")
    asked = why(hub.engine, reference, "offer-step-down", hub.actor("tess"), hub.now)

    found = {one.rule: one for one in asked}["sustained-improvement"]
    assert found.reckoning.startswith("Counted since 1")
    assert "If nothing changes, it is enough from" in found.reckoning
    assert found.reckoning == {one.rule: one for one in caught.value.refusals}["sustained-improvement"].reckoning

    hub.wait(weeks=8, days=1)
    later = why(hub.engine, reference, "offer-step-down", hub.actor("tess"), hub.now)
    assert "sustained-improvement" not in {one.rule for one in later}
