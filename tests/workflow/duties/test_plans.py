"""What ought to be done about agreements, contingencies, lost controls and meetings, and what nobody did."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.contingency import preterm
from workflow.duties.plan_controls import MEETING, MONITORING
from workflow.duties.plans import AGREEMENT, CONTINGENCY
from workflow.rule import Duty

NO_REPLY: dict[str, Any] = {"access": "no_reply", "child_seen": False}
SEEN: dict[str, Any] = {"access": "granted", "child_seen": True}
BROKEN = referred().then("agreement", status="made", clauses=["visits"]).then("agreement", status="breached")
PLANNED = referred().then(
    "plan",
    "worker",
    which="child_in_need",
    status="started",
    contingencies=[
        {"when": "access_denied", "then": ["police_check", "strategy_discussion"]},
        {"when": "non_attendance", "then": ["legal_advice"]},
    ],
)
SHUT = PLANNED.then("visit", "worker", **NO_REPLY)
ABSENT = PLANNED.then("appointment", "doctor", what="paediatric", outcome="was_not_brought")
BARE = referred().then("plan", "worker", which="child_in_need", status="started")


@pytest.mark.parametrize(
    ("duty", "before", "count"),
    table(
        ("the review: broken, and nothing follows", AGREEMENT, BROKEN.wait(days=4), 1),
        ("there is still time", AGREEMENT, BROKEN, 0),
        ("advice was asked for", AGREEMENT, BROKEN.then("legal_advice", status="asked").wait(days=4), 0),
        (
            "the panel met",
            AGREEMENT,
            BROKEN.then("meeting", which="legal_planning", attended=["manager"]).wait(days=4),
            0,
        ),
        (
            "a strategy discussion was held",
            AGREEMENT,
            BROKEN.then("strategy_discussion", attended=["manager"]).wait(days=4),
            0,
        ),
        ("an order was made", AGREEMENT, BROKEN.then("order", what="interim_care", status="made").wait(days=4), 0),
        ("supervision is no answer", AGREEMENT, BROKEN.then("meeting", which="supervision").wait(days=4), 1),
        ("closed since", AGREEMENT, BROKEN.then("closure").wait(days=4), 0),
        ("made and kept", AGREEMENT, referred().then("agreement", status="made").wait(days=4), 0),
        ("the review: no answer, and the police are not asked", CONTINGENCY, SHUT.wait(days=1), 1),
        ("turned away", CONTINGENCY, PLANNED.then("visit", "worker", access="denied").wait(days=1), 1),
        ("the day is not over", CONTINGENCY, SHUT, 0),
        ("the police were asked", CONTINGENCY, SHUT.then("police_check", status="requested").wait(days=1), 0),
        (
            "said in the plan's own words",
            CONTINGENCY,
            SHUT.then("contingency_used", what="police_check").wait(days=1),
            0,
        ),
        (
            "a strategy discussion was asked for",
            CONTINGENCY,
            SHUT.then("strategy_discussion", requested=True).wait(days=1),
            0,
        ),
        (
            "one was weighed, with reasons",
            CONTINGENCY,
            SHUT.then("strategy_discussion", held=False, rationale=True).wait(days=1),
            0,
        ),
        ("somebody saw the child that day", CONTINGENCY, SHUT.then("visit", "nurse", **SEEN).wait(days=1), 0),
        ("seen a week later", CONTINGENCY, SHUT.wait(days=7).then("visit", "nurse", **SEEN), 1),
        (
            "a talk on the phone is not seeing",
            CONTINGENCY,
            SHUT.then("spoke_to", "worker", person="mother").wait(days=1),
            1,
        ),
        ("let in", CONTINGENCY, PLANNED.then("visit", "worker", **SEEN).wait(days=1), 0),
        ("a plan that lays nothing down", CONTINGENCY, BARE.then("visit", "worker", **NO_REPLY).wait(days=1), 0),
        ("before the plan", CONTINGENCY, referred().then("visit", "worker", **NO_REPLY).wait(days=1), 0),
        (
            "after the plan",
            CONTINGENCY,
            PLANNED.then("plan", which="child_in_need", status="ended")
            .then("visit", "worker", **NO_REPLY)
            .wait(days=1),
            0,
        ),
        (
            "laid down by a change",
            CONTINGENCY,
            BARE.then(
                "plan",
                which="child_in_need",
                status="changed",
                contingencies=[{"when": "not_seen", "then": ["medical"]}],
            )
            .then("visit", "worker", **NO_REPLY)
            .wait(days=1),
            1,
        ),
        ("not brought, and nobody asks why", CONTINGENCY, ABSENT.wait(days=9), 1),
        (
            "not brought, and it is talked about",
            CONTINGENCY,
            ABSENT.then("spoke_to", "worker", person="mother").wait(days=9),
            0,
        ),
        (
            "not brought, and brought the week after",
            CONTINGENCY,
            ABSENT.then("appointment", what="paediatric", outcome="attended").wait(days=9),
            0,
        ),
        ("not brought, with time to ask", CONTINGENCY, ABSENT.wait(days=2), 0),
    ),
)
def test_what_was_threatened_or_agreed_happens(duty: Duty, before: Story, count: int) -> None:
    assert len(before.missed(duty)) == count


REGULAR = BARE.then("visit", "key_worker", **SEEN).wait(days=1).then("visit", "key_worker", **SEEN)
GONE = REGULAR.then("involvement", who="key_worker", status="ended")
MOVED = BARE.then("household", what="moved_address")
THREE = (
    referred("teacher")
    .then("allocated", to="worker")
    .then("visit", "nurse", **SEEN)
    .then("visit", "key_worker", **SEEN)
    .then("concern", "teacher")
)


@pytest.mark.parametrize(
    ("duty", "before", "count"),
    table(
        ("the review: the daily look is gone", MONITORING, GONE.wait(days=9), 1),
        ("there is still time", MONITORING, GONE.wait(days=2), 0),
        (
            "the plan was reviewed",
            MONITORING,
            GONE.then("meeting", which="child_in_need_review", status="held").wait(days=9),
            0,
        ),
        (
            "the plan was changed",
            MONITORING,
            GONE.then("plan", which="child_in_need", status="changed").wait(days=9),
            0,
        ),
        ("somebody takes over", MONITORING, GONE.then("involvement", who="nurse", status="started").wait(days=9), 0),
        (
            "supervision is no review",
            MONITORING,
            GONE.then("meeting", which="supervision", status="held").wait(days=9),
            1,
        ),
        (
            "who called once is not missed",
            MONITORING,
            BARE.then("visit", "nurse", **SEEN).then("involvement", who="nurse", status="ended").wait(days=9),
            0,
        ),
        (
            "the police have done their part",
            MONITORING,
            BARE.then("visit", "officer", **SEEN, times=3)
            .then("involvement", who="officer", status="ended")
            .wait(days=9),
            0,
        ),
        (
            "a colleague of whoever left goes on",
            MONITORING,
            GONE.with_practitioner("second", "key_worker", "housing").then("visit", "second", **SEEN).wait(days=9),
            0,
        ),
        ("another agency's visits go on", MONITORING, GONE.then("visit", "nurse", **SEEN).wait(days=9), 1),
        (
            "a colleague only writes",
            MONITORING,
            GONE.with_practitioner("second", "key_worker", "housing").then("concern", "second").wait(days=9),
            1,
        ),
        (
            "somebody else leaves as well",
            MONITORING,
            GONE.then("involvement", who="teacher", status="ended").wait(days=9),
            1,
        ),
        (
            "who takes over has only been asked",
            MONITORING,
            GONE.then("early_help", "worker", status="started").wait(days=9),
            1,
        ),
        (
            "the worker saw the child, who had not moved",
            MONITORING,
            GONE.then("visit", "worker", **SEEN).wait(days=9),
            1,
        ),
        ("a new worker", MONITORING, GONE.then("allocated", to="worker").wait(days=9), 0),
        ("early help ended", MONITORING, REGULAR.then("early_help", who="key_worker", status="ended").wait(days=9), 0),
        (
            "whoever was there once only has left",
            MONITORING,
            BARE.then("visit", "key_worker", **SEEN).then("involvement", who="key_worker", status="ended").wait(days=9),
            0,
        ),
        (
            "whoever wrote twice has left",
            MONITORING,
            BARE.then("concern", "key_worker")
            .then("concern", "key_worker")
            .then("involvement", who="key_worker", status="ended")
            .wait(days=9),
            0,
        ),
        (
            "somebody unknown has left",
            MONITORING,
            BARE.then("involvement", who="nobody", status="ended").wait(days=9),
            0,
        ),
        (
            "an officer who called twice has left",
            MONITORING,
            BARE.then("visit", "officer", **SEEN)
            .then("visit", "officer", **SEEN)
            .then("involvement", who="officer", status="ended")
            .wait(days=9),
            0,
        ),
        (
            "the worker, who called twice, has left",
            MONITORING,
            BARE.then("visit", "worker", **SEEN)
            .then("visit", "worker", **SEEN)
            .then("involvement", who="worker", status="ended")
            .wait(days=9),
            0,
        ),
        (
            "one after another goes, the first for one who took over",
            MONITORING,
            GONE.then("involvement", who="nurse", status="started")
            .then("household", what="moved_address")
            .wait(days=9),
            1,
        ),
        ("they moved, and nothing follows", MONITORING, MOVED.wait(days=9), 1),
        ("the new home was seen", MONITORING, MOVED.then("visit", "worker", **SEEN).wait(days=9), 0),
        (
            "nobody knew that they moved",
            MONITORING,
            BARE.then("household", what="moved_address", known=False).wait(days=9),
            0,
        ),
        ("no plan ran", MONITORING, referred().then("household", what="moved_address").wait(days=9), 0),
        ("closed since", MONITORING, MOVED.then("closure").wait(days=9), 0),
        ("the review: three agencies that never meet", MEETING, THREE.wait(weeks=9), 1),
        ("there is still time", MEETING, THREE.wait(weeks=7), 0),
        (
            "a plan runs, whose reviews have a clock of their own",
            MEETING,
            THREE.then("plan", which="child_in_need", status="started").wait(weeks=9),
            0,
        ),
        (
            "the plan has ended, and they go on without meeting",
            MEETING,
            THREE.then("plan", which="child_in_need", status="started")
            .then("plan", which="child_in_need", status="ended")
            .wait(weeks=9),
            1,
        ),
        (
            "they have met",
            MEETING,
            THREE.wait(weeks=5).then("meeting", which="professionals", status="held").wait(weeks=4),
            0,
        ),
        ("in a conference", MEETING, THREE.wait(weeks=5).then("conference", which="initial").wait(weeks=4), 0),
        (
            "it was called off",
            MEETING,
            THREE.wait(weeks=5).then("meeting", which="professionals", status="cancelled").wait(weeks=4),
            1,
        ),
        ("one has left", MEETING, THREE.then("involvement", who="key_worker", status="ended").wait(weeks=9), 0),
        (
            "two agencies",
            MEETING,
            referred().then("allocated", to="worker").then("visit", "nurse", **SEEN).wait(weeks=9),
            0,
        ),
        (
            "still at the front door",
            MEETING,
            referred().then("visit", "nurse", **SEEN).then("visit", "key_worker", **SEEN).wait(weeks=9),
            0,
        ),
        ("closed since", MEETING, THREE.then("closure").wait(weeks=9), 0),
    ),
)
def test_those_who_watch_over_a_child_are_not_lost(duty: Duty, before: Story, count: int) -> None:
    assert len(before.missed(duty)) == count


@pytest.mark.parametrize(("weeks", "asked"), [(5, 0), (6, 0), (7.5, 1), (9, 1)])
def test_a_meeting_is_asked_for_in_the_days_before_it_is_due_and_not_weeks_ahead(weeks: float, asked: int) -> None:
    live = replace(THREE, family=replace(THREE.family, live=True))

    assert len(live.wait(weeks=weeks).oughts(MEETING)) == asked


@pytest.mark.parametrize(
    ("born", "due", "weeks", "early"),
    table(
        ("the review: twenty-nine weeks", "2019-04-09", None, "29+6", True),
        ("by the dates", "2019-04-09", "2019-06-19", None, True),
        ("at term", "2019-06-10", "2019-06-19", None, False),
        ("on the day of thirty-seven weeks", "2019-05-29", "2019-06-19", None, False),
        ("nobody knows", "2019-06-10", None, None, False),
    ),
)
def test_an_early_birth(born: str, due: str | None, weeks: str | None, early: bool) -> None:
    before = referred(born=born, due=due)
    child = replace(before.family.people["child"], gestation_at_birth=weeks)
    case = replace(before.family, people={**before.family.people, "child": child}).case("child")

    assert case.child.born is not None
    assert preterm(case, case.child.born, before.terms) is early


BROKEN = referred().then("agreement", status="made").then("agreement", status="breached")


@pytest.mark.parametrize(
    ("before", "asked"),
    table(
        ("nothing follows", BROKEN, 1),
        ("legal advice is asked for", BROKEN.then("legal_advice", "manager", status="asked"), 0),
        ("the legal panel meets", BROKEN.then("meeting", which="legal_planning", status="held"), 0),
        ("another meeting", BROKEN.then("meeting", which="core_group", status="held"), 1),
        ("the plan's own step: legal advice", BROKEN.then("contingency_used", what="legal_advice"), 0),
        ("the plan's own step: a visit", BROKEN.then("contingency_used", what="unannounced_visit"), 1),
        ("an order ends", BROKEN.then("order", what="supervision", status="ended"), 1),
        ("an order is made", BROKEN.then("order", what="supervision", status="made"), 0),
        ("talked about on a visit", BROKEN.then("visit", "worker", what="legal_advice", access="granted"), 1),
        ("advice was asked for before it broke", referred().then("legal_advice", "manager", status="asked").then(
            "agreement", status="breached"), 1),
        ("broken twice, the first taken up", BROKEN.then("legal_advice", status="asked").then(
            "agreement", status="breached"), 1),
        ("made and then broken, each told once", BROKEN.then("agreement", status="made"), 1),
    ),
)  # fmt: skip
def test_a_broken_agreement_counts(before: Story, asked: int) -> None:
    assert len(before.oughts(AGREEMENT)) == asked
