"""Which clocks of plans run, and until when. Stories begin on Tuesday 10 March 2026."""

import pytest

from tests.support.stories import Story, referred, table
from workflow.clocks.plans import CORE_GROUP, FIRST_MEETING, NEXT_MEETING, REVIEW
from workflow.rule import Clock

PROTECTED = referred().then("conference", which="initial", outcome="child_protection_plan")
REVIEWED = PROTECTED.wait(days=80).then("conference", which="review", outcome="continue")
NEEDED = referred().then("plan", which="child_in_need", status="started")
DRAFT = referred().then("meeting", which="professionals", status="held")
DRAWN_UP = DRAFT.then("plan", which="child_in_need", status="started")
DRAWN_UP_LATE = DRAFT.wait(days=100).then("plan", which="child_in_need", status="started")
GOES_ON = DRAFT.wait(days=59).then("plan", which="child_in_need", status="started")
MET = NEEDED.then("meeting", which="child_in_need_review", status="held")


@pytest.mark.parametrize(
    ("clock", "before", "due"),
    table(
        ("a protection plan", CORE_GROUP, PROTECTED, "2026-03-24"),
        ("the core group met", CORE_GROUP, PROTECTED.then("meeting", which="core_group", status="held"), None),
        (
            "it was cancelled",
            CORE_GROUP,
            PROTECTED.then("meeting", which="core_group", status="cancelled"),
            "2026-03-24",
        ),
        ("a core group of which no status is told", CORE_GROUP, PROTECTED.then("meeting", which="core_group"), None),
        (
            "a core group of the plan before",
            CORE_GROUP,
            referred()
            .then("meeting", which="core_group", status="held")
            .then("conference", which="initial", outcome="child_protection_plan"),
            "2026-03-24",
        ),
        ("reviewed, and still no core group", CORE_GROUP, REVIEWED, "2026-03-24"),
        (
            "a step that says it is one",
            CORE_GROUP,
            PROTECTED.then("plan", which="core_group", status="changed"),
            "2026-03-24",
        ),
        ("no plan came of it", CORE_GROUP, referred().then("conference", which="initial", outcome="no_plan"), None),
        ("the first review", REVIEW, PROTECTED, "2026-06-10"),
        ("the next", REVIEW, REVIEWED, "2026-11-29"),
        (
            "stepped to child in need",
            REVIEW,
            REVIEWED.then("conference", which="review", outcome="child_in_need_plan"),
            None,
        ),
        ("the plan has ended", REVIEW, PROTECTED.then("plan", which="child_protection", status="ended"), None),
        ("a child in need plan, at the loosest of the local times", FIRST_MEETING, NEEDED, "2026-06-10"),
        ("the first meeting was held", FIRST_MEETING, MET, None),
        (
            "another meeting was held",
            FIRST_MEETING,
            NEEDED.then("meeting", which="supervision", status="held"),
            "2026-06-10",
        ),
        (
            "the agencies met under another name",
            FIRST_MEETING,
            NEEDED.then("meeting", which="professionals", status="held"),
            None,
        ),
        (
            "a meeting that was cancelled",
            FIRST_MEETING,
            NEEDED.then("meeting", which="professionals", status="cancelled"),
            "2026-06-10",
        ),
        (
            "the conference that ended the protection plan made this one",
            FIRST_MEETING,
            PROTECTED.then("conference", which="review", outcome="child_in_need_plan").then(
                "plan", which="child_in_need", status="started"
            ),
            None,
        ),
        ("the meeting that drew it up", FIRST_MEETING, DRAWN_UP, None),
        ("a meeting long before it", FIRST_MEETING, DRAWN_UP_LATE, "2026-09-18"),
        ("a plan that goes on from reviews of another", NEXT_MEETING, GOES_ON, "2026-08-14"),
        ("the next meeting", NEXT_MEETING, MET, "2026-06-16"),
        ("before the first", NEXT_MEETING, NEEDED, None),
        ("after the end", NEXT_MEETING, MET.then("plan", which="child_in_need", status="ended"), None),
        ("after the closure", NEXT_MEETING, MET.then("closure"), None),
    ),
)
def test_a_deadline(clock: Clock, before: Story, due: str | None) -> None:
    assert before.due(clock) == due


def test_nobody_is_warned_of_a_review_that_is_already_called() -> None:
    called = MET.wait(days=40).then("meeting", which="child_in_need_review", status="requested")

    assert MET.running(NEXT_MEETING)[0].warn is not None
    assert called.running(NEXT_MEETING)[0].warn is None
    assert called.due(NEXT_MEETING) == MET.due(NEXT_MEETING)


@pytest.mark.parametrize(
    ("before", "warned"),
    table(
        ("called before the last one was held", NEEDED.then("meeting", status="requested").then("meeting", status="held"),
         True),
        ("something else was asked for", MET.then("early_help", status="requested"), True),
        ("cancelled", MET.then("meeting", status="cancelled"), True),
    ),
)  # fmt: skip
def test_a_meeting_that_is_not_called_is_warned_of(before: Story, warned: bool) -> None:
    assert [one.warn is not None for one in before.running(NEXT_MEETING)] == [warned]
