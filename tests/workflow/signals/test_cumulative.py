"""Many small things: what counts, over how long, and what a review makes of it."""

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.signals.cumulative import CUMULATIVE

MISSED = {"what": "gp", "outcome": "was_not_brought"}


def thrice(before: Story, days: int) -> Story:
    """Let three things of different sorts happen, some days apart."""
    before = before.then("concern", "teacher", concerns=["hygiene"]).wait(days=days)
    before = before.then("appointment", "nurse", **MISSED).wait(days=days)
    return before.then("incident", "officer", what="domestic_abuse")


def seldom(before: Story, times: int) -> Story:
    """Let something be logged so often, fourteen weeks apart."""
    for _ in range(times):
        before = before.then("concern", "teacher", concerns=["hygiene"]).wait(weeks=14)
    return before


@pytest.mark.parametrize(
    ("before", "count"),
    table(
        ("three within months, of different sorts", thrice(story(), 40), 1),
        ("two", story().then("concern", "teacher").wait(days=9).then("appointment", **MISSED), 0),
        ("three over a long time", thrice(story(), 100), 0),
        ("now and then", seldom(story(), 5), 0),
        ("an incident and the call about it are one", thrice(story(), 1).then("contact", "officer"), 1),
        (
            "a call-out and its notification, and one thing more",
            story().then("incident", "officer", what="other").then("contact", "officer").wait(days=3).then("concern"),
            0,
        ),
        ("what was cancelled is not missed", story().then("concern").wait(days=9).then("appointment", what="gp", outcome="cancelled").wait(days=9).then("concern"), 0),
        ("about three times that month", story().then("concern", "nurse", times=3, precision="month"), 1),
        ("a teacher's contact is no call-out", thrice(story(), 1).then("contact", "teacher"), 1),
        ("looked at together in between", story().then("concern").wait(days=9).then("concern").then("meeting", which="professionals", status="held").wait(days=9).then("concern"), 0),
        ("supervision is not together", story().then("concern").wait(days=9).then("concern").then("meeting", which="supervision", status="held").wait(days=9).then("concern"), 1),
        ("a meeting that was cancelled", story().then("concern").wait(days=9).then("concern").then("meeting", which="professionals", status="cancelled").wait(days=9).then("concern"), 1),
        ("assessed in between", referred().then("concern").wait(days=9).then("concern").then("decision", outcome="assessment").wait(days=9).then("concern"), 0),
        ("decided against in between", referred().then("concern").wait(days=9).then("concern").then("decision", outcome="no_further_action").wait(days=9).then("concern"), 1),
        ("nobody knew", story().then("incident", what="other", known=False).wait(days=9).then("concern").wait(days=9).then("concern"), 0),
    ),
)  # fmt: skip
def test_many_small_things(before: Story, count: int) -> None:
    assert len(before.raised(CUMULATIVE)) == count


def test_it_is_said_once_between_two_reviews_and_on_the_day_it_was_enough() -> None:
    enough = thrice(story(), 40)
    more = enough.wait(days=9).then("concern", "teacher")

    assert [one.key for one in enough.raised(CUMULATIVE)] == [one.key for one in more.raised(CUMULATIVE)]
    assert [one.on for one in more.raised(CUMULATIVE)] == [enough.now]
