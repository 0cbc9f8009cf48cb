"""Which clocks of harm run, and until when. Stories begin on Tuesday 10 March 2026, at half past nine."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.clocks.harm import ACCESS_DENIED, ENQUIRY_ACTIONS, MEDICAL_ATTENTION, PHYSICAL_FINDING
from workflow.rule import Clock

SMALL = referred("nurse", born="2024-05-01")
SHUT = SMALL.then("visit", "worker", access="denied", child_seen=False)
SORE = referred("worker", "pain", "physical_finding", born="2025-07-01")
SENT = SORE.then("medical", "worker", what="advised")
MARK: dict[str, Any] = {"access": "granted", "child_seen": True, "concerns": ["physical_finding"]}
CRAWLING = referred("nurse", born="2025-07-01")
MARKED = CRAWLING.then("visit", "nurse", **MARK)
ENQUIRY = referred("teacher", "injury").then("strategy_discussion", attended=["manager"], decision="section47_joint")
SEEN: dict[str, Any] = {"access": "granted", "child_seen": True}


@pytest.mark.parametrize(
    ("clock", "before", "due"),
    table(
        ("the review: a shut door", ACCESS_DENIED, SHUT, "2026-03-10"),
        ("and a referral to the hub decides nothing", ACCESS_DENIED, SHUT.then("contact", "worker"), "2026-03-10"),
        ("the police are asked", ACCESS_DENIED, SHUT.then("police_check", status="requested"), None),
        ("the plan's own step is taken", ACCESS_DENIED, SHUT.then("contingency_used", what="police_check"), None),
        ("a discussion is called", ACCESS_DENIED, SHUT.then("strategy_discussion", requested=True), None),
        ("weighed with a manager", ACCESS_DENIED, SHUT.then("meeting", which="supervision", status="held"), None),
        ("got in later, and saw the child", ACCESS_DENIED, SHUT.then("visit", "worker", **SEEN), None),
        ("seen at the clinic instead", ACCESS_DENIED,
         SHUT.then("appointment", "nurse", what="health_visitor", outcome="attended", child_seen=True), None),
        ("nobody in", ACCESS_DENIED, SMALL.then("visit", "worker", access="no_reply"), None),
        ("kept out, yet the child was seen", ACCESS_DENIED,
         SMALL.then("visit", "worker", access="denied", child_seen=True), None),
        ("a child at school", ACCESS_DENIED, referred(born="2018-05-01").then("visit", "worker", access="denied"), None),
        ("a child taken out of school", ACCESS_DENIED,
         referred(born="2018-05-01").then("household", what="school_left").then("visit", "worker", access="denied"), "2026-03-10"),
        ("a child said to be missing", ACCESS_DENIED,
         referred("teacher", "missing", born="2018-05-01").then("visit", "worker", access="denied"), "2026-03-10"),
        ("a child at school that has moved", ACCESS_DENIED,
         referred(born="2018-05-01").then("household", what="moved_address").then("visit", "worker", access="denied"), None),
        ("the workers meet, and nobody says that they did not", ACCESS_DENIED, SHUT.then("meeting", which="supervision"),
         None),
        ("a meeting that was cancelled", ACCESS_DENIED, SHUT.then("meeting", which="supervision", status="cancelled"),
         "2026-03-10"),
        ("a meeting on other things", ACCESS_DENIED, SHUT.then("meeting", which="child_in_need_review", status="held"),
         "2026-03-10"),
        ("not born yet", ACCESS_DENIED,
         referred("midwife", born=None, due="2026-08-01").then("visit", "worker", access="denied"), None),
        ("a child without a case, and social care is kept out", ACCESS_DENIED,
         story("2024-05-01").then("visit", "worker", access="denied"), "2026-03-10"),
        ("a child without a case, and the nurse is kept out", ACCESS_DENIED,
         story("2024-05-01").then("visit", "nurse", access="denied"), None),
        ("nothing open", ACCESS_DENIED, SMALL.then("closure").then("visit", "worker", access="denied"), None),
        ("the review: sent to the walk-in centre", MEDICAL_ATTENTION, SENT, "2026-03-10"),
        ("and not taken there", MEDICAL_ATTENTION, SENT.then("medical", what="not_attended"), "2026-03-10"),
        ("the doctor confirms it", MEDICAL_ATTENTION, SENT.then("medical", "doctor", what="attended"), None),
        ("admitted", MEDICAL_ATTENTION, SENT.then("medical", "doctor", what="admitted"), None),
        ("seen by the family doctor", MEDICAL_ATTENTION, SENT.then("appointment", what="gp", outcome="attended"), None),
        ("not kept", MEDICAL_ATTENTION, SENT.then("appointment", what="gp", outcome="missed"), "2026-03-10"),
        ("a discussion instead", MEDICAL_ATTENTION, SENT.then("strategy_discussion", requested=True), None),
        ("the police look in", MEDICAL_ATTENTION, SENT.then("police_check", status="requested"), None),
        ("advice about something else", MEDICAL_ATTENTION, referred().then("medical", "worker", what="advised"),
         "2026-03-17"),
        ("advice about something else, long after the hurt was seen to", MEDICAL_ATTENTION,
         SENT.then("medical", "doctor", what="attended").then("medical", "worker", what="advised"), "2026-03-17"),
        ("advice to the mother about herself", MEDICAL_ATTENTION, SORE.then("medical", what="advised", for_="mother"),
         None),
        ("a medical to which nobody came", MEDICAL_ATTENTION, SORE.then("medical", what="not_attended"), "2026-03-10"),
        ("the review: a hot red patch", PHYSICAL_FINDING, MARKED, "2026-03-11"),
        ("a doctor looked", PHYSICAL_FINDING, MARKED.then("medical", "doctor", what="clinician_report"), None),
        ("the family doctor looked", PHYSICAL_FINDING, MARKED.then("appointment", what="gp", outcome="attended"), None),
        ("discussed", PHYSICAL_FINDING, MARKED.then("strategy_discussion", held=False, rationale=True), None),
        ("explained in the same breath", PHYSICAL_FINDING,
         CRAWLING.then("visit", "nurse", **MARK, injury={"explained": True}), None),
        ("marked again after a doctor looked", PHYSICAL_FINDING,
         MARKED.then("medical", "doctor", what="clinician_report").wait(days=1).then("visit", "nurse", **MARK),
         "2026-03-12"),
        ("two marks, counted from the first", PHYSICAL_FINDING, MARKED.wait(days=1).then("visit", "nurse", **MARK),
         "2026-03-11"),
        ("told by nobody who is known", PHYSICAL_FINDING, CRAWLING.then("concern", concerns=["physical_finding"]),
         "2026-03-11"),
        ("a child who runs about", PHYSICAL_FINDING,
         CRAWLING.then("visit", "nurse", **MARK, injury={"child_mobile": True}), None),
        ("seen by a doctor in the first place", PHYSICAL_FINDING,
         CRAWLING.then("concern", "doctor", concerns=["physical_finding"]), None),
        ("the youngest have the clock of the discussion", PHYSICAL_FINDING,
         referred("nurse", born="2026-02-01").then("visit", "nurse", **MARK), None),
        ("an older child", PHYSICAL_FINDING, referred("nurse", born="2024-05-01").then("visit", "nurse", **MARK), None),
        ("an enquiry, and the child not seen", ENQUIRY_ACTIONS, ENQUIRY, "2026-03-13"),
        ("seen on a visit", ENQUIRY_ACTIONS, ENQUIRY.then("visit", "worker", **SEEN), None),
        ("spoken to", ENQUIRY_ACTIONS, ENQUIRY.then("spoke_to", "worker", person="child"), None),
        ("examined", ENQUIRY_ACTIONS, ENQUIRY.then("medical", "doctor", what="child_protection_medical"), None),
        ("on a ward", ENQUIRY_ACTIONS, ENQUIRY.then("medical", "doctor", what="admitted"), None),
        ("only seen before", ENQUIRY_ACTIONS,
         referred("teacher", "injury", child_seen=True).then("strategy_discussion", decision="section47_joint"),
         "2026-03-13"),
        ("seen by the worker the day before", ENQUIRY_ACTIONS,
         referred("teacher", "injury").then("visit", "worker", **SEEN).wait(days=1).then(
             "strategy_discussion", decision="section47_joint"), None),
        ("examined the day before", ENQUIRY_ACTIONS,
         referred("teacher", "injury").then("medical", "doctor", what="attended").wait(days=1).then(
             "strategy_discussion", decision="section47_joint"), None),
        ("seen by the worker weeks before", ENQUIRY_ACTIONS,
         referred("teacher", "injury").then("visit", "worker", **SEEN).wait(days=21).then(
             "strategy_discussion", decision="section47_joint"), "2026-04-07"),
        ("the enquiry is over", ENQUIRY_ACTIONS, ENQUIRY.then("section47_outcome", outcome="not_substantiated"), None),
        ("not born yet", ENQUIRY_ACTIONS,
         referred(born=None, due="2026-08-01").then("strategy_discussion", decision="section47_joint"), None),
        ("no enquiry", ENQUIRY_ACTIONS, referred().then("strategy_discussion", decision="assessment"), None),
    ),
)  # fmt: skip
def test_a_deadline(clock: Clock, before: Story, due: str | None) -> None:
    assert before.due(clock) == due


def test_a_shut_door_and_a_hurt_child_sound_within_hours() -> None:
    for clock, before in ((ACCESS_DENIED, SHUT), (MEDICAL_ATTENTION, SENT)):
        (tick,) = before.running(clock)
        assert tick.warn is not None
        assert (tick.warn - tick.started).total_seconds() == 4 * 3600
