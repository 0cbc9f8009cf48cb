"""Which outcomes are too little for what is known, and what may not be said of whoever is worried."""

from dataclasses import replace
from typing import Any

import pytest

from models.facts import Person
from tests.support.stories import Story, referred, story, table
from workflow.gates.front_door_family import CUMULATIVE, PARENT_HISTORY, UNBORN
from workflow.gates.front_door_outcome import CONSENT, INFANT_FLOOR, VOLUNTARY
from workflow.gates.front_door_record import CONCERN, INTERPRETER
from workflow.gates.front_door_referrer import ELSEWHERE, MALICIOUS
from workflow.rule import Gate

YOUNG = "2026-02-01"
NFA = {"outcome": "no_further_action"}
AGREED = {**NFA, "manager": "hub_manager", "reason": True}
EARLY_HELP = {"outcome": "early_help"}
ASSESS = {"outcome": "assessment"}
ADVICE = {"outcome": "information_and_advice"}
MALICE = {**NFA, "reason_code": "malicious", "manager": "hub_manager"}


def again(*concerns: str, **begin: Any) -> Story:
    """A contact that is not the first: there was one about something else a few days before."""
    first = referred("midwife", "non_engagement", **begin).wait(days=6)
    return first.then("contact", "key_worker", named="second", to="hub", concerns=list(concerns))


BABY = again("neglect", born=YOUNG)
WEIGHT = {"concerns": ["weight"]}
LOGGED = story().then("concern", "teacher", concerns=["weight"], shared_with=["teacher"])
SENT = story().then("concern", "teacher", concerns=["weight"], referred=True)
UNTOLD = story(silence_unknown=True)


