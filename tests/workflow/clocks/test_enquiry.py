"""Which clocks of the enquiry run, and until when. Stories begin on Tuesday 10 March 2026, before Easter."""

import pytest

from tests.support.stories import Story, referred, table
from workflow.clocks.enquiry import ASSESSMENT, CONFERENCE
from workflow.rule import Clock

ENQUIRY = referred().then("strategy_discussion", decision="section47_joint")
STARTED = referred().then("decision", outcome="assessment")
DONE = STARTED.then("assessment", status="completed")
TAKEN_UP = (
    referred()
    .then("decision", outcome="deferred", until="2026-03-27")
    .wait(days=17)
    .then("decision", outcome="assessment")
)
IN_HAND = DONE.then("allocated", to="worker")
UPDATE = {"status": "started"}
UNBORN = referred(born=None, due="2026-08-01").then("strategy_discussion", decision="section47_joint")
UNBORN_AGAIN = UNBORN.wait(days=12).then("strategy_discussion", decision="section47_joint")


@pytest.mark.parametrize(
    ("clock", "before", "due"),
    table(
        ("an enquiry", CONFERENCE, ENQUIRY, "2026-03-31"),
        (
            "the review: it ends without one",
            CONFERENCE,
            ENQUIRY.then("section47_outcome", outcome="not_substantiated"),
            None,
        ),
        ("it leads to one", CONFERENCE, ENQUIRY.then("section47_outcome", outcome="conference"), "2026-03-31"),
        ("the conference is held", CONFERENCE, ENQUIRY.then("conference", which="initial"), None),
        ("no enquiry", CONFERENCE, referred().then("strategy_discussion", decision="assessment"), None),
        (
            "over two Easter holidays",
            CONFERENCE,
            referred(at="2018-03-20T11:00").then("strategy_discussion", decision="section47_single"),
            "2018-04-12",
        ),
        ("an assessment decided on", ASSESSMENT, STARTED, "2026-05-15"),
        (
            "begun a week later, counted from the referral",
            ASSESSMENT,
            referred().wait(days=7).then("assessment", status="started"),
            "2026-05-15",
        ),
        ("put off, and taken up later", ASSESSMENT, TAKEN_UP, "2026-06-04"),
        ("a second discussion before the birth", CONFERENCE, UNBORN_AGAIN, "2026-04-14"),
        ("complete", ASSESSMENT, DONE, None),
        (
            "a second one, from its own start",
            ASSESSMENT,
            DONE.wait(days=1).then("assessment", status="started"),
            "2026-05-18",
        ),
        ("decided, and not to assess", ASSESSMENT, referred().then("decision", outcome="no_further_action"), None),
        (
            "an assessment after a settled contact, from its own start",
            ASSESSMENT,
            referred().then("decision", outcome="no_further_action").wait(days=7).then("assessment", status="started"),
            "2026-05-22",
        ),
        (
            "an assessment that a discussion decided on, from the referral",
            ASSESSMENT,
            referred()
            .then("strategy_discussion", decision="assessment")
            .wait(days=7)
            .then("assessment", status="started"),
            "2026-05-15",
        ),
        (
            "an enquiry in the midst of an assessment",
            ASSESSMENT,
            STARTED.then("section47_outcome", outcome="not_substantiated"),
            "2026-05-15",
        ),
        (
            "an update after somebody told the worker of the case in hand",
            ASSESSMENT,
            IN_HAND.then("contact", "nurse", to="worker").wait(days=30).then("assessment", **UPDATE),
            "2026-06-15",
        ),
        (
            "an update after a new referral",
            ASSESSMENT,
            IN_HAND.then("contact", "nurse", to="hub").wait(days=30).then("assessment", **UPDATE),
            "2026-05-15",
        ),
        (
            "somebody told a worker before the case was given to anybody",
            ASSESSMENT,
            DONE.then("contact", "nurse", to="worker")
            .then("allocated", to="worker")
            .wait(days=30)
            .then("assessment", **UPDATE),
            "2026-05-15",
        ),
        ("none", ASSESSMENT, referred(), None),
    ),
)
def test_a_deadline(clock: Clock, before: Story, due: str | None) -> None:
    assert before.due(clock) == due
