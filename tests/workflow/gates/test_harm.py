"""Whether a child who may have been hurt was heard, and a doubt kept open. Stories begin on 10 March 2026."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.gates.harm import INCONCLUSIVE, SEEN_ALONE
from workflow.rule import Gate

NFA: dict[str, Any] = {"outcome": "no_further_action"}
BRUISED = referred("teacher", "physical_abuse")
ENQUIRY = BRUISED.then("strategy_discussion", attended=["manager"], decision="section47_joint")
OPEN = ENQUIRY.then("medical", "doctor", what="child_protection_medical", finding="inconclusive")
CLEAR = OPEN.then("medical", "doctor", what="clinician_report", finding="explained")
STRUCK = ENQUIRY.then("medical", "doctor", what="child_protection_medical", finding="non_accidental")
NOT: dict[str, Any] = {"outcome": "not_substantiated"}


@pytest.mark.parametrize(
    ("gate", "before", "kind", "event", "verdict"),
    table(
        ("the review: bruised, and nothing to it", SEEN_ALONE, BRUISED, "decision", NFA, "silent"),
        ("spoken to with others there", SEEN_ALONE, BRUISED, "spoke_to", {"person": "child", "alone": False}, "part"),
        ("spoken to, nobody knows with whom", SEEN_ALONE, BRUISED, "spoke_to", {"person": "child"}, "part"),
        ("spoken to alone", SEEN_ALONE, BRUISED, "spoke_to", {"person": "child", "alone": True}, "nothing"),
        ("the mother spoken to", SEEN_ALONE, BRUISED, "spoke_to", {"person": "mother"}, "nothing"),
        ("its sister spoken to", SEEN_ALONE, BRUISED.with_sister(), "spoke_to", {"person": "sister"}, "nothing"),
        ("could not be spoken to", SEEN_ALONE, BRUISED, "spoke_to", {"person": "child", "done": False}, "nothing"),
        ("spoken to, and seen alone", SEEN_ALONE, BRUISED, "spoke_to", {"person": "child", "child_seen_alone": True},
         "nothing"),
        ("nobody says that it was hurt", SEEN_ALONE, referred(), "spoke_to", {"person": "child"}, "nothing"),
        ("too young to talk", SEEN_ALONE, referred("teacher", "physical_abuse", born="2025-06-01"), "spoke_to", {"person": "child"}, "nothing"),
        ("advice only", SEEN_ALONE, BRUISED, "decision", {"outcome": "information_and_advice"}, "silent"),
        ("told by the child, and nothing to it", SEEN_ALONE, referred("teacher", "child_disclosure"), "decision", NFA,
         "silent"),
        ("an enquiry that finds nothing", SEEN_ALONE, ENQUIRY, "section47_outcome", NOT, "silent"),
        ("an assessment says that nobody did", SEEN_ALONE, BRUISED, "assessment",
         {**NFA, "status": "completed", "child_seen_alone": False}, "said"),
        ("called malicious", SEEN_ALONE, BRUISED, "closure", {"reason_code": "malicious"}, "silent"),
        ("heard at school by the referrer", SEEN_ALONE, referred("teacher", "injury", child_seen_alone=True),
         "decision", NFA, "nothing"),
        ("heard on a visit", SEEN_ALONE, BRUISED.then("visit", "worker", access="granted", child_seen_alone=True),
         "decision", NFA, "nothing"),
        ("spoken to alone", SEEN_ALONE, BRUISED.then("spoke_to", "worker", person="child", alone=True), "decision",
         NFA, "nothing"),
        ("spoken to with a carer there", SEEN_ALONE, BRUISED.then("spoke_to", "worker", person="child"), "decision",
         NFA, "silent"),
        ("would not speak, and that is on record", SEEN_ALONE,
         BRUISED.then("spoke_to", "worker", person="child", done=False, reason=True), "decision", NFA, "nothing"),
        ("heard in the assessment", SEEN_ALONE, BRUISED, "assessment",
         {**NFA, "status": "completed", "child_seen_alone": True}, "nothing"),
        ("heard before the hurt", SEEN_ALONE,
         referred().then("visit", "worker", access="granted", child_seen_alone=True).then(
             "contact", "teacher", concerns=["injury"]), "decision", NFA, "silent"),
        ("said once, not again at the closure", SEEN_ALONE, BRUISED.then("decision", **NFA), "closure",
         {"reason_code": "no_further_action"}, "nothing"),
        ("too young to talk", SEEN_ALONE, referred("nurse", "injury", born="2024-01-10"), "decision", NFA, "nothing"),
        ("not born yet", SEEN_ALONE, referred("nurse", "injury", born=None, due="2026-08-01"), "decision", NFA,
         "nothing"),
        ("a mishap that is explained", SEEN_ALONE, referred("teacher", "injury", injury={"explained": True}), "decision",
         NFA, "nothing"),
        ("struck, and somebody has an explanation", SEEN_ALONE,
         referred("teacher", "physical_abuse", injury={"explained": True}), "decision", NFA, "silent"),
        ("a mark that a doctor explained", SEEN_ALONE,
         referred("teacher", "injury").then("medical", "doctor", what="clinician_report", finding="explained"),
         "decision", NFA, "nothing"),
        ("explained by a doctor, and the child says otherwise", SEEN_ALONE,
         BRUISED.then("medical", "doctor", what="clinician_report", finding="explained"), "decision", NFA, "silent"),
        ("a child who cannot move about", SEEN_ALONE,
         referred("nurse", "physical_finding", injury={"child_mobile": False}), "decision", NFA, "nothing"),
        ("hurt by somebody from outside", SEEN_ALONE, BRUISED.then("incident", what="assault", involving=["stranger"]),
         "decision", NFA, "nothing"),
        ("hurt at home, and an incident says so", SEEN_ALONE,
         BRUISED.then("incident", what="assault", involving=["mother"]), "decision", NFA, "silent"),
        ("nobody was hurt", SEEN_ALONE, referred("teacher", "school_absence"), "decision", NFA, "nothing"),
        ("a discussion not held, and the child not heard", SEEN_ALONE, BRUISED, "strategy_discussion",
         {"held": False, "rationale": True}, "part"),
        ("a discussion not held, once the child was heard", SEEN_ALONE,
         BRUISED.then("spoke_to", "worker", person="child", alone=True), "strategy_discussion",
         {"held": False, "rationale": True}, "nothing"),
        ("a discussion held", SEEN_ALONE, BRUISED, "strategy_discussion", {"decision": "section47_joint"}, "nothing"),
        ("a discussion not held, nobody hurt", SEEN_ALONE, referred(), "strategy_discussion",
         {"held": False, "rationale": True}, "nothing"),
        ("looked into further", SEEN_ALONE, BRUISED, "decision", {"outcome": "assessment"}, "nothing"),
        ("the review: inconclusive, and let go", INCONCLUSIVE, OPEN, "section47_outcome", NOT, "said"),
        ("inconclusive, and no continuing risk", INCONCLUSIVE, OPEN, "section47_outcome",
         {"outcome": "no_continuing_risk"}, "said"),
        ("unexplained, and early help", INCONCLUSIVE,
         ENQUIRY.then("medical", "doctor", what="clinician_report", finding="unexplained"), "assessment",
         {"status": "completed", "outcome": "early_help"}, "said"),
        ("inconclusive, and a conference", INCONCLUSIVE, OPEN, "section47_outcome", {"outcome": "conference"},
         "nothing"),
        ("inconclusive, and police and health settle it", INCONCLUSIVE, OPEN, "section47_outcome",
         {**NOT, "views": {"officer": "agree", "doctor": "agree"}}, "nothing"),
        ("inconclusive, and one doctor disagrees", INCONCLUSIVE, OPEN, "section47_outcome",
         {**NOT, "views": {"officer": "agree", "doctor": "disagree", "nurse": "agree"}}, "said"),
        ("inconclusive, and the police alone agree", INCONCLUSIVE, OPEN, "section47_outcome",
         {**NOT, "views": {"officer": "agree"}}, "said"),
        ("unexplained, and all agree", INCONCLUSIVE,
         ENQUIRY.then("medical", "doctor", what="clinician_report", finding="unexplained"), "section47_outcome",
         {**NOT, "views": {"officer": "agree", "doctor": "agree"}}, "said"),
        ("another cause shown later", INCONCLUSIVE, CLEAR, "section47_outcome", NOT, "nothing"),
        ("explained, and then in dispute", INCONCLUSIVE,
         CLEAR.then("medical", "doctor", what="clinician_report", finding="inconclusive"), "section47_outcome", NOT,
         "said"),
        ("weighed by a conference", INCONCLUSIVE, OPEN.then("conference", which="initial"), "closure",
         {"reason_code": "needs_met"}, "nothing"),
        ("said once, not again at the closure", INCONCLUSIVE, OPEN.then("section47_outcome", **NOT), "closure",
         {"reason_code": "no_further_action"}, "nothing"),
        ("closed because they moved", INCONCLUSIVE, OPEN, "closure", {"reason_code": "moved_away"}, "nothing"),
        ("no accident, and nothing to it", INCONCLUSIVE, STRUCK, "section47_outcome", NOT, "said"),
        ("no accident, and whoever did it is gone", INCONCLUSIVE, STRUCK, "section47_outcome",
         {"outcome": "no_continuing_risk"}, "nothing"),
        ("no opinion at all is another rule's", INCONCLUSIVE, ENQUIRY, "section47_outcome", NOT, "nothing"),
    ),
)  # fmt: skip
def test_harm(gate: Gate, before: Story, kind: str, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(gate, kind, "worker", **event) == verdict
