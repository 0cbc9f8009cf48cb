"""A plan as it stands: outcomes with evidence, what it leaves uncovered, contingencies, conditions and promises."""

from datetime import date, timedelta

import pytest

from models.vocabulary import Kind
from tests.support.stories import Story, referred, table
from workflow.plan_read import Plan, agreements, kept, plan

OUTCOMES = [{"id": "home", "owner": "worker", "due": "2026-06-01"}, {"id": "school", "owner": None, "due": None}]
FAILS = [{"when": "access_denied", "then": ["police_check", "legal_advice"]}]
ASSESSED = referred(live=True).then(
    "assessment", "worker", status="completed", factors_resolved={"domestic_abuse": "confirmed", "violence": "excluded"}
)


def planned(covers: tuple[str, ...] = ("neglect",), tale: Story = ASSESSED) -> Story:
    """Start a plan."""
    return tale.then(
        "plan", "worker", which="child_in_need", status="started", covers=list(covers), outcomes=OUTCOMES,
        contingencies=FAILS,
    )  # fmt: skip


def read(tale: Story) -> Plan:
    """Read the plan of a story."""
    found = plan(tale.case, tale.terms, tale.now)
    assert found is not None
    return found


STANDS = table(
    ("nothing was said", planned(), "open"),
    (
        "met, and something shows it",
        planned().then("outcome", "worker", named="home", status="met", evidence=True),
        "met",
    ),
    ("met on somebody's word", planned().then("outcome", "worker", named="home", status="met"), "unevidenced"),
    ("not met", planned().then("outcome", "worker", named="home", status="not_met"), "not_met"),
    ("another one was met", planned().then("outcome", "worker", named="school", status="met", evidence=True), "open"),
    (
        "met and lost again",
        planned()
        .then("outcome", "worker", named="home", status="met", evidence=True)
        .then("outcome", "worker", named="home", status="not_met"),
        "not_met",
    ),
)


@pytest.mark.parametrize(("tale", "status"), STANDS)
def test_how_an_outcome_stands(tale: Story, status: str) -> None:
    home = read(tale).outcomes[0]

    assert (home.status, home.owner, home.due) == (status, "worker", date(2026, 6, 1))


COVERS = table(
    ("what was confirmed is not in the plan", planned(), ("domestic_abuse",)),
    ("it is in the plan", planned(("neglect", "domestic_abuse")), ()),
    ("it is there by another word", planned(("violence",)), ()),
    (
        "the plan was changed to cover it",
        planned().then("plan", "worker", which="child_in_need", status="changed", covers=["neglect", "domestic_abuse"]),
        (),
    ),
    ("nothing was confirmed", planned(tale=referred(live=True)), ()),
    (
        "confirmed at the front door",
        planned(tale=referred(live=True).then("decision", "triage", answers={"hygiene": "confirmed"})),
        ("hygiene",),
    ),
)


@pytest.mark.parametrize(("tale", "left_out"), COVERS)
def test_what_was_confirmed_and_is_not_covered_is_said(tale: Story, left_out: tuple[str, ...]) -> None:
    assert read(tale).uncovered == left_out


def test_without_a_plan_there_is_none_and_one_that_ended_says_so() -> None:
    assert plan(ASSESSED.case, ASSESSED.terms, ASSESSED.now) is None
    ended = planned().then("plan", "worker", which="child_in_need", status="ended")

    assert read(ended).ended is not None
    assert read(planned()).ended is None


def test_a_plan_of_an_earlier_referral_is_not_this_ones() -> None:
    tale = planned().then("closure", "worker", manager="manager").then("contact", "teacher", concerns=["neglect"])

    assert plan(tale.case, tale.terms, tale.now) is None


def test_a_contingency_has_not_fired_while_doors_open() -> None:
    (one,) = read(planned().then("visit", "worker", access="granted")).contingencies

    assert (one.when, one.then, one.fired) == ("access_denied", ("police_check", "legal_advice"), ())


def test_a_contingency_that_fired_was_answered_or_not() -> None:
    shut = planned().then("visit", "worker", access="denied").wait(days=3)

    assert [fired.done for fired in read(shut).contingencies[0].fired] == [False]
    answered = shut.then("police_check", "officer", status="attended", child_seen=True)
    assert [fired.done for fired in read(answered).contingencies[0].fired] == [True]


def test_a_door_that_was_shut_before_the_plan_fires_nothing() -> None:
    tale = planned(tale=ASSESSED.then("visit", "worker", access="denied"))

    assert read(tale).contingencies[0].fired == ()


def test_a_promise_returns_under_its_name_with_its_newest_word() -> None:
    tale = (
        referred()
        .then("commitment", "worker", named="beds", status="made", what="two beds", due="2026-03-12")
        .then("commitment", "worker", named="beds", status="changed", due="2026-03-20")
        .then("commitment", "worker", named="call", status="made", what="a call", due="2026-03-11")
        .then("commitment", "worker", named="call", status="kept")
    )

    found = {one.id: (one.status, one.due) for one in kept(tale.case, Kind.COMMITMENT)}
    assert found == {"beds": ("changed", date(2026, 3, 20)), "call": ("kept", date(2026, 3, 11))}


LATE = table(
    ("open, and its day is still to come", "set", 0, False),
    ("open, and its day has passed", "set", 30, True),
    ("met", "met", 30, False),
    ("missed is an answer", "missed", 30, False),
)


@pytest.mark.parametrize(("status", "days", "late"), LATE)
def test_a_condition_is_late_only_while_it_is_open(status: str, days: int, late: bool) -> None:
    tale = referred().then("condition", "worker", named="gp", status="set", due="2026-03-20")
    tale = tale if status == "set" else tale.then("condition", "worker", named="gp", status=status)
    (one,) = kept(tale.case, Kind.CONDITION)

    assert one.late((tale.now + timedelta(days=days)).date()) is late


def test_agreements_come_with_their_breaches_the_newest_first() -> None:
    tale = referred().then("agreement", "worker", status="made", clauses=["no visitors"])
    tale = tale.then("agreement", "worker", status="breached")

    assert [event.get("status") for event in agreements(tale.case)] == ["breached", "made"]
