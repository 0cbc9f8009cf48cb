"""Which clocks of the strategy discussion run, and until when. Stories begin on Tuesday 10 March 2026."""

import pytest

from tests.support.stories import Story, referred, table
from workflow.clocks.strategy import RECONVENE, SAME_DAY
from workflow.rule import Clock

CALLED = referred().then("strategy_discussion", requested=True)
SORE = referred("worker", "pain", born="2026-02-01")
HALF = CALLED.then("strategy_discussion", attended=["manager"], decision="assessment")
QUORATE = CALLED.then("strategy_discussion", attended=["manager", "officer", "nurse"], decision="assessment")


@pytest.mark.parametrize(
    ("clock", "before", "due"),
    table(
        ("called", SAME_DAY, CALLED, "2026-03-11"),
        ("decided on at the door", SAME_DAY, referred().then("decision", outcome="strategy_discussion"), "2026-03-11"),
        (
            "moved, not wound back",
            SAME_DAY,
            CALLED.wait(days=1).then("strategy_discussion", requested=True, moved=True),
            "2026-03-11",
        ),
        ("the review: hurt, and nobody calls one", SAME_DAY, SORE, "2026-03-11"),
        ("hurt, and considered", SAME_DAY, SORE.then("strategy_discussion", held=False, rationale=True), None),
        ("hurt, and seen at home", SAME_DAY, SORE.then("visit", "worker"), "2026-03-11"),
        ("hurt, and a discussion called", SAME_DAY, SORE.then("strategy_discussion", requested=True), "2026-03-11"),
        (
            "considered before the hurt",
            SAME_DAY,
            referred("worker", born="2026-02-01")
            .then("strategy_discussion", held=False, rationale=True)
            .wait(days=1)
            .then("concern", "nurse", concerns=["pain"]),
            "2026-03-12",
        ),
        (
            "an earlier enquiry was over before it",
            RECONVENE,
            CALLED.then("section47_outcome", outcome="not_substantiated").then(
                "strategy_discussion", attended=["manager"], decision="assessment"
            ),
            "2026-03-11",
        ),
        ("the conference is held", RECONVENE, HALF.then("conference", which="initial"), None),
        ("held", SAME_DAY, QUORATE, None),
        ("not called for", SAME_DAY, referred(), None),
        ("without its quorum", RECONVENE, HALF, "2026-03-11"),
        (
            "held again with it",
            RECONVENE,
            HALF.then("strategy_discussion", attended=["manager", "officer", "nurse"]),
            None,
        ),
        ("with its quorum", RECONVENE, QUORATE, None),
        ("nobody named", RECONVENE, CALLED.then("strategy_discussion", decision="assessment"), None),
        ("the enquiry is over", RECONVENE, HALF.then("section47_outcome", outcome="not_substantiated"), None),
    ),
)
def test_a_deadline(clock: Clock, before: Story, due: str | None) -> None:
    assert before.due(clock) == due
