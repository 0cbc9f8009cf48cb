"""From when a deadline counts, and how long before its end somebody is warned. Stories begin on Tuesday 10 March 2026."""

import pytest

from config.clock import LONDON
from tests.support.stories import Story, referred, table
from workflow.clocks.closure import SIGN_OFF, VIEWS
from workflow.clocks.enquiry import ASSESSMENT, CONFERENCE
from workflow.clocks.front_door import ONE_DAY, RAG
from workflow.clocks.harm import ACCESS_DENIED, ENQUIRY_ACTIONS, MEDICAL_ATTENTION, PHYSICAL_FINDING
from workflow.clocks.plans import CORE_GROUP, FIRST_MEETING, NEXT_MEETING, REVIEW
from workflow.clocks.promises import CONDITIONS, LEGAL, PROMISED
from workflow.clocks.step_down import ACCEPT, FIRST_CONTACT
from workflow.clocks.strategy import RECONVENE, SAME_DAY
from workflow.clocks.visits import NOT_SEEN, RECORDED
from workflow.rule import Clock

WEEK = {"days": 7}
CASE = referred()
SMALL = referred("nurse", born="2024-05-01").wait(**WEEK)
BABY = referred("nurse", born="2025-07-01").wait(**WEEK)
GRADED = CASE.wait(hours=1)
ENQUIRY = CASE.wait(**WEEK).then("strategy_discussion", named="held", attended=["manager"], decision="section47_joint")
PROTECTED = CASE.wait(**WEEK).then("conference", named="icpc", which="initial", outcome="child_protection_plan")
NEEDED = CASE.wait(**WEEK).then("plan", named="plan", which="child_in_need", status="started")
OFFERED = referred(live=True).wait(**WEEK).then("early_help", "worker", named="offer", status="requested")
PROPOSED = referred(live=True).wait(**WEEK).then("closure_proposed", "worker", named="proposed")
HELD = referred("nurse", born="2026-01-05").then("allocated", to="worker").wait(**WEEK)
SHUT_OUT = {"access": "denied", "child_seen": False}
SEEN = {"access": "granted", "child_seen": True}
HURT = {**SEEN, "concerns": ["physical_finding"]}


@pytest.mark.parametrize(
    ("clock", "before", "subject", "started", "warned", "due"),
    table(
        ("a contact", ONE_DAY, CASE, "first", "03-10 09:31", "03-11 09:31", "03-11 23:59"),
        ("graded red", RAG, GRADED.then("grade", grade="red"), "red", "03-10 09:31", "03-10 12:31", "03-10 13:31"),
        ("graded amber", RAG, GRADED.then("grade", grade="amber"), "amber", "03-10 09:31", None, "03-11 23:59"),
        ("graded green", RAG, GRADED.then("grade", grade="green"), "green", "03-10 09:31", "03-12 23:59",
         "03-13 23:59"),
        ("a discussion is called", SAME_DAY, CASE.then("strategy_discussion", named="call", requested=True), "call",
         "03-10 09:32", "03-10 13:32", "03-11 09:32"),
        ("a discussion without its quorum", RECONVENE, ENQUIRY, "held", "03-17 09:32", None, "03-18 23:59"),
        ("an enquiry", CONFERENCE, ENQUIRY, "held", "03-17 09:32", "03-31 23:59", "04-09 23:59"),
        ("an assessment", ASSESSMENT, CASE.then("assessment", status="started"), "first", "03-10 09:31", "04-30 23:59",
         "05-15 23:59"),
        ("the child is to be seen", ENQUIRY_ACTIONS, ENQUIRY, "held", "03-17 09:32", None, "03-20 23:59"),
        ("a shut door", ACCESS_DENIED, SMALL.then("visit", "worker", named="shut", **SHUT_OUT), "shut", "03-17 09:32",
         "03-17 13:32", "03-17 23:59"),
        ("a mark on a baby", PHYSICAL_FINDING, BABY.then("visit", "nurse", named="mark", **HURT), "mark",
         "03-17 09:32", None, "03-18 23:59"),
        ("advice about no hurt", MEDICAL_ATTENTION, CASE.wait(**WEEK).then("medical", "worker", named="sent",
         what="advised"), "sent", "03-17 09:32", None, "03-24 23:59"),
        ("the core group", CORE_GROUP, PROTECTED, "icpc", "03-17 09:32", "03-26 23:59", "03-31 23:59"),
        ("the first review", REVIEW, PROTECTED, "icpc", "03-17 09:32", "05-17 23:59", "06-17 23:59"),
        ("a later review", REVIEW, PROTECTED.wait(days=30).then("conference", named="rcpc", which="review",
         outcome="continue"), "rcpc", "04-16 09:33", None, "10-16 23:59"),
        ("a plan begun by a review elsewhere", REVIEW, CASE.then("conference", named="moved", which="review",
         outcome="child_protection_plan"), "moved", "03-10 09:32", None, "09-10 23:59"),
        ("the first meeting of a plan", FIRST_MEETING, NEEDED, "plan", "03-17 09:32", "04-28 23:59", "06-17 23:59"),
        ("the next meeting of a plan", NEXT_MEETING, NEEDED.then("meeting", named="met", which="child_in_need_review",
         status="held"), "met", "03-17 09:33", "05-26 23:59", "06-23 23:59"),
        ("a visit to write up", RECORDED, HELD.then("visit", "worker", named="bare", recorded=False, **SEEN), "bare",
         "03-17 09:33", None, "03-18 23:59"),
        ("a baby not seen since it was taken on", NOT_SEEN, HELD.then("conference", which="initial",
         outcome="child_protection_plan"), "allocated1", "03-10 09:32", "03-17 23:59", "03-24 23:59"),
        ("a promise", PROMISED, CASE.then("commitment", named="call", status="made", due="2026-03-20"), "call:1",
         "03-10 09:32", None, "03-20 23:59"),
        ("a condition", CONDITIONS, CASE.then("condition", named="calls", status="set", due="2026-03-20"), "calls:1",
         "03-10 09:32", None, "03-20 23:59"),
        ("legal advice", LEGAL, CASE.then("legal_advice", named="asked", status="asked"), "asked:asked", "03-10 09:32",
         "03-17 23:59", "03-24 23:59"),
        ("an offer to early help", ACCEPT, OFFERED, "offer", "03-17 09:32", "03-20 23:59", "03-24 23:59"),
        ("early help has accepted", FIRST_CONTACT, OFFERED.then("early_help", "coordinator", status="accepted"),
         "offer", "03-17 09:33", None, "03-31 23:59"),
        ("views on a closure", VIEWS, PROPOSED, "proposed", "03-17 09:32", "03-19 23:59", "03-20 23:59"),
        ("a signature", SIGN_OFF, PROPOSED.wait(days=1).then("view", "teacher", view="agree"), "proposed",
         "03-18 09:33", None, "03-20 23:59"),
    ),
)  # fmt: skip
def test_a_deadline_counts_from_its_cause_and_is_warned_of(
    clock: Clock, before: Story, subject: str, started: str, warned: str | None, due: str
) -> None:
    (one,) = before.running(clock)
    told = [at and f"{at.astimezone(LONDON):%m-%d %H:%M}" for at in (one.started, one.warn, one.due)]

    assert (one.subject, *told) == (subject, started, warned, due)
