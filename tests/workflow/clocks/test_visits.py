"""How long a child may go unseen, and a visit unwritten. Stories begin on Tuesday 10 March 2026."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.clocks.visits import NOT_SEEN, RECORDED
from workflow.rule import Clock

BABY = "2026-01-05"
SEEN: dict[str, Any] = {"access": "granted", "child_seen": True}
NO_REPLY: dict[str, Any] = {"access": "no_reply", "child_seen": False}


def held(born: str = BABY, by: str = "nurse") -> Story:
    """A case that a worker holds, after a first visit."""
    return referred(by, born=born).then("allocated", to="worker").then("visit", "worker", **SEEN)


PROTECTED = held().then("conference", which="initial", outcome="child_protection_plan")
ENQUIRY = held().then("strategy_discussion", attended=["worker"], decision="section47_joint")


@pytest.mark.parametrize(
    ("clock", "before", "due"),
    table(
        (
            "the review: a baby whom a call did not reach",
            NOT_SEEN,
            held().then("visit", "worker", **NO_REPLY),
            "2026-03-24",
        ),
        ("a baby on a protection plan", NOT_SEEN, PROTECTED, "2026-03-24"),
        ("a baby in an enquiry", NOT_SEEN, ENQUIRY, "2026-03-24"),
        ("a family that keeps away", NOT_SEEN, held().then("concern", "nurse", concerns=["avoidance"]), "2026-03-24"),
        ("the enquiry is over", NOT_SEEN, ENQUIRY.then("section47_outcome", outcome="not_substantiated"), "2026-04-23"),
        (
            "a late call leaves time to call again",
            NOT_SEEN,
            held().wait(days=21).then("visit", "worker", **NO_REPLY),
            "2026-04-07",
        ),
        (
            "an appointment that was moved is no failed call",
            NOT_SEEN,
            held().then("appointment", "nurse", what="immunisation", outcome="rearranged"),
            "2026-04-23",
        ),
        ("a baby who is doing well", NOT_SEEN, held(), "2026-04-23"),
        ("a child of two", NOT_SEEN, held("2024-02-01"), "2026-04-23"),
        ("a child of eight", NOT_SEEN, held("2018-01-01"), "2026-04-23"),
        (
            "never seen since it was taken on",
            NOT_SEEN,
            referred("nurse", born=BABY).then("allocated", to="worker"),
            "2026-04-23",
        ),
        ("another service saw it", NOT_SEEN, PROTECTED.wait(days=7).then("visit", "nurse", **SEEN), "2026-03-31"),
        (
            "it was brought to the doctor",
            NOT_SEEN,
            PROTECTED.wait(days=7).then("appointment", "doctor", what="gp", outcome="attended"),
            "2026-03-31",
        ),
        (
            "the police saw it",
            NOT_SEEN,
            PROTECTED.wait(days=7).then("police_check", "officer", status="attended", child_seen=True),
            "2026-03-31",
        ),
        ("a grandfather saw it", NOT_SEEN, PROTECTED.wait(days=7).then("visit", "grandfather", **SEEN), "2026-03-24"),
        (
            "a visit without the child",
            NOT_SEEN,
            PROTECTED.wait(days=7).then("visit", "worker", access="granted"),
            "2026-03-24",
        ),
        (
            "a visit never written up",
            NOT_SEEN,
            PROTECTED.wait(days=7).then("visit", "worker", recorded=False, **SEEN),
            "2026-03-24",
        ),
        ("on a ward", NOT_SEEN, PROTECTED.then("medical", what="admitted"), None),
        (
            "home from the ward",
            NOT_SEEN,
            PROTECTED.then("medical", what="admitted").wait(days=7).then("medical", what="discharged"),
            "2026-03-31",
        ),
        ("with foster carers", NOT_SEEN, PROTECTED.then("household", what="placed"), None),
        (
            "home from foster carers",
            NOT_SEEN,
            PROTECTED.then("household", what="placed").wait(days=7).then("household", what="returned_home"),
            "2026-03-31",
        ),
        ("at school every day", NOT_SEEN, held("2018-01-01", by="teacher"), None),
        (
            "kept from school",
            NOT_SEEN,
            held("2018-01-01", by="teacher").then("concern", "teacher", concerns=["school_absence"]),
            "2026-04-23",
        ),
        ("still at the front door", NOT_SEEN, referred("nurse", born=BABY), None),
        ("not born", NOT_SEEN, referred("midwife", born=None, due="2026-09-01").then("allocated", to="worker"), None),
        ("closed", NOT_SEEN, PROTECTED.then("closure"), None),
        ("died", NOT_SEEN, PROTECTED.then("household", what="death", person="child"), None),
        (
            "the review: a visit without notes",
            RECORDED,
            held().then("visit", "worker", recorded=False, **SEEN),
            "2026-03-11",
        ),
        ("written up", RECORDED, held(), None),
        ("closed since", RECORDED, held().then("visit", "worker", recorded=False, **SEEN).then("closure"), None),
    ),
)
def test_a_deadline(clock: Clock, before: Story, due: str | None) -> None:
    assert before.due(clock) == due


def test_each_gap_sounds_once_and_a_warning_comes_first() -> None:
    (running,) = PROTECTED.running(NOT_SEEN)

    assert running.silent
    assert running.warn is not None
    assert running.warn < running.due
    assert running.subject == PROTECTED.then("concern", "nurse").running(NOT_SEEN)[0].subject
    assert running.subject != PROTECTED.then("visit", "nurse", **SEEN).running(NOT_SEEN)[0].subject


SPARSE = referred("nurse", born=BABY, silence_unknown=True).then("allocated", to="worker")


@pytest.mark.parametrize(
    ("before", "runs"),
    table(
        ("a review that tells of no visit", SPARSE, False),
        ("it tells of one that met nobody", SPARSE.then("visit", "worker", **NO_REPLY), True),
        ("it says that nobody has seen the child", SPARSE.then("concern", "nurse", concerns=["out_of_sight"]), True),
        ("the worker left", SPARSE.then("allocated", ended="worker"), True),
        ("the father complained", SPARSE.then("complaint"), True),
        ("another worker joins", SPARSE.then("allocated", to="manager"), False),
        ("somebody else has ended", SPARSE.then("involvement", ended="nurse"), False),
        ("the complaint came before it was seen", SPARSE.then("complaint").then("visit", "worker", **SEEN), False),
        ("seen since", SPARSE.then("visit", "worker", **NO_REPLY).then("visit", "nurse", **SEEN), False),
    ),
)
def test_where_a_story_leaves_much_out_something_has_to_say_that_nobody_saw_the_child(
    before: Story, runs: bool
) -> None:
    assert bool(before.running(NOT_SEEN)) is runs