@pytest.mark.parametrize(
    ("before", "event", "verdict"),
    table(
        ("the review: a newborn, early help", BABY, EARLY_HELP, "said"),
        ("nothing at all", BABY, NFA, "said"),
        ("assessed", BABY, ASSESS, "nothing"),
        ("protected", BABY, {"outcome": "strategy_discussion"}, "nothing"),
        ("put off", BABY, {"outcome": "deferred"}, "nothing"),
        ("a worker is assessing", BABY.then("assessment", status="started"), NFA, "nothing"),
        ("a plan runs", BABY.then("plan", which="child_in_need", status="started"), NFA, "nothing"),
        ("looked into, and not found", BABY, {**NFA, "answers": {"neglect": "not_found"}}, "nothing"),
        ("not known", BABY, {**NFA, "answers": {"neglect": "unknown"}}, "said"),
        ("the first concern", referred("midwife", "neglect", born=YOUNG), EARLY_HELP, "nothing"),
        (
            "the first, and the family keeps away",
            referred("midwife", "neglect", "avoidance", born=YOUNG),
            EARLY_HELP,
            "said",
        ),
        ("told in other words", again("hygiene", "feeding", born=YOUNG), EARLY_HELP, "said"),
        ("one thing that is amiss", again("hygiene", born=YOUNG), EARLY_HELP, "nothing"),
        ("not born yet", again("neglect", born=None, due="2026-06-01"), EARLY_HELP, "said"),
        ("a year old tomorrow", again("neglect", born="2025-03-17"), EARLY_HELP, "said"),
        ("older than a year", again("neglect", born="2025-01-01"), EARLY_HELP, "nothing"),
        ("another contact is decided", BABY, {**NFA, "for": ["first"]}, "nothing"),
    ),
)
def test_a_neglected_infant_is_assessed(before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(INFANT_FLOOR, "decision", "triage", **event) == verdict


AWAY = referred("midwife", "non_engagement")
HOSTILE = referred("midwife", "hostility")
REFUSED = referred(consent="refused")


@pytest.mark.parametrize(
    ("gate", "before", "event", "verdict"),
    table(
        ("the review: past engagement was poor", VOLUNTARY, AWAY, EARLY_HELP, "silent"),
        ("no fallback, it says", VOLUNTARY, AWAY, {**EARLY_HELP, "fallback": False}, "said"),
        ("a fallback without a day", VOLUNTARY, AWAY, {**EARLY_HELP, "fallback": True}, "silent"),
        ("a fallback and a day", VOLUNTARY, AWAY, {**EARLY_HELP, "fallback": True, "review_on": "2026-04-01"}, "nothing"),
        ("kept out at the door", VOLUNTARY, referred().then("visit", "nurse", access="denied"), EARLY_HELP, "silent"),
        ("a family that comes", VOLUNTARY, referred(), EARLY_HELP, "nothing"),
        ("long ago", VOLUNTARY, AWAY.then("closure").wait(days=400).then("contact", "nurse"), EARLY_HELP, "nothing"),
        ("an assessment is not voluntary", VOLUNTARY, AWAY, ASSESS, "nothing"),
        ("a refusal has its own rule", VOLUNTARY, referred("midwife", "avoidance", consent="refused"), EARLY_HELP, "nothing"),
        ("refused", CONSENT, REFUSED, EARLY_HELP, "said"),
        ("hostile", CONSENT, HOSTILE, EARLY_HELP, "said"),
        ("hostile, and agreed since", CONSENT, HOSTILE.then("early_help", status="requested", consent="given"), EARLY_HELP, "nothing"),
        ("refused early help before", CONSENT, referred().then("early_help", status="declined", reason_code="consent_refused"), EARLY_HELP, "said"),
        ("given", CONSENT, referred(consent="given"), EARLY_HELP, "nothing"),
        ("not sought", CONSENT, referred(consent="not_sought"), EARLY_HELP, "nothing"),
        ("refused, and assessed", CONSENT, REFUSED, ASSESS, "nothing"),
        ("refused, so nothing", CONSENT, REFUSED, {**NFA, "reason_code": "consent_refused"}, "silent"),
        ("refused, and a manager weighed the risk", CONSENT, REFUSED, {**AGREED, "reason_code": "consent_refused", "answers": {"neglect": "not_found"}}, "nothing"),
        ("agreed to without answers", CONSENT, REFUSED, {**AGREED, "reason_code": "consent_refused"}, "said"),
        ("refused, and nothing for another reason", CONSENT, REFUSED, {**NFA, "reason_code": "below_threshold"}, "nothing"),
    ),
)  # fmt: skip
def test_help_that_may_be_declined(gate: Gate, before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(gate, "decision", "triage", **event) == verdict


HEARD = (
    referred("grandfather", "physical_abuse")
    .then("spoke_to", "triage", person="grandfather")
    .then("chronology_seen", "triage")
    .then("visit", "worker", access="granted", child_seen_alone=True)
)


@pytest.mark.parametrize(
    ("gate", "before", "kind", "event", "verdict"),
    table(
        ("malicious at first sight", MALICIOUS, referred("grandfather"), "decision", MALICE, "silent"),
        ("everybody heard, and two managers", MALICIOUS, HEARD, "decision", MALICE, "nothing"),
        ("nobody else agreed", MALICIOUS, HEARD, "decision", {**MALICE, "manager": "triage"}, "silent"),
        ("the child was not seen alone", MALICIOUS, referred("grandfather", channel="phone").then("chronology_seen"), "decision", MALICE, "silent"),
        (
            "the child spoke alone",
            MALICIOUS,
            referred("grandfather", channel="phone").then("history_checked", scope=["child"]).then("spoke_to", person="child", alone=True),
            "decision",
            MALICE,
            "nothing",
        ),
        (
            "a baby was seen",
            MALICIOUS,
            referred("grandfather", channel="phone", born=YOUNG).then("chronology_seen").then("visit", child_seen=True),
            "decision",
            MALICE,
            "nothing",
        ),
        ("a second voice", MALICIOUS, HEARD.then("contact", "teacher"), "decision", MALICE, "said"),
        ("the same voice again", MALICIOUS, HEARD.then("contact", "grandfather", channel="phone"), "decision", MALICE, "nothing"),
        ("closed as malicious", MALICIOUS, referred("grandfather"), "closure", {"reason_code": "malicious"}, "silent"),
        ("closed for another reason", MALICIOUS, referred("grandfather"), "closure", {"reason_code": "needs_met"}, "nothing"),
        ("below the threshold", MALICIOUS, referred("grandfather"), "decision", {**NFA, "reason_code": "below_threshold"}, "nothing"),
        ("ring somebody else", ELSEWHERE, referred(), "decision", ADVICE, "silent"),
        ("the hub asked the police", ELSEWHERE, referred().then("check", agency="police", status="replied"), "decision", ADVICE, "nothing"),
        ("asked, and nobody waited", ELSEWHERE, referred().then("check", agency="police", status="asked"), "decision", ADVICE, "said"),
        ("asked, and a manager says why", ELSEWHERE, referred().then("check", agency="police", status="asked"), "decision", {**AGREED, **ADVICE}, "nothing"),
        ("talked over with the nurse", ELSEWHERE, referred(), "decision", {**ADVICE, "discussed_with": ["nurse"]}, "nothing"),
        ("talked over with the referrer alone", ELSEWHERE, referred(), "decision", {**ADVICE, "discussed_with": ["teacher"]}, "silent"),
        ("early help was asked", ELSEWHERE, referred().then("early_help", status="requested"), "decision", ADVICE, "nothing"),
        ("advice to a neighbour", ELSEWHERE, referred("grandfather"), "decision", ADVICE, "nothing"),
        ("another outcome", ELSEWHERE, referred(), "decision", NFA, "nothing"),
    ),
)  # fmt: skip
def test_whoever_is_worried(gate: Gate, before: Story, kind: str, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(gate, kind, "triage", **event) == verdict


def with_unborn(before: Story, sibling: str) -> Story:
    """Put an unborn sibling on the record."""
    people = {**before.family.people, sibling: Person(sibling, True)}
    told = before.family.after([replace(before.event("household", what="pregnancy_known"), about=(sibling,))])
    return replace(before, family=replace(told, people=people))


UNDATED = referred("midwife", born="2026-09-01")
CARE_LEAVER = referred().with_parent(["care_leaver"])
TWICE = referred("midwife").wait(days=30).then("contact", "officer", named="second", concerns=["domestic_abuse"])
THRICE = TWICE.wait(days=60).then("contact", "teacher", named="third", concerns=["neglect"])


@pytest.mark.parametrize(
    ("gate", "before", "kind", "event", "verdict"),
    table(
        ("the review: nobody says when it is due", UNBORN, UNDATED, "decision", EARLY_HELP, "silent"),
        ("a due date", UNBORN, referred("midwife", born=None, due="2026-09-01"), "decision", EARLY_HELP, "nothing"),
        ("the weeks", UNBORN, referred("midwife", born="2026-09-01", pregnancy={"weeks": 12}), "decision", EARLY_HELP, "nothing"),
        ("booked", UNBORN, UNDATED.then("appointment", what="antenatal_booking", outcome="attended"), "decision", EARLY_HELP, "nothing"),
        ("a scan", UNBORN, UNDATED.then("appointment", what="scan", outcome="attended"), "decision", NFA, "nothing"),
        ("a scan missed", UNBORN, UNDATED.then("appointment", what="scan", outcome="missed"), "decision", NFA, "silent"),
        ("protection first", UNBORN, UNDATED, "decision", {"outcome": "strategy_discussion"}, "nothing"),
        ("born, and nobody is pregnant", UNBORN, referred(), "decision", NFA, "nothing"),
        ("read as about the mother", UNBORN, referred("midwife", pregnancy={"of": "mother", "weeks": 20}), "decision", NFA, "said"),
        ("late antenatal care of nobody", UNBORN, referred("midwife", "late_antenatal_care"), "decision", NFA, "said"),
        ("the unborn child has a record", UNBORN, with_unborn(referred("midwife", "late_antenatal_care"), "second_child"), "decision", NFA, "nothing"),
        ("the review: her own care is not summed up", PARENT_HISTORY, CARE_LEAVER, "decision", EARLY_HELP, "silent"),
        ("nor in the assessment", PARENT_HISTORY, CARE_LEAVER, "assessment", {"status": "completed"}, "silent"),
        ("protected as a child", PARENT_HISTORY, referred().with_parent(["own_child_protection_history"]), "decision", NFA, "silent"),
        ("left to the assessment", PARENT_HISTORY, CARE_LEAVER, "decision", ASSESS, "nothing"),
        ("an assessment begins", PARENT_HISTORY, CARE_LEAVER, "assessment", {"status": "started"}, "nothing"),
        ("a summary", PARENT_HISTORY, CARE_LEAVER.then("tool", what="parent_history", for_="mother"), "decision", NFA, "nothing"),
        ("a summary of somebody else", PARENT_HISTORY, CARE_LEAVER.then("tool", what="parent_history", for_="father"), "decision", NFA, "silent"),
        ("searched", PARENT_HISTORY, CARE_LEAVER.then("history_checked", scope=["parents"]), "decision", NFA, "nothing"),
        ("weighed in the assessment", PARENT_HISTORY, CARE_LEAVER, "assessment", {"status": "completed", "factors_resolved": {"care_leaver": "confirmed"}}, "nothing"),
        ("asked of those who know", PARENT_HISTORY, CARE_LEAVER.then("check", agency="hospital", person="mother", status="replied"), "decision", NFA, "nothing"),
        ("no such history", PARENT_HISTORY, referred(), "decision", NFA, "nothing"),
        ("the review: two within weeks, each by itself", CUMULATIVE, TWICE, "decision", EARLY_HELP, "silent"),
        ("a manager saw both", CUMULATIVE, TWICE, "decision", AGREED, "nothing"),
        ("somebody read them", CUMULATIVE, TWICE.then("chronology_seen", "triage"), "decision", NFA, "nothing"),
        ("one contact", CUMULATIVE, referred(), "decision", NFA, "nothing"),
        ("two on one day are one occasion", CUMULATIVE, referred().then("contact", "nurse"), "decision", NFA, "nothing"),
        ("the second is assessed", CUMULATIVE, TWICE, "decision", ASSESS, "nothing"),
        ("the review: the third, early help", CUMULATIVE, THRICE, "decision", EARLY_HELP, "said"),
        ("the third, assessed", CUMULATIVE, THRICE, "decision", ASSESS, "nothing"),
        ("the third, on a case that a worker holds", CUMULATIVE, THRICE.then("assessment", status="started"), "decision", NFA, "nothing"),
        ("the third, and a manager who read says why", CUMULATIVE, THRICE.then("chronology_seen", "hub_manager"), "decision", AGREED, "nothing"),
        ("the third, with a reason, unread", CUMULATIVE, THRICE, "decision", AGREED, "said"),
        ("a year later", CUMULATIVE, THRICE.then("closure").wait(days=380).then("contact", "nurse"), "decision", NFA, "nothing"),
    ),
)  # fmt: skip
def test_the_family_behind_a_contact(gate: Gate, before: Story, kind: str, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(gate, kind, "triage", **event) == verdict


NEEDS = referred().with_parent(["interpreter_needed"])


@pytest.mark.parametrize(
    ("gate", "before", "kind", "by", "event", "verdict"),
    table(
        ("a relative interprets", INTERPRETER, referred(), "spoke_to", "worker", {"person": "mother", "interpreter": "family"}, "said"),
        ("a relative interprets at a visit", INTERPRETER, referred(), "visit", "nurse", {"access": "granted", "interpreter": "family"}, "said"),
        ("an independent one", INTERPRETER, NEEDS, "spoke_to", "worker", {"person": "mother", "interpreter": "independent"}, "nothing"),
        ("none, where one is needed", INTERPRETER, NEEDS, "spoke_to", "worker", {"person": "mother", "interpreter": "none"}, "said"),
        ("none at a visit", INTERPRETER, NEEDS, "visit", "worker", {"access": "granted", "interpreter": "none"}, "said"),
        ("none, where none is needed", INTERPRETER, referred(), "spoke_to", "worker", {"person": "mother", "interpreter": "none"}, "nothing"),
        ("not mentioned, where one is needed", INTERPRETER, NEEDS, "spoke_to", "worker", {"person": "mother"}, "silent"),
        ("with somebody else", INTERPRETER, NEEDS, "spoke_to", "worker", {"person": "teacher"}, "nothing"),
        ("nobody was reached", INTERPRETER, NEEDS, "spoke_to", "worker", {"person": "mother", "done": False}, "nothing"),
        ("a visit that does not mention it", INTERPRETER, NEEDS, "visit", "worker", {"access": "granted"}, "nothing"),
        ("consent, understood by nobody knows whom", INTERPRETER, NEEDS, "early_help", "coordinator", {"status": "accepted", "consent": "given"}, "silent"),
        (
            "consent, after an independent interpreter",
            INTERPRETER,
            NEEDS.then("spoke_to", "worker", person="mother", interpreter="independent"),
            "early_help",
            "coordinator",
            {"status": "accepted", "consent": "given"},
            "nothing",
        ),
        ("the review: logged and not referred", CONCERN, story(), "concern", "nurse", {"referred": False}, "said"),
        ("told to a colleague", CONCERN, story(), "concern", "doctor", {"referred": False, "shared_with": ["nurse"]}, "said"),
        ("not a word of it", CONCERN, story(), "concern", "nurse", {}, "silent"),
        ("referred", CONCERN, story(), "concern", "nurse", {"referred": True}, "nothing"),
        ("not referred, for a reason", CONCERN, story(), "concern", "nurse", {"referred": False, "reason": True}, "nothing"),
        ("talked over with the safeguarding lead", CONCERN, story(), "concern", "nurse", {"shared_with": ["teacher"]}, "nothing"),
        ("talked over once more", CONCERN, LOGGED, "concern", "teacher", {**WEIGHT, "shared_with": ["teacher"]}, "said"),
        ("another worry", CONCERN, LOGGED, "concern", "teacher", {"concerns": ["hygiene"], "shared_with": ["teacher"]}, "nothing"),
        ("another agency's first", CONCERN, LOGGED, "concern", "nurse", {**WEIGHT, "shared_with": ["teacher"]}, "nothing"),
        ("a year later", CONCERN, LOGGED.wait(days=400), "concern", "teacher", {**WEIGHT, "shared_with": ["teacher"]}, "nothing"),
        ("referred in between", CONCERN, LOGGED.then("contact", "nurse"), "concern", "teacher", {**WEIGHT, "shared_with": ["teacher"]}, "nothing"),
        ("once more, and social care heard", CONCERN, LOGGED, "concern", "teacher", {**WEIGHT, "shared_with": ["worker"]}, "nothing"),
        ("kept from the worker who holds the case", CONCERN, referred().then("allocated", to="worker"), "concern", "nurse", {"referred": False, "shared_with": ["teacher"]}, "said"),
        ("kept back, and nobody holds the case", CONCERN, referred(), "concern", "nurse", {"referred": False, "shared_with": ["teacher"]}, "nothing"),
        ("put to the worker who holds the case", CONCERN, referred().then("allocated", to="worker"), "concern", "nurse", {"referred": False, "shared_with": ["worker"]}, "nothing"),
        ("told to the worker", CONCERN, referred(), "concern", "nurse", {"shared_with": ["worker"]}, "nothing"),
        ("once more, though it was referred the first time", CONCERN, SENT, "concern", "teacher", {**WEIGHT, "shared_with": ["teacher"]}, "nothing"),
        ("told to another agency, in a source that leaves much out", CONCERN, UNTOLD, "concern", "nurse", {"shared_with": ["doctor"]}, "nothing"),
        ("told to nobody, in a source that leaves much out", CONCERN, UNTOLD, "concern", "nurse", {}, "silent"),
        ("told to one's own, in a source that leaves much out", CONCERN, UNTOLD, "concern", "nurse", {"shared_with": ["nurse"]}, "silent"),
        ("told to a relative, in a source that leaves much out", CONCERN, UNTOLD, "concern", "nurse", {"shared_with": ["grandfather"]}, "silent"),
        ("told to another agency, and kept back", CONCERN, UNTOLD, "concern", "nurse", {"referred": False, "shared_with": ["doctor"]}, "said"),
        ("told to another agency, by the engine's own record", CONCERN, story(), "concern", "nurse", {"shared_with": ["doctor"]}, "silent"),
        ("social care's own", CONCERN, referred(), "concern", "worker", {}, "nothing"),
        ("a relative's", CONCERN, referred(), "concern", "grandfather", {}, "nothing"),
    ),
)  # fmt: skip
def test_what_is_heard_and_logged(
    gate: Gate, before: Story, kind: str, by: str, event: dict[str, Any], verdict: str
) -> None:
    assert before.verdict(gate, kind, by, **event) == verdict
