"""Until when a child has a practice, and somebody who has weighed it. Stories begin on Tuesday 10 March 2026."""

from dataclasses import replace

import pytest

from tests.support.stories import Story, referred, table
from workflow.clocks.child_health import GP, GROWTH
from workflow.rule import Clock

BABY = "2026-03-02"


def held(born: str = BABY, *concerns: str, **more: str) -> Story:
    """A case that a worker holds."""
    return referred("nurse", *concerns, born=born, **more).then("allocated", to="worker")


def without_practice(before: Story) -> Story:
    """Say from the start that the child has no practice."""
    child = replace(before.family.people["child"], gp="none")
    return replace(before, family=replace(before.family, people={**before.family.people, "child": child}))


NONE = without_practice(held())
WORRY = held("2025-09-01", "weight")
AT_A_YEAR = "2026-09-28"


@pytest.mark.parametrize(
    ("clock", "before", "due"),
    table(
        ("the review: no practice at six weeks", GP, NONE, "2026-04-13"),
        ("nobody has said", GP, held(), None),
        ("registered", GP, NONE.then("household", what="gp_registered", person="child"), None),
        ("registered, of whom is not said", GP, NONE.then("household", what="gp_registered"), None),
        ("only the mother was", GP, NONE.then("household", what="gp_registered", person="mother"), "2026-04-13"),
        (
            "only the mother was, and then the child",
            GP,
            NONE.then("household", what="gp_registered", person="mother").then("household", what="gp_registered"),
            None,
        ),
        ("moved, not registered", GP, NONE.then("household", what="moved_address"), "2026-04-13"),
        ("registered, though nobody knew", GP, NONE.then("household", what="gp_registered", known=False), "2026-04-13"),
        (
            "seen at a practice",
            GP,
            NONE.with_practitioner("gp", "gp", "gp").then("appointment", "gp", what="gp", outcome="attended"),
            None,
        ),
        (
            "missed at a practice",
            GP,
            NONE.with_practitioner("gp", "gp", "gp").then("appointment", "gp", what="gp", outcome="missed"),
            "2026-04-13",
        ),
        (
            "seen by somebody who is no practice",
            GP,
            NONE.then("appointment", "nurse", what="health_visitor", outcome="attended"),
            "2026-04-13",
        ),
        (
            "visited by the practice",
            GP,
            NONE.with_practitioner("gp", "gp", "gp").then("visit", "gp", outcome="attended"),
            "2026-04-13",
        ),
        ("a nurse says it has none", GP, NONE.then("concern", "nurse", concerns=["medical_neglect"]), "2026-04-13"),
        ("older than that when the case opens", GP, without_practice(held("2025-02-01")), "2026-03-24"),
        ("not born", GP, without_practice(referred("midwife", born=None, due="2026-09-01")), None),
        ("died", GP, NONE.then("household", what="death", person="child"), None),
        ("closed", GP, NONE.then("closure"), None),
        ("at eight weeks and a month", GROWTH, held(), "2026-05-25"),
        (
            "the health visitor came",
            GROWTH,
            held().then("appointment", "nurse", what="health_visitor", outcome="attended"),
            "2027-03-29",
        ),
        ("the review: a worry and nobody weighs the child", GROWTH, WORRY, "2026-03-24"),
        (
            "the nurse has seen it since",
            GROWTH,
            WORRY.then("visit", "nurse", access="granted", child_seen=True),
            AT_A_YEAR,
        ),
        ("the nurse met a shut door", GROWTH, WORRY.then("visit", "nurse", access="no_reply"), "2026-03-24"),
        (
            "the worker alone has seen it",
            GROWTH,
            WORRY.then("visit", "worker", access="granted", child_seen=True),
            "2026-03-24",
        ),
        (
            "worker and nurse came together",
            GROWTH,
            WORRY.then("visit", "worker", access="granted", child_seen=True, with_=["nurse"]),
            AT_A_YEAR,
        ),
        ("it was weighed at the surgery", GROWTH, WORRY.then("appointment", what="gp", outcome="attended"), AT_A_YEAR),
        (
            "its development was checked",
            GROWTH,
            WORRY.then("tool", "nurse", what="development_check", result=True),
            AT_A_YEAR,
        ),
        ("a doctor examined it", GROWTH, WORRY.then("medical", "doctor", what="attended"), AT_A_YEAR),
        ("the worker asked the nurse", GROWTH, WORRY.then("spoke_to", "worker", person="nurse"), AT_A_YEAR),
        (
            "the nurse came to the review",
            GROWTH,
            WORRY.then("meeting", which="core_group", attended=["worker", "nurse"]),
            AT_A_YEAR,
        ),
        (
            "a mother's own appointment",
            GROWTH,
            WORRY.then("appointment", what="gp", outcome="attended", person="mother"),
            "2026-03-24",
        ),
        (
            "seen and weighed by whoever worries",
            GROWTH,
            held("2025-09-01").then("visit", "nurse", access="granted", child_seen=True, concerns=["weight"]),
            AT_A_YEAR,
        ),
        ("a child of ten", GROWTH, held("2016-01-01", "weight"), None),
        ("another worry", GROWTH, held("2025-09-01", "hygiene"), AT_A_YEAR),
        ("still at the front door", GROWTH, referred("nurse", "weight", born="2025-09-01"), None),
        ("closed", GROWTH, WORRY.then("closure"), None),
    ),
)
def test_a_deadline(clock: Clock, before: Story, due: str | None) -> None:
    first = sorted(running.due for running in before.running(clock))[:1]
    assert ([moment.date().isoformat() for moment in first] or [None]) == [due]


def test_a_child_seen_at_a_practice_has_one() -> None:
    surgery = NONE.family.practitioners["doctor"]
    agency = replace(surgery.agency, kind=type(surgery.agency.kind)("gp")) if surgery.agency else None
    family = replace(
        NONE.family, practitioners={**NONE.family.practitioners, "doctor": replace(surgery, agency=agency)}
    )

    assert replace(NONE, family=family).then("appointment", "doctor", what="gp", outcome="attended").due(GP) is None


def test_a_review_need_not_tell_of_every_ordinary_check() -> None:
    sparse = referred("nurse", born=BABY, silence_unknown=True).then("allocated", to="worker")

    assert sparse.running(GROWTH) == []
    assert len(sparse.then("concern", "key_worker", concerns=["weight"]).running(GROWTH)) == 1
