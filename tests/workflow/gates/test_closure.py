"""What the gates of the closure let through, and what not."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.gates.closure import AGENCY_VOTE, AUTHORISED, INDEPENDENT, TOLD_FIRST
from workflow.gates.closure_chronology import CHRONOLOGY
from workflow.gates.closure_risks import CHALLENGES, CONDITIONS, NEW_RISK
from workflow.rule import Gate

WHOLE = {"manager": "manager", "summary": True, "outcomes_evidenced": True}
AGREE = {"views": {"teacher": "agree"}}
AGAINST = {"views": {"teacher": "disagree"}}
HELD = referred().then("allocated", to="manager")
READ = referred().then("chronology_seen", "manager")
HELPED = referred().then("allocated", "coordinator", to="coordinator").then("early_help", status="started")
CONDITION = referred().then("condition", named="two_visits", status="set")
RAISED = referred().then("disagreement", "teacher", with_="decision", status="raised", stage=1)
SETTLED = RAISED.then("disagreement", "manager", with_="decision", status="resolved")
DECIDED = referred().then("decision", outcome="assessment")
LIVE = referred(live=True).then("decision", named="d", outcome="assessment")
TOLD = LIVE.then("told", of="d", who="teacher")
PROPOSED = referred(live=True).then("closure_proposed", "worker")
BY_MANAGER = referred(live=True).then("closure_proposed", "manager", holder="worker")
HELD_THEN = referred(live=True).then("closure_proposed", "worker", holder="manager")
WORKED = referred().then("allocated", to="worker")
SIGNED = {**WHOLE, "by": "manager"}
GIVEN_AWAY = PROPOSED.then("allocated", to="manager").then("allocated", ended="manager").then("allocated", to="worker")


@pytest.mark.parametrize(
    ("gate", "before", "event", "verdict"),
    table(
        ("authorised on evidence", AUTHORISED, referred(), WHOLE, "nothing"),
        ("the review: no manager at all", AUTHORISED, referred(), {}, "silent"),
        ("the review: on a manager's word", AUTHORISED, referred(), {**WHOLE, "outcomes_evidenced": False}, "said"),
        (
            "a child who died",
            AUTHORISED,
            referred(),
            {"manager": "manager", "summary": True, "reason_code": "died"},
            "nothing",
        ),
        ("nothing was decided yet", TOLD_FIRST, referred(live=True), WHOLE, "nothing"),
        ("the referrer was not told", TOLD_FIRST, LIVE, WHOLE, "said"),
        ("the referrer was told", TOLD_FIRST, TOLD, WHOLE, "nothing"),
        (
            "told of one decision and not of the next",
            TOLD_FIRST,
            TOLD.then("decision", outcome="deferred"),
            WHOLE,
            "said",
        ),
        ("somebody else was told", TOLD_FIRST, LIVE.then("told", of="d", who="nurse"), WHOLE, "said"),
        ("the child died", TOLD_FIRST, LIVE, {**WHOLE, "reason_code": "died"}, "nothing"),
        ("a story tells it its own way", TOLD_FIRST, DECIDED, WHOLE, "nothing"),
        ("signed by another", INDEPENDENT, referred(), WHOLE, "nothing"),
        ("signed by the writer", INDEPENDENT, referred(), {"manager": "worker"}, "said"),
        ("signed by the holder", INDEPENDENT, HELD, WHOLE, "said"),
        ("the manager's name alone, nobody else at work", INDEPENDENT, referred(), SIGNED, "said"),
        ("the manager's signature to what a worker holds", INDEPENDENT, WORKED, SIGNED, "nothing"),
        (
            "to what a worker held, and holds no more",
            INDEPENDENT,
            WORKED.then("allocated", ended="worker"),
            SIGNED,
            "said",
        ),
        ("to what a worker assessed", INDEPENDENT, referred().then("assessment", "worker"), SIGNED, "nothing"),
        ("to a worker's plan", INDEPENDENT, referred().then("plan", "worker"), SIGNED, "nothing"),
        ("to the manager's own assessment", INDEPENDENT, referred().then("assessment", "manager"), SIGNED, "said"),
        ("to what a relative is said to hold", INDEPENDENT, referred().then("allocated", to="mother"), SIGNED, "said"),
        ("a manager who holds it with a worker", INDEPENDENT, WORKED.then("allocated", to="manager"), SIGNED, "said"),
        (
            "live: the signature is a record of its own",
            INDEPENDENT,
            referred(live=True).then("allocated", to="worker"),
            SIGNED,
            "said",
        ),
        ("live: signed by who owned it all along", INDEPENDENT, PROPOSED, {**WHOLE, "holder": "manager"}, "said"),
        ("live: signed by who put it forward", INDEPENDENT, BY_MANAGER, WHOLE, "said"),
        ("live: signed by who held it when it was put forward", INDEPENDENT, HELD_THEN, WHOLE, "said"),
        ("live: given away just before signing", INDEPENDENT, GIVEN_AWAY, WHOLE, "said"),
        ("live: signed by somebody else", INDEPENDENT, HELD_THEN, {**WHOLE, "manager": "second_manager"}, "nothing"),
        ("taken off the case before", INDEPENDENT, HELD.then("allocated", ended="manager"), WHOLE, "nothing"),
        ("the review: nobody asked", AGENCY_VOTE, referred(), {}, "silent"),
        ("found to be nobody", AGENCY_VOTE, referred(), {"views": {}}, "said"),
        ("everybody asked", AGENCY_VOTE, referred(), AGREE, "nothing"),
        ("no view is a view", AGENCY_VOTE, referred(), {"views": {"teacher": "none"}}, "nothing"),
        ("one of two", AGENCY_VOTE, referred().then("visit", "nurse"), AGREE, "part"),
        ("one of three", AGENCY_VOTE, referred().then("visit", "nurse").then("visit", "officer"), AGREE, "silent"),
        ("the engine asked both of them", AGENCY_VOTE, referred(live=True).then("visit", "nurse"), AGREE, "silent"),
        ("whoever signs has agreed", AGENCY_VOTE, referred(), {"manager": "teacher"}, "nothing"),
        (
            "no longer at work",
            AGENCY_VOTE,
            referred().then("involvement", who="teacher", status="ended"),
            {},
            "nothing",
        ),
        ("against it", AGENCY_VOTE, referred(), AGAINST, "said"),
        ("against it, and raised", AGENCY_VOTE, RAISED, AGAINST, "said"),
        ("against it, and settled", AGENCY_VOTE, SETTLED, AGAINST, "nothing"),
        (
            "somebody else's was settled",
            AGENCY_VOTE,
            SETTLED,
            {"views": {"teacher": "agree", "nurse": "disagree"}},
            "said",
        ),
        ("chronology read by who signs", CHRONOLOGY, READ, WHOLE, "nothing"),
        ("read the day before", CHRONOLOGY, READ.wait(days=1), WHOLE, "part"),
        ("read weeks before", CHRONOLOGY, READ.wait(days=14), WHOLE, "part"),
        ("read months before", CHRONOLOGY, READ.wait(days=60), WHOLE, "silent"),
        ("read by somebody else", CHRONOLOGY, referred().then("chronology_seen", "triage"), WHOLE, "part"),
        ("early help alone ends", CHRONOLOGY, HELPED, WHOLE, "nothing"),
        ("a social worker had it too", CHRONOLOGY, HELPED.then("visit", "worker"), WHOLE, "silent"),
        ("not read", CHRONOLOGY, referred(), WHOLE, "silent"),
        ("a condition not yet met", CONDITIONS, CONDITION, WHOLE, "silent"),
        (
            "the review: missed",
            CONDITIONS,
            CONDITION.then("condition", named="two_visits", status="missed"),
            WHOLE,
            "said",
        ),
        (
            "a condition met",
            CONDITIONS,
            CONDITION.then("condition", named="two_visits", status="met"),
            WHOLE,
            "nothing",
        ),
        ("nothing new", NEW_RISK, DECIDED, WHOLE, "nothing"),
        ("a new contact", NEW_RISK, DECIDED.then("contact", "nurse"), WHOLE, "said"),
        (
            "the review: heard on a visit",
            NEW_RISK,
            DECIDED.then("visit", "nurse", concerns=["homelessness"]),
            WHOLE,
            "said",
        ),
        ("a calm visit", NEW_RISK, DECIDED.then("visit", "nurse"), WHOLE, "nothing"),
        ("a pregnancy", NEW_RISK, DECIDED.then("household", what="pregnancy_known"), WHOLE, "said"),
        ("nobody knew", NEW_RISK, DECIDED.then("household", what="pregnancy_known", known=False), WHOLE, "nothing"),
        (
            "weighed in a meeting",
            NEW_RISK,
            DECIDED.then("contact", "nurse").then("meeting", status="held"),
            WHOLE,
            "nothing",
        ),
        ("after it was put forward", NEW_RISK, PROPOSED.then("visit", "nurse", concerns=["neglect"]), WHOLE, "said"),
        (
            "put forward again",
            NEW_RISK,
            PROPOSED.then("contact", "nurse").then("closure_proposed", "worker"),
            WHOLE,
            "nothing",
        ),
        ("challenged", CHALLENGES, RAISED, WHOLE, "said"),
        ("settled", CHALLENGES, SETTLED, WHOLE, "nothing"),
        ("withdrawn", CHALLENGES, RAISED.then("disagreement", with_="decision", status="withdrawn"), WHOLE, "nothing"),
        ("never challenged", CHALLENGES, referred(), WHOLE, "nothing"),
    ),
)
def test_a_closure(gate: Gate, before: Story, event: dict[str, Any], verdict: str) -> None:
    assert before.verdict(gate, "closure", **{"by": "worker", **event}) == verdict
