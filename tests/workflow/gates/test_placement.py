"""Where a child goes to live: back to whoever may have hurt it, and to family a parent has chosen."""

from dataclasses import replace
from typing import Any

import pytest

from models.facts import Link, Person, Practitioner
from models.vocabulary import PractitionerKind
from tests.support.stories import Story, referred, table
from workflow.gates.placement import KIN, RETURN_HOME


def peopled(told: Story) -> Story:
    """Add an aunt, who lives with her partner, a friend of the family, a head of service and a foster carer."""
    people = {name: Person(name, False) for name in ("aunt", "uncle")} | dict(told.family.people)
    chief = Practitioner("chief", PractitionerKind.HEAD_OF_SERVICE, told.family.practitioners["worker"].agency)
    carer = Practitioner("carer", PractitionerKind.FOSTER_CARER)
    friend = Practitioner("friend", PractitionerKind.MEMBER_OF_PUBLIC)
    known = {**told.family.practitioners, "chief": chief, "carer": carer, "friend": friend}
    links = (*told.family.links, Link("aunt", "relative", "child"), Link("uncle", "partner", "aunt"))
    return replace(told, family=replace(told.family, people=people, practitioners=known, links=links))


HURT = peopled(referred("doctor", "unexplained_injury", at="2026-02-02T09:30").wait(days=20))
HOME: dict[str, Any] = {"what": "returned_home", "person": "child", "with": "mother"}
PLAN = {"which": "child_protection", "status": "started"}
EVERYBODY: dict[str, Any] = {"which": "initial", "attended": ["chief", "officer", "doctor", "worker"]}
CONFERRED = HURT.then("conference", "chief", **EVERYBODY)
AGREED = CONFERRED.then("plan", "worker", **PLAN)
REMOVED = peopled(referred("teacher").then("order", what="police_protection", status="made"))
AWAY = HURT.then("household", what="placed", person="child", with_="aunt")


