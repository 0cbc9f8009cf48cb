"""What the gates of the front door let through, and what not."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.gates.front_door import AGENCIES_INVOLVED, DEFER_NOT_CLOSE, RATING_FLOOR, RECENT_CLOSURE
from workflow.gates.front_door_evidence import ATTACHMENTS, DIVERSION, EVERY_CONCERN, HAS_REASON, ONE_LEAD
from workflow.gates.front_door_signed import MANAGER_SIGNS
from workflow.rule import Gate

BABY = referred("worker", "pain", born="2026-02-01")
RED = referred().then("grade", "triage", grade="red", reason=True)
PHOTOGRAPHS = referred("key_worker", attachments=11)
GRADED = referred().then("grade", "triage", grade="amber")
NFA = {"outcome": "no_further_action"}
BY_MANAGER = {**NFA, "by": "hub_manager", "manager": "hub_manager"}
EARLY_HELP = {"outcome": "early_help"}


@pytest.mark.parametrize(
    ("before", "event", "verdict"),
    table(
        ("a first colour needs nothing", referred(), {"grade": "green"}, "nothing"),
        ("the review: a baby in pain left at amber", BABY, {"grade": "amber"}, "said"),
        ("a baby in pain at red", BABY, {"grade": "red"}, "nothing"),
        ("lower, without reason or second person", RED, {"grade": "amber"}, "silent"),
        ("lower, by oneself", RED, {"grade": "amber", "reason": True, "second_person": "triage"}, "said"),
        ("lower, with another", RED, {"grade": "amber", "reason": True, "second_person": "hub_manager"}, "nothing"),
        ("the same colour again", RED, {"grade": "red"}, "nothing"),
    ),
)
def test_a_grade(before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(RATING_FLOOR, "grade", "triage", **event) == verdict


@pytest.mark.parametrize(
    ("gate", "before", "event", "verdict"),
    table(
        ("no manager", MANAGER_SIGNS, referred(), NFA, "silent"),
        ("the manager wrote it", MANAGER_SIGNS, referred(), {**NFA, "manager": "triage"}, "said"),
        ("whoever agrees is no manager", MANAGER_SIGNS, referred(), {**NFA, "manager": "worker"}, "said"),
        (
            "a head of another agency is no manager here",
            MANAGER_SIGNS,
            referred(),
            {**NFA, "manager": "coordinator"},
            "said",
        ),
        ("a manager of whom nothing is told", MANAGER_SIGNS, referred(), {**NFA, "manager": "somebody"}, "nothing"),
        ("another manager", MANAGER_SIGNS, referred(), {**NFA, "manager": "hub_manager"}, "nothing"),
        ("a worker graded, and the manager decided", MANAGER_SIGNS, GRADED, BY_MANAGER, "nothing"),
        ("a manager's name on the decision is enough", MANAGER_SIGNS, GRADED, {**NFA, "by": "hub_manager"}, "nothing"),
        (
            "a worker talked it over with the manager",
            MANAGER_SIGNS,
            referred(),
            {**BY_MANAGER, "discussed_with": ["triage"]},
            "nothing",
        ),
        ("nobody but the manager had it in hand", MANAGER_SIGNS, referred(), BY_MANAGER, "said"),
        (
            "the referrer prepares no decision",
            MANAGER_SIGNS,
            referred().then("spoke_to", "teacher", person="mother"),
            BY_MANAGER,
            "said",
        ),
        (
            "the live author put it before the manager",
            MANAGER_SIGNS,
            referred(live=True).then("grade", "triage", grade="amber"),
            BY_MANAGER,
            "said",
        ),
        (
            "a review tells little of an assessment",
            MANAGER_SIGNS,
            referred(silence_unknown=True),
            {**BY_MANAGER, "outcome": "assessment"},
            "nothing",
        ),
        ("protection waits for nobody", MANAGER_SIGNS, referred(), {"outcome": "strategy_discussion"}, "nothing"),
        ("the review: closed lately", RECENT_CLOSURE, referred(), {**NFA, "reason_code": "recently_closed"}, "said"),
        (
            "closed lately, and assessed",
            RECENT_CLOSURE,
            referred(),
            {"outcome": "assessment", "reason_code": "recently_closed"},
            "nothing",
        ),
        (
            "the review: too early",
            DEFER_NOT_CLOSE,
            referred(),
            {**NFA, "reason_code": "too_early_in_pregnancy"},
            "said",
        ),
        (
            "too early, put off to a day",
            DEFER_NOT_CLOSE,
            referred(),
            {"outcome": "deferred", "reason_code": "too_early_in_pregnancy", "until": "2026-04-01"},
            "nothing",
        ),
        (
            "too early, put off to no day",
            DEFER_NOT_CLOSE,
            referred(),
            {"outcome": "deferred", "reason_code": "too_early_in_pregnancy"},
            "silent",
        ),
        (
            "others are involved, so nothing",
            AGENCIES_INVOLVED,
            referred(),
            {**NFA, "reason_code": "agencies_already_involved"},
            "said",
        ),
        (
            "others are involved, and assessed",
            AGENCIES_INVOLVED,
            referred(),
            {"outcome": "assessment", "reason_code": "agencies_already_involved"},
            "nothing",
        ),
        (
            "a worker holds the case, and assesses",
            AGENCIES_INVOLVED,
            referred().then("allocated", to="worker").then("assessment", status="started").then("contact", "nurse"),
            {**NFA, "reason_code": "agencies_already_involved"},
            "nothing",
        ),
        (
            "somebody is to assess, and nobody holds the case",
            AGENCIES_INVOLVED,
            referred().then("assessment", status="started").then("contact", "nurse"),
            {**NFA, "reason_code": "agencies_already_involved"},
            "said",
        ),
        (
            "below the threshold is another reason",
            AGENCIES_INVOLVED,
            referred(),
            {**NFA, "reason_code": "other"},
            "nothing",
        ),
    ),
)
def test_a_decision_is_signed_and_not_for_a_reason_that_bars(
    gate: Gate, before: Story, event: dict[str, Any], verdict: str
) -> None:
    given = dict(event)
    assert before.verdict(gate, "decision", given.pop("by", "triage"), **given) == verdict


@pytest.mark.parametrize(
    ("gate", "before", "event", "verdict"),
    table(
        ("the review: no concern answered", EVERY_CONCERN, referred("teacher", "safe_sleep"), NFA, "silent"),
        (
            "left to an assessment, for a reason",
            EVERY_CONCERN,
            referred(),
            {"outcome": "assessment", "reason": True},
            "part",
        ),
        ("left to an assessment, for none", EVERY_CONCERN, referred(), {"outcome": "assessment"}, "silent"),
        (
            "live: early help is named as the lead",
            DIVERSION,
            referred(live=True),
            {**EARLY_HELP, "lead": "coordinator"},
            "silent",
        ),
        (
            "a story names early help as the lead",
            DIVERSION,
            referred(),
            {**EARLY_HELP, "lead": "coordinator"},
            "nothing",
        ),
        ("a story names another service as the lead", DIVERSION, referred(), {**EARLY_HELP, "lead": "nurse"}, "silent"),
        ("answered", EVERY_CONCERN, referred(), {**NFA, "answers": {"neglect": "unknown"}}, "nothing"),
        (
            "unknown, and nobody left to find out",
            EVERY_CONCERN,
            referred(live=True),
            {**NFA, "answers": {"neglect": "unknown"}},
            "said",
        ),
        (
            "unknown, and early help to find out by itself",
            EVERY_CONCERN,
            referred(live=True),
            {"outcome": "early_help", "answers": {"neglect": "unknown"}},
            "said",
        ),
        (
            "unknown, and an assessment to find out",
            EVERY_CONCERN,
            referred(live=True),
            {"outcome": "assessment", "answers": {"neglect": "unknown"}},
            "nothing",
        ),
        (
            "one of two",
            EVERY_CONCERN,
            referred("teacher", "neglect", "weight"),
            {**NFA, "answers": {"weight": "confirmed"}},
            "said",
        ),
        ("put off, so not yet", EVERY_CONCERN, referred(), {"outcome": "deferred"}, "nothing"),
        ("protection first", EVERY_CONCERN, referred(), {"outcome": "strategy_discussion"}, "nothing"),
        ("of another contact", EVERY_CONCERN, referred(), {**NFA, "for": ["another"]}, "nothing"),
        ("decided before", EVERY_CONCERN, referred().then("decision", outcome="assessment"), NFA, "nothing"),
        ("the review: eleven photographs", ATTACHMENTS, PHOTOGRAPHS, NFA, "silent"),
        ("opened", ATTACHMENTS, PHOTOGRAPHS.then("reviewed_evidence", "triage", for_=["first"]), NFA, "nothing"),
        ("others were opened", ATTACHMENTS, PHOTOGRAPHS.then("reviewed_evidence", for_=["another"]), NFA, "silent"),
        ("nothing came with it", ATTACHMENTS, referred(), NFA, "nothing"),
        ("no reason", HAS_REASON, referred(), NFA, "silent"),
        ("a reason denied", HAS_REASON, referred(), {**NFA, "reason": False}, "said"),
        ("a reason", HAS_REASON, referred(), {**NFA, "reason": True}, "nothing"),
        ("a coded reason", HAS_REASON, referred(), {**NFA, "reason_code": "duplicate"}, "nothing"),
        ("a code that says nothing", HAS_REASON, referred(), {**NFA, "reason_code": "other"}, "silent"),
        ("nobody leads", ONE_LEAD, referred(), EARLY_HELP, "silent"),
        ("somebody leads", ONE_LEAD, referred(), {**EARLY_HELP, "lead": "key_worker"}, "nothing"),
        ("an assessment has its worker", ONE_LEAD, referred(), {"outcome": "assessment"}, "nothing"),
        ("the review: no talk with early help", DIVERSION, referred(), {**EARLY_HELP, "discussed_with": []}, "said"),
        ("a talk not mentioned", DIVERSION, referred(), EARLY_HELP, "silent"),
        ("a talk with others", DIVERSION, referred(), {**EARLY_HELP, "discussed_with": ["teacher"]}, "said"),
        (
            "a talk with the nurse who is to lead it",
            DIVERSION,
            referred(),
            {**EARLY_HELP, "discussed_with": ["nurse"], "lead": "nurse"},
            "nothing",
        ),
        (
            "the nurse at work with the family is to lead it, and was not asked",
            DIVERSION,
            referred().then("visit", "nurse", access="granted"),
            {**EARLY_HELP, "lead": "nurse"},
            "silent",
        ),
        (
            "a nurse nobody has spoken to is to lead it",
            DIVERSION,
            referred(),
            {**EARLY_HELP, "lead": "nurse"},
            "silent",
        ),
        (
            "early help has accepted",
            DIVERSION,
            referred().then("early_help", status="accepted"),
            EARLY_HELP,
            "nothing",
        ),
        (
            "early help sat in the meeting",
            DIVERSION,
            referred().then("meeting", which="professionals", attended=["coordinator"]),
            EARLY_HELP,
            "nothing",
        ),
        (
            "early help could not be reached",
            DIVERSION,
            referred().then("spoke_to", person="coordinator", done=False),
            EARLY_HELP,
            "silent",
        ),
        ("a talk with early help", DIVERSION, referred(), {**EARLY_HELP, "discussed_with": ["coordinator"]}, "nothing"),
    ),
)
def test_a_decision_answers_what_came(gate: Gate, before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(gate, "decision", "triage", **event) == verdict
