"""By when promises, conditions and legal advice are due. Stories begin on Tuesday 10 March 2026."""

import pytest

from tests.support.stories import Story, referred, table
from workflow.clocks.promises import CONDITIONS, LEGAL, PROMISED
from workflow.rule import Clock

MADE = referred().then("commitment", "officer", named="visit", status="made", due="2026-03-11")
CHANGED = MADE.then("commitment", "manager", named="visit", status="changed", due="2026-03-17")
LATER = referred().then("commitment", "worker", named="nursery", status="made", due="2026-05-01")
SET = referred().then("condition", named="calls", status="set", due="2026-03-20")
UNDATED = referred().then("condition", named="calls", status="set")
ASKED = referred().then("legal_advice", "manager", status="asked")
GIVEN = ASKED.wait(days=2).then("legal_advice", status="given", in_writing=True, threshold="not_met")


@pytest.mark.parametrize(
    ("clock", "before", "dues"),
    table(
        ("the review: somebody will call tomorrow", PROMISED, MADE, ["2026-03-11"]),
        ("the review: tomorrow becomes a week", PROMISED, CHANGED, ["2026-03-11", "2026-03-17"]),
        (
            "changed with a reason",
            PROMISED,
            MADE.then("commitment", named="visit", status="changed", due="2026-03-17", reason=True),
            ["2026-03-17"],
        ),
        ("kept", PROMISED, MADE.then("commitment", named="visit", status="kept"), []),
        ("the visit was made", PROMISED, MADE.then("visit", "worker", access="granted"), []),
        ("the mother was spoken to", PROMISED, MADE.then("spoke_to", "worker", person="mother"), []),
        ("nobody was in", PROMISED, MADE.then("visit", "worker", access="no_reply"), ["2026-03-11"]),
        ("somebody else called", PROMISED, MADE.then("visit", "nurse", access="granted"), ["2026-03-11"]),
        (
            "another service spoke to the mother",
            PROMISED,
            MADE.then("spoke_to", "nurse", person="mother"),
            ["2026-03-11"],
        ),
        (
            "the mother could not be spoken to",
            PROMISED,
            MADE.then("spoke_to", "worker", person="mother", done=False),
            ["2026-03-11"],
        ),
        ("the school was spoken to", PROMISED, MADE.then("spoke_to", "worker", person="teacher"), ["2026-03-11"]),
        ("another promise was kept", PROMISED, MADE.then("commitment", named="letter", status="kept"), ["2026-03-11"]),
        ("a promise for a day far off", PROMISED, LATER, ["2026-05-01"]),
        ("a visit does not keep that", PROMISED, LATER.then("visit", "worker", access="granted"), ["2026-05-01"]),
        ("said to be missed", PROMISED, LATER.then("commitment", named="nursery", status="missed"), ["2026-03-10"]),
        ("without a day", PROMISED, referred().then("commitment", named="visit", status="made"), []),
        ("closed since", PROMISED, MADE.then("closure"), []),
        ("a condition with a day", CONDITIONS, SET, ["2026-03-20"]),
        ("met", CONDITIONS, SET.then("condition", named="calls", status="met"), []),
        ("another was met", CONDITIONS, SET.then("condition", named="detox", status="met"), ["2026-03-20"]),
        ("missed before its day", CONDITIONS, SET.then("condition", named="calls", status="missed"), ["2026-03-10"]),
        (
            "missed after it",
            CONDITIONS,
            SET.wait(days=20).then("condition", named="calls", status="missed"),
            ["2026-03-20"],
        ),
        ("set anew", CONDITIONS, SET.then("condition", named="calls", status="set", due="2026-04-20"), ["2026-04-20"]),
        ("without a day", CONDITIONS, UNDATED, []),
        (
            "the review: never done",
            CONDITIONS,
            UNDATED.then("condition", named="calls", status="missed"),
            ["2026-03-10"],
        ),
        ("closed since", CONDITIONS, SET.then("closure"), []),
        ("advice was asked for", LEGAL, ASKED, ["2026-03-24"]),
        ("asked twice", LEGAL, ASKED.wait(days=3).then("legal_advice", status="asked"), ["2026-03-24"]),
        ("given in writing", LEGAL, GIVEN, []),
        ("nobody said in what form", LEGAL, ASKED.then("legal_advice", status="given"), []),
        (
            "the panel met",
            LEGAL,
            ASKED.then("meeting", which="legal_planning", status="held", attended=["manager"]),
            [],
        ),
        ("a court made an order", LEGAL, ASKED.then("order", what="supervision", status="made"), []),
        (
            "a panel was only asked for",
            LEGAL,
            ASKED.then("meeting", which="legal_planning", status="requested"),
            ["2026-03-24"],
        ),
        (
            "the review: by word of mouth",
            LEGAL,
            ASKED.then("legal_advice", status="given", in_writing=False),
            ["2026-03-10"],
        ),
        (
            "and then in writing",
            LEGAL,
            ASKED.then("legal_advice", status="given", in_writing=False).then(
                "legal_advice", status="given", in_writing=True
            ),
            [],
        ),
        (
            "at odds with what came before",
            LEGAL,
            GIVEN.then("legal_advice", status="given", in_writing=True, threshold="met"),
            ["2026-03-12"],
        ),
        (
            "asked again on new facts",
            LEGAL,
            GIVEN.then("legal_advice", status="asked").then(
                "legal_advice", status="given", in_writing=True, threshold="met"
            ),
            [],
        ),
        (
            "talked over",
            LEGAL,
            GIVEN.then("legal_advice", status="given", threshold="met").then(
                "meeting", which="legal_planning", attended=["manager"]
            ),
            [],
        ),
        ("unclear is not at odds", LEGAL, GIVEN.then("legal_advice", status="given", threshold="unclear"), []),
    ),
)
def test_the_days_that_stand(clock: Clock, before: Story, dues: list[str]) -> None:
    assert [running.due.date().isoformat() for running in before.running(clock)] == dues


def test_what_the_record_itself_says_does_not_rest_on_silence() -> None:
    assert [one.silent for one in MADE.running(PROMISED)] == [True]
    assert [one.silent for one in LATER.then("commitment", named="nursery", status="missed").running(PROMISED)] == [
        False
    ]
    assert len({one.subject for one in CHANGED.running(PROMISED)}) == len(CHANGED.running(PROMISED))
