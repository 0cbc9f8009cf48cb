"""A child whom nobody sees day by day any more: when it has to be seen, and by whom it was."""

from dataclasses import replace

import pytest

from models.facts import Agency, Practitioner
from models.vocabulary import AgencyKind, PractitionerKind
from tests.support.stories import Story, referred, story, table
from workflow.clocks.out_of_sight import OUT_OF_SIGHT

WEEK = "2026-03-17"
OPEN = referred()
LEFT = OPEN.then("household", what="school_left", person="child")
CLOSED = referred(at="2025-10-01T09:30").then("closure").wait(days=160)


def elsewhere(told: Story) -> Story:
    """Add a social worker of another authority."""
    agency = Agency("other", AgencyKind.OTHER_AUTHORITY)
    there = Practitioner("there", PractitionerKind.SOCIAL_WORKER, agency)
    return replace(told, family=replace(told.family, practitioners={**told.family.practitioners, "there": there}))


@pytest.mark.parametrize(
    ("before", "due"),
    table(
        ("off roll with a worry open", LEFT, WEEK),
        ("withdrawal asked for", OPEN.then("household", what="school_withdrawal_asked", person="mother"), WEEK),
        ("left the area", OPEN.then("household", what="left_area"), WEEK),
        ("the worry was closed within the year", CLOSED.then("household", what="school_left"), WEEK),
        ("no worry ever", story().then("household", what="school_left"), None),
        ("closed two years ago", referred(at="2024-03-01T09:30").then("closure").wait(days=739).then("household", what="school_left"), None),
        ("noted on a closed case", CLOSED.then("concern", "nurse", concerns=["out_of_sight"]), WEEK),
        ("noted on an open case", OPEN.then("concern", "nurse", concerns=["out_of_sight"]), None),
        ("sent on as a contact", CLOSED.then("contact", "nurse", concerns=["out_of_sight"]), None),
        ("another child leaves school", OPEN.with_sister().then("household", what="school_left", person="sister"), None),
        ("seen at home", LEFT.then("visit", "worker", access="granted", child_seen=True), None),
        ("seen by the police", LEFT.then("police_check", "officer", status="attended", child_seen=True), None),
        ("nobody opened", LEFT.then("visit", "worker", access="no_reply"), WEEK),
        ("at another school", LEFT.then("household", what="school_joined", person="child"), None),
        ("in hospital", LEFT.then("medical", "doctor", what="admitted"), None),
        ("moved away, and handed over", LEFT.then("closure", reason_code="moved_away"), None),
        ("closed all the same", LEFT.then("closure", reason_code="no_further_action"), WEEK),
        ("another authority answered", elsewhere(LEFT).then("spoke_to", "worker", person="there"), None),
        ("nobody knew", OPEN.then("household", what="school_left", known=False), None),
    ),
)  # fmt: skip
def test_a_child_out_of_sight(before: Story, due: str | None) -> None:
    assert before.due(OUT_OF_SIGHT) == due
