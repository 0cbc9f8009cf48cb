"""What ought to be done when a worker goes, and when a family complains."""

import pytest

from tests.support.stories import Story, referred, table
from workflow.duties.caseholder import COMPLAINT, HANDOVER
from workflow.rule import Duty

HELD = referred().then("allocated", to="worker").then("visit", "worker", access="granted")
GONE = HELD.then("allocated", ended="worker")
COMPLAINED = HELD.then("complaint")


@pytest.mark.parametrize(
    ("duty", "before", "count"),
    table(
        ("the review: gone, and nobody takes over", HANDOVER, GONE.wait(days=3), 1),
        ("there is still time", HANDOVER, GONE, 0),
        ("somebody has the case", HANDOVER, GONE.then("allocated", to="second_manager").wait(days=3), 0),
        (
            "somebody had it already",
            HANDOVER,
            HELD.then("allocated", to="second_manager").then("allocated", ended="worker").wait(days=3),
            0,
        ),
        (
            "taken from one and given to another at once",
            HANDOVER,
            HELD.then("allocated", to="second_manager", ended="worker").wait(days=3),
            0,
        ),
        (
            "handed over with a note",
            HANDOVER,
            GONE.then("allocated", to="second_manager", handover=True).wait(days=3),
            0,
        ),
        (
            "said to be without a handover",
            HANDOVER,
            HELD.then("allocated", ended="worker", handover=False).then("allocated", to="second_manager").wait(days=3),
            1,
        ),
        (
            "no note, but a visit together",
            HANDOVER,
            HELD.then("visit", "worker", access="granted", with_=["second_manager"])
            .then("allocated", ended="worker", handover=False)
            .then("allocated", to="second_manager")
            .wait(days=3),
            0,
        ),
        ("a month too late", HANDOVER, GONE.wait(days=30), 1),
        ("closed since", HANDOVER, GONE.then("closure").wait(days=3), 0),
        ("the review: after a complaint nobody calls", COMPLAINT, COMPLAINED.wait(days=20), 1),
        ("there is still time", COMPLAINT, COMPLAINED.wait(days=5), 0),
        (
            "the worker calls as before",
            COMPLAINT,
            COMPLAINED.then("visit", "worker", access="granted").wait(days=20),
            0,
        ),
        ("the worker tries to", COMPLAINT, COMPLAINED.then("visit", "worker", access="no_reply").wait(days=20), 0),
        (
            "another worker calls",
            COMPLAINT,
            COMPLAINED.then("visit", "second_manager", access="granted").wait(days=20),
            0,
        ),
        ("a meeting goes ahead", COMPLAINT, COMPLAINED.then("meeting", "manager", which="core_group").wait(days=20), 0),
        ("only others call", COMPLAINT, COMPLAINED.then("visit", "nurse", access="granted").wait(days=20), 1),
        ("before anybody held the case", COMPLAINT, referred().then("complaint").wait(days=20), 0),
        ("closed since", COMPLAINT, COMPLAINED.then("closure").wait(days=20), 0),
    ),
)
def test_what_a_story_shows_that_nobody_did(duty: Duty, before: Story, count: int) -> None:
    assert len(before.missed(duty)) == count
