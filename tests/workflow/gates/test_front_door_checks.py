"""What has to be looked up, and who has to be heard, before the front door decides."""

from dataclasses import replace
from typing import Any

import pytest

from models.facts import Agency, Link, Person
from models.vocabulary import AgencyKind
from tests.support.stories import Story, referred, table
from workflow.gates.front_door_checks import AGENCIES, HISTORY
from workflow.gates.front_door_voices import CARERS, REFERRER

NFA = {"outcome": "no_further_action", "manager": "hub_manager", "reason": True}
ASSESS = {"outcome": "assessment"}
SEARCHED = ["child", "household", "parents"]


def family(before: Story, *links: tuple[str, str, str], silence_unknown: bool = False, needs: str = "") -> Story:
    """Give the child a father too, and say who lives there."""
    people = {
        **before.family.people,
        "father": Person("father", False, factors=frozenset([needs] if needs else ())),
        "man": Person("man", False),
    }
    given = (*before.family.links, Link("father", "father", "child"), *(Link(*link) for link in links))
    return replace(before, family=replace(before.family, people=people, links=given, silence_unknown=silence_unknown))


def without_a_school(before: Story) -> Story:
    """Take the school out of the story."""
    known = {one: who for one, who in before.family.practitioners.items() if one != "teacher"}
    return replace(before, family=replace(before.family, practitioners=known))


def told(before: Story, *agencies: str) -> Story:
    """Let agencies answer."""
    for agency in agencies:
        before = before.then("check", "triage", agency=agency, status="replied", share="given")
    return before


LOOKED = referred().then("history_checked", "triage", scope=SEARCHED)
BY_NURSE = referred("nurse")
OLD = referred("nurse", born="2016-01-01")
OLD_BY_PUBLIC = referred("grandfather", born="2016-01-01")


