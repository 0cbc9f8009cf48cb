"""Taken out of school: what nobody has done about it a day later."""

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.duties.schooling import WITHDRAWAL

ASKED = story().then("household", what="school_withdrawal_asked", person="mother")
LEFT = referred().wait(days=100).then("household", what="school_left", person="child")
SEEN = {"access": "granted", "child_seen": True}


@pytest.mark.parametrize(
    ("before", "asked"),
    table(
        (
            "asked for, put to the hub, and then left",
            ASKED.then("contact", "teacher", concerns=["school_withdrawal"])
            .wait(days=1)
            .then("household", what="school_left", person="child")
            .wait(days=9),
            0,
        ),
        ("the review: asked for, and nobody told", ASKED.wait(days=3), 1),
        ("the day is not over", ASKED, 0),
        ("left within the year of a contact", LEFT.wait(days=3), 1),
        ("left, and nobody ever worried", story().then("household", what="school_left").wait(days=3), 0),
        ("left two years after", referred().then("closure").wait(days=800).then("household", what="school_left").wait(days=3), 0),
        ("a worry about it, kept", story().then("concern", "teacher", concerns=["school_withdrawal"]).wait(days=3), 1),
        ("it came as a contact", story().then("contact", "teacher", concerns=["school_withdrawal"]).wait(days=3), 0),
        ("the school told the hub", ASKED.then("contact", "teacher", concerns=["school_withdrawal"]).wait(days=3), 0),
        ("decided on", LEFT.then("decision", outcome="assessment").wait(days=3), 0),
        ("put before a meeting", LEFT.then("meeting", which="professionals", status="held").wait(days=3), 0),
        ("a supervision alone", LEFT.then("meeting", which="supervision", status="held").wait(days=3), 1),
        ("seen by the worker", LEFT.then("visit", "worker", **SEEN).wait(days=3), 0),
        ("seen by somebody else", LEFT.then("visit", "nurse", **SEEN).wait(days=3), 1),
        ("at another school", LEFT.then("household", what="school_joined", person="child").wait(days=3), 0),
        ("asked for and then left, said once", LEFT.then("household", what="school_withdrawal_asked").wait(days=3), 1),
        ("nobody knew", story().then("household", what="school_withdrawal_asked", known=False).wait(days=3), 0),
    ),
)  # fmt: skip
def test_a_child_taken_out_of_school(before: Story, asked: int) -> None:
    assert len(before.missed(WITHDRAWAL)) == asked