@pytest.mark.parametrize(
    ("before", "event", "verdict"),
    table(
        ("the review: home after an injury nobody explained", HURT, HOME, "silent"),
        ("decided above the team, everybody heard, a plan", AGREED, HOME, "nothing"),
        ("no plan of visits", CONFERRED, HOME, "silent"),
        ("a safety plan", CONFERRED.then("safety_plan", "worker", status="made"), HOME, "nothing"),
        ("the police were not heard", HURT.then("conference", "chief", which="initial", attended=["doctor"]).then("plan", **PLAN), HOME, "silent"),
        ("the police answered a check", HURT.then("conference", "chief", which="initial", attended=["doctor"]).then("plan", **PLAN).then("check", agency="police", status="replied"), HOME, "nothing"),
        ("a team's own manager", HURT.then("meeting", "manager", which="professionals", attended=["officer", "doctor"]).then("plan", **PLAN), HOME, "silent"),
        ("a meeting that fell out", HURT.then("meeting", "chief", status="cancelled", attended=["officer", "doctor"]).then("plan", **PLAN), HOME, "silent"),
        ("signed higher up in the assessment", HURT.then("assessment", "worker", status="completed", manager="chief", views={"officer": "agree", "doctor": "agree"}).then("plan", **PLAN), HOME, "nothing"),
        ("whoever cared for the child was not heard", AWAY.then("conference", "chief", **EVERYBODY).then("plan", **PLAN), HOME, "silent"),
        ("whoever cared for the child was heard", AWAY.then("conference", "chief", **EVERYBODY).then("plan", **PLAN).then("spoke_to", "worker", person="aunt"), HOME, "nothing"),
        ("a court ended the order", HURT.then("order", what="interim_care", status="made").then("order", what="interim_care", status="ended"), HOME, "nothing"),
        ("the order still stands", HURT.then("order", what="interim_care", status="made"), HOME, "silent"),
        ("a doctor explained it", HURT.then("medical", "doctor", what="clinician_report", finding="explained"), HOME, "nothing"),
        ("a doctor was not sure", HURT.then("medical", "doctor", what="clinician_report", finding="inconclusive"), HOME, "silent"),
        ("nobody was hurt", peopled(referred("teacher", "missing")), HOME, "nothing"),
        ("after police protection", REMOVED, HOME, "silent"),
        ("placed with the parent again", HURT, {"what": "placed", "person": "child", "with": "mother"}, "silent"),
        ("somebody else comes home", HURT, {"what": "returned_home", "person": "mother"}, "nothing"),
        ("decided before the child was hurt", peopled(referred("teacher").then("conference", "chief", **EVERYBODY).then(
            "plan", "worker", **PLAN).then("concern", "doctor", concerns=["unexplained_injury"])), HOME, "silent"),
        ("moved to another address", HURT, {"what": "moved_address", "person": "child", "with": "mother"}, "nothing"),
        ("to live with the mother in another way", HURT, {"what": "joined", "person": "child", "with": "mother"}, "nothing"),
        ("nobody says to whom", HURT.then("incident", what="assault", involving=["uncle"]),
         {"what": "returned_home", "person": "child"}, "silent"),
        ("hurt by nobody in particular, and to the aunt", HURT, {**HOME, "with": "aunt"}, "silent"),
        ("hurt by the uncle, and to the uncle", HURT.then("incident", what="assault", involving=["uncle"]),
         {**HOME, "with": "uncle"}, "silent"),
        ("nobody knew", HURT, {**HOME, "known": False}, "nothing"),
        ("hurt by somebody else, and home", HURT.then("incident", what="assault", involving=["uncle"]), {**HOME, "with": "aunt"}, "nothing"),
    ),
)  # fmt: skip
def test_a_child_goes_home(before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(RETURN_HOME, "household", "worker", **event) == verdict


CALM = peopled(referred("teacher"))
AUNT: dict[str, Any] = {"what": "placed", "person": "child", "with": "aunt"}
CHECKED = CALM.then("check", agency="police", person="aunt", status="replied").then(
    "check", agency="police", person="uncle", status="replied"
)
SEEN = CHECKED.then("visit", "worker", access="granted", with_=["aunt"])
DECIDED = SEEN.then("meeting", "manager", which="legal_planning", status="held")


@pytest.mark.parametrize(
    ("before", "event", "verdict"),
    table(
        ("the review: nothing was looked at", CALM, AUNT, "silent"),
        ("checked, visited and decided", DECIDED, AUNT, "nothing"),
        ("nobody decided", SEEN, AUNT, "part"),
        ("a manager gave it to somebody to assess", SEEN.then("allocated", "manager", to="worker"), AUNT, "nothing"),
        ("a manager made the plan for the night", SEEN.then("safety_plan", "manager", status="made"), AUNT, "nothing"),
        ("a manager ended a plan", SEEN.then("safety_plan", "manager", status="ended"), AUNT, "part"),
        ("the police took the child out that night", CALM.then("order", what="police_protection", status="made"), AUNT, "part"),
        ("nobody went there", CHECKED.then("meeting", "manager", which="professionals"), AUNT, "silent"),
        ("talked to at length", CHECKED.then("spoke_to", "worker", person="aunt").then("meeting", "manager"), AUNT, "nothing"),
        ("the other adult there was not checked", CALM.then("check", agency="police", person="aunt", status="replied").then("visit", "worker", access="granted").then("meeting", "manager"), AUNT, "silent"),
        ("asked, and not answered", CALM.then("check", agency="police", person="aunt", status="asked").then("visit", "worker", access="granted").then("meeting", "manager"), AUNT, "silent"),
        ("decided in a discussion", SEEN.then("strategy_discussion", "manager", decision="section47_joint"), AUNT, "nothing"),
        ("decided long ago", DECIDED.wait(days=30), AUNT, "silent"),
        ("decided by a court", CALM.then("order", what="interim_care", status="made"), AUNT, "nothing"),
        ("with foster carers", CALM, {**AUNT, "with": "carer"}, "nothing"),
        ("with a friend of the family", CALM, {**AUNT, "with": "friend"}, "silent"),
        ("somebody else is placed", CALM, {**AUNT, "person": "mother"}, "nothing"),
        ("nobody says who is placed", CALM, {"what": "placed", "with": "aunt"}, "silent"),
        ("the aunt moves, the child with her", CALM, {**AUNT, "what": "moved_address"}, "nothing"),
        ("the nurse alone went there", CHECKED.then("visit", "nurse", access="granted").then("meeting", "manager"), AUNT, "silent"),
        ("nobody opened", CHECKED.then("visit", "worker", access="no_reply").then("meeting", "manager"), AUNT, "silent"),
        ("the aunt could not be spoken to", CHECKED.then("spoke_to", "worker", person="aunt", done=False).then("meeting", "manager"), AUNT, "silent"),
        ("the mother was spoken to", CHECKED.then("spoke_to", "worker", person="mother").then("meeting", "manager"), AUNT, "silent"),
        ("visited at that address", CHECKED.then("visit", "worker", access="granted", address="2 Elm Road").then("meeting", "manager"), {**AUNT, "address": "2 Elm Road"}, "nothing"),
        ("visited at another address", CHECKED.then("visit", "worker", access="granted", address="1 Oak Road").then("meeting", "manager"), {**AUNT, "address": "2 Elm Road"}, "silent"),
        ("visited at some address, and nobody says where it is placed", CHECKED.then("visit", "worker", access="granted", address="1 Oak Road").then("meeting", "manager"), AUNT, "nothing"),
        ("met at another address", CHECKED.then("visit", "worker", access="granted", address="1 Oak Road", with_=["uncle"]).then("meeting", "manager"), {**AUNT, "address": "2 Elm Road"}, "nothing"),
        ("somebody else met at another address", CHECKED.then("visit", "worker", access="granted", address="1 Oak Road", with_=["mother"]).then("meeting", "manager"), {**AUNT, "address": "2 Elm Road"}, "silent"),
        ("the uncle's own home, checked the same way", DECIDED, {**AUNT, "with": "uncle"}, "nothing"),
        ("a man who shares the home was not checked", DECIDED.with_adult("lodger", "household", "aunt"), AUNT, "silent"),
        ("a sister of the aunt's lives elsewhere", DECIDED.with_adult("other", "sister", "aunt"), AUNT, "nothing"),
        ("the mother lives there too, and is no kin to be checked", DECIDED.with_adult("mother", "household", "aunt"), AUNT, "nothing"),
        ("with a parent", CALM, {**AUNT, "with": "mother"}, "nothing"),
        ("nobody says with whom", CALM, {"what": "placed", "person": "child"}, "nothing"),
        ("the aunt moves in", CALM, {"what": "joined", "person": "aunt"}, "nothing"),
        ("nobody knew", CALM, {**AUNT, "known": False}, "nothing"),
    ),
)  # fmt: skip
def test_a_child_is_placed_with_family(before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(KIN, "household", "worker", **event) == verdict


def test_who_and_what_is_missing_is_said() -> None:
    found = CALM.findings(KIN, "household", "worker", **AUNT)[0]

    assert "aunt, checks on uncle, a visit to the home, a manager's decision" in found.missing