@pytest.mark.parametrize(
    ("before", "kind", "event", "verdict"),
    table(
        ("never looked for", referred(), "decision", NFA, "silent"),
        ("looked for everywhere", LOOKED, "decision", NFA, "nothing"),
        (
            "in two searches",
            referred().then("history_checked", scope=["child", "parents"]).then("history_checked", scope=["household"]),
            "decision",
            NFA,
            "nothing",
        ),
        ("the child only", referred().then("history_checked", scope=["child"]), "decision", NFA, "part"),
        ("before an assessment as well", referred(), "decision", ASSESS, "silent"),
        (
            "a review is silent before an assessment",
            family(referred(), silence_unknown=True),
            "decision",
            ASSESS,
            "nothing",
        ),
        ("protection waits for nothing", referred(), "decision", {"outcome": "strategy_discussion"}, "nothing"),
        ("put off", referred(), "decision", {"outcome": "deferred"}, "nothing"),
        ("a worker is at work", referred().then("assessment", status="started"), "decision", NFA, "nothing"),
        ("the family came from elsewhere", LOOKED.then("household", what="left_area"), "decision", NFA, "part"),
        (
            "and the other area was asked",
            LOOKED.then("household", what="left_area").then("history_checked", scope=["other_areas"]),
            "decision",
            NFA,
            "nothing",
        ),
        ("an assessment nobody decided on", referred(), "assessment", {"status": "completed"}, "part"),
        ("an assessment begins", referred(), "assessment", {"status": "started"}, "nothing"),
        (
            "the decision was asked",
            referred().then("decision", **ASSESS),
            "assessment",
            {"status": "completed"},
            "nothing",
        ),
        ("a closure nobody decided on", referred(), "closure", {}, "part"),
        ("said at the assessment", referred().then("assessment", status="completed"), "closure", {}, "nothing"),
        ("a closure, looked for", LOOKED, "closure", {}, "nothing"),
    ),
)
def test_the_history_is_looked_for(before: Story, kind: str, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(HISTORY, kind, "triage", **event) == verdict


@pytest.mark.parametrize(
    ("before", "event", "verdict"),
    table(
        ("nobody was asked", BY_NURSE, NFA, "silent"),
        ("police answered, and health refers", told(BY_NURSE, "police"), NFA, "nothing"),
        ("police refer, and health answered", told(referred("officer"), "hospital"), NFA, "nothing"),
        ("the police file was searched", BY_NURSE.then("history_checked", scope=["police"]), NFA, "nothing"),
        ("an officer was spoken to", BY_NURSE.then("spoke_to", "triage", person="officer"), NFA, "nothing"),
        ("an officer could not be reached", BY_NURSE.then("spoke_to", person="officer", done=False), NFA, "silent"),
        ("talked over with an officer", BY_NURSE, {**NFA, "discussed_with": ["officer"]}, "nothing"),
        ("the police went there", BY_NURSE.then("police_check", status="attended"), NFA, "nothing"),
        (
            "asked, no answer, and no reason",
            BY_NURSE.then("check", agency="police", status="asked"),
            {"outcome": "no_further_action"},
            "said",
        ),
        (
            "asked, and the manager says why it cannot wait",
            BY_NURSE.then("check", agency="police", status="asked"),
            NFA,
            "nothing",
        ),
        ("no reply counts as asked", BY_NURSE.then("check", agency="police", status="no_reply"), NFA, "nothing"),
        ("a school child, and the school was not asked", told(OLD, "police"), NFA, "part"),
        ("a school child, and the school answered", told(OLD, "police", "school"), NFA, "nothing"),
        ("a school child that no school knows", without_a_school(told(OLD, "police")), NFA, "nothing"),
        (
            "a midwife's visit is no answer",
            told(referred(), "police").then("visit", "nurse", access="granted"),
            NFA,
            "part",
        ),
        ("two of three not asked", told(OLD_BY_PUBLIC, "police"), NFA, "silent"),
        ("two of three left to the assessment", told(OLD_BY_PUBLIC, "police"), ASSESS, "part"),
        ("protection first", BY_NURSE, {"outcome": "strategy_discussion"}, "nothing"),
        ("before an assessment as well", BY_NURSE, ASSESS, "silent"),
    ),
)
def test_agencies_are_asked(before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(AGENCIES, "decision", "triage", **event) == verdict


def test_an_agency_of_which_nobody_appears_is_known_by_its_kind() -> None:
    before = referred("nurse").then("check", agency="west_police", status="replied")
    named = replace(before.family, agencies={"west_police": Agency("west_police", AgencyKind.POLICE)})

    assert before.verdict(AGENCIES, "decision", **NFA) == "silent"
    assert replace(before, family=named).verdict(AGENCIES, "decision", **NFA) == "nothing"


@pytest.mark.parametrize(
    ("before", "event", "verdict"),
    table(
        ("read, and not heard", referred(channel="form"), NFA, "silent"),
        ("spoken to", referred().then("spoke_to", person="teacher"), NFA, "nothing"),
        ("one attempt", referred().then("attempt", person="teacher"), NFA, "silent"),
        ("two attempts", referred().then("attempt", person="teacher", times=2), NFA, "nothing"),
        ("rang in person", referred(channel="phone"), NFA, "nothing"),
        ("a police notification", referred("officer", channel="police_notification"), NFA, "nothing"),
        ("discussed with", referred(), {**NFA, "discussed_with": ["teacher"]}, "nothing"),
        ("their agency answered", told(referred(), "school"), NFA, "nothing"),
        ("told, but not heard", referred(), {**NFA, "told_referrer": True}, "silent"),
        ("referring again is not being heard", referred().then("contact", "teacher"), NFA, "silent"),
        ("a neighbour without a name", referred(by=None), NFA, "nothing"),
        ("a relative with one", referred("grandfather"), NFA, "silent"),
        ("social care itself", referred("worker"), NFA, "nothing"),
        ("protective", referred(), {"outcome": "strategy_discussion"}, "nothing"),
        ("another contact is decided", referred(), {**NFA, "for": ["another"]}, "nothing"),
        ("photographs are still to come", referred(channel="phone", arrived="2026-03-20"), NFA, "said"),
        ("photographs have come", referred(channel="phone", arrived="2026-03-10"), NFA, "nothing"),
    ),
)
def test_the_referrer_is_heard(before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(REFERRER, "decision", "triage", **event) == verdict


BOTH = family(referred())
MOTHER = BOTH.then("spoke_to", "triage", person="mother")
AT_HOME = (("mother", "household", "child"),)


@pytest.mark.parametrize(
    ("before", "event", "verdict"),
    table(
        ("the review: he was not asked", MOTHER.then("spoke_to", person="father", done=False), NFA, "said"),
        ("and an assessment does not mend that", MOTHER.then("spoke_to", person="father", done=False), ASSESS, "said"),
        ("nobody was heard", BOTH, NFA, "silent"),
        ("one of two", MOTHER, NFA, "part"),
        ("nobody was heard before advice", BOTH, {"outcome": "information_and_advice"}, "silent"),
        ("nobody was heard before early help", BOTH, {"outcome": "early_help"}, "silent"),
        ("an assessment will hear them", BOTH, ASSESS, "part"),
        ("an assessment will hear the other", MOTHER, ASSESS, "nothing"),
        ("both", MOTHER.then("spoke_to", person="father"), NFA, "nothing"),
        ("not asked, for a reason", MOTHER.then("spoke_to", person="father", done=False, reason=True), NFA, "nothing"),
        ("rung twice", MOTHER.then("attempt", person="father").then("attempt", person="father"), NFA, "nothing"),
        ("he refers himself", referred("father"), {**NFA, "discussed_with": ["mother"]}, "nothing"),
        ("social care was let in", BOTH.then("visit", "worker", access="granted"), NFA, "nothing"),
        ("social care was kept out", BOTH.then("visit", "worker", access="denied"), NFA, "silent"),
        ("somebody else was let in", BOTH.then("visit", "nurse", access="granted"), NFA, "silent"),
        ("he lives elsewhere", family(referred(), *AT_HOME).then("spoke_to", person="mother"), NFA, "nothing"),
        (
            "a new partner has moved in",
            MOTHER.then("spoke_to", person="father").then("household", what="new_partner", person="man"),
            NFA,
            "part",
        ),
        ("he has left", MOTHER.then("household", what="left", person="father"), NFA, "nothing"),
        (
            "he may be violent, and it is assessed",
            family(referred("officer", "domestic_abuse")).then("spoke_to", person="mother"),
            ASSESS,
            "nothing",
        ),
        (
            "he may be violent, and nothing is opened",
            family(referred("officer", "domestic_abuse")).then("spoke_to", person="mother"),
            NFA,
            "part",
        ),
        (
            "a relative spoke for him",
            family(referred(), needs="interpreter_needed")
            .then("spoke_to", person="mother")
            .then("spoke_to", person="father", interpreter="family"),
            NFA,
            "part",
        ),
        (
            "an interpreter did",
            family(referred(), needs="interpreter_needed")
            .then("spoke_to", person="mother")
            .then("spoke_to", person="father", interpreter="independent"),
            NFA,
            "nothing",
        ),
        ("a review is silent before an assessment", family(referred(), silence_unknown=True), ASSESS, "nothing"),
        ("protection first", BOTH, {"outcome": "strategy_discussion"}, "nothing"),
        (
            "the review: they contradict each other",
            MOTHER.then("spoke_to", person="father", account="conflicting"),
            NFA,
            "said",
        ),
        (
            "they did, and were asked again",
            MOTHER.then("spoke_to", person="father", account="conflicting").then(
                "spoke_to", person="mother", account="consistent"
            ),
            NFA,
            "nothing",
        ),
        (
            "the assessment will weigh them",
            MOTHER.then("spoke_to", person="father", account="conflicting"),
            ASSESS,
            "nothing",
        ),
    ),
)
def test_those_who_care_for_the_child_are_heard(before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(CARERS, "decision", "triage", **event) == verdict
