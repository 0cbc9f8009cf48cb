"""What a replay makes of a pattern that people saw themselves, and of ordinary work that a story leaves out."""

from datetime import datetime

import pytest

from config.clock import LONDON
from models.events import Event
from models.vocabulary import Grade, Kind
from tests.support.casebooks import said, told
from tests.support.stories import table
from workflow.replay.heeding import heeds, passes_over
from workflow.replay.interventions import Answer

NOW = datetime(2024, 3, 4, 10, tzinfo=LONDON)
RED, AMBER = Grade.RED, Grade.AMBER


def event(kind: str, **data: object) -> Event:
    return Event(NOW, Kind(kind), ("ada",), data=data)


@pytest.mark.parametrize(
    ("what", "floor", "heeded"),
    table(
        ("graded as high", event("grade", grade="red"), RED, True),
        ("graded lower", event("grade", grade="amber"), RED, False),
        ("a grade answers nothing that asks for none", event("grade", grade="red"), None, False),
        ("a strategy discussion", event("strategy_discussion", attended=["a"]), RED, True),
        ("one that was left out", event("strategy_discussion", held=False), RED, False),
        ("one that was decided on", event("decision", outcome="strategy_discussion"), RED, True),
        ("an assessment is less than red asks for", event("decision", outcome="assessment"), RED, False),
        ("an assessment", event("decision", outcome="assessment"), AMBER, True),
        ("an assessment begins", event("assessment", status="started"), None, True),
        ("an assessment ends", event("assessment", status="completed", outcome="early_help"), None, False),
        (
            "an assessment ends in a conference",
            event("assessment", status="completed", outcome="conference"),
            None,
            True,
        ),
        ("the agencies met", event("meeting", which="professionals", status="held"), None, True),
        ("the agencies were to meet", event("meeting", which="professionals", status="requested"), None, False),
        ("supervision", event("meeting", which="supervision", status="held"), None, False),
        ("the police refuse", event("police_check", status="refused"), AMBER, False),
        ("a visit", event("visit", access="granted"), None, False),
    ),
)
def test_what_takes_a_pattern_up(what: Event, floor: Grade | None, heeded: bool) -> None:
    assert heeds(what, floor) is heeded


@pytest.mark.parametrize(
    ("what", "passed"),
    table(
        ("nothing is done", event("decision", outcome="no_further_action"), True),
        ("it is put off", event("decision", outcome="deferred"), False),
        ("the assessment ends", event("assessment", status="completed"), True),
        ("the assessment begins", event("assessment", status="started"), False),
        ("the case is closed", event("closure"), True),
        ("supervision", event("meeting", which="supervision"), True),
        ("a core group", event("meeting", which="core_group"), False),
        ("a visit", event("visit", access="granted"), False),
    ),
)
def test_what_passes_a_pattern_over(what: Event, passed: bool) -> None:
    assert passes_over(what) is passed


CLOSED = (
    "at: 2024-01-08T10:00, kind: contact, id: c0, about: [ada], by: teacher, to: hub, concerns: [neglect]",
    "at: 2024-01-10T10:00, kind: closure, about: [ada], by: worker, reason_code: no_further_action",
)
AGAIN = "at: 2024-03-04T10:00, kind: contact, id: c1, about: [ada], by: teacher, to: hub, concerns: [neglect]"
DECIDED = "at: 2024-03-05T10:00, kind: decision, about: [ada], by: triage, manager: hub_manager, outcome"


def test_a_pattern_that_was_taken_up_is_not_said() -> None:
    assert not said(told(*CLOSED, AGAIN, f"{DECIDED}: assessment"), "recent-closure-raises")


def test_a_pattern_that_was_passed_over_is_said_at_what_passed_it_over() -> None:
    (once,) = said(told(*CLOSED, AGAIN, f"{DECIDED}: no_further_action"), "recent-closure-raises")

    assert (once.event, once.on.isoformat(), once.effect) == (3, "2024-03-05", Answer.SIGNAL)


def test_a_pattern_that_nobody_answers_is_said_where_it_arose() -> None:
    (once,) = said(told(*CLOSED, AGAIN, until="2024-04-30"), "recent-closure-raises")

    assert (once.event, once.on.isoformat()) == (2, "2024-03-04")


def test_a_pattern_waits_no_longer_than_the_policy_says() -> None:
    late = DECIDED.replace("2024-03-05", "2024-04-15")

    (once,) = said(told(*CLOSED, AGAIN, f"{late}: assessment"), "recent-closure-raises")
    assert once.event == 2


ORDINARY = "referral-decision-one-day", "acknowledge-referrer"


@pytest.mark.parametrize("rule", ORDINARY)
def test_ordinary_work_is_missed_where_everything_was_recorded(rule: str) -> None:
    assert said(told(AGAIN, until="2024-03-12"), rule)


@pytest.mark.parametrize("rule", ORDINARY)
def test_ordinary_work_is_taken_for_done_where_a_story_leaves_much_out(rule: str) -> None:
    met = "at: 2024-03-06T10:00, kind: spoke_to, about: [ada], by: worker, person: mother"
    assert not said(told(AGAIN, met, until="2024-03-12", silence="unknown"), rule)


ASSESSED = "at: 2024-03-20T10:00, kind: assessment, about: [ada], by: worker, status: completed, manager: manager"
STEPS = table(
    ("ends with nothing", "outcome: no_further_action", "unknown", True),
    ("ends in early help", "outcome: early_help", "unknown", True),
    ("leads to a plan", "outcome: child_in_need", "unknown", False),
    ("leads to a conference", "outcome: conference", "unknown", False),
    ("leads to a discussion", "outcome: strategy_discussion", "unknown", False),
    ("leads to a plan, with a visit too few", "outcome: child_in_need, visits: 0", "unknown", True),
    ("leads to a plan, and everything was recorded", "outcome: child_in_need", "recorded", True),
    ("has no outcome", "child_seen: true", "unknown", True),
)


@pytest.mark.parametrize(("how", "silence", "counts"), STEPS)
def test_what_a_story_does_not_tell_of_an_assessment_counts_where_it_ends_help(
    how: str, silence: str, counts: bool
) -> None:
    story = told(AGAIN, f"{DECIDED}: assessment", f"{ASSESSED}, {how}", silence=silence)

    assert bool(said(story, "alternative-hypotheses")) is counts


HELPS = table(
    ("early help begins", "kind: early_help, about: [ada], by: nurse, status: started, lead: nurse", False),
    ("an enquiry goes to conference", "kind: section47_outcome, about: [ada], by: worker, outcome: conference", False),
    ("an enquiry ends", "kind: section47_outcome, about: [ada], by: worker, outcome: not_substantiated", True),
)


@pytest.mark.parametrize(("how", "counts"), HELPS)
def test_what_is_not_told_of_a_step_towards_help_shows_nothing(how: str, counts: bool) -> None:
    story = told(AGAIN, f"{DECIDED}: assessment", f"at: 2024-03-20T10:00, {how}", silence="unknown")
    found = {*said(story, "step-down-acceptance-required"), *said(story, "involved-professionals-heard")}

    assert bool(found) is counts


CALLED = f"{DECIDED}: strategy_discussion"
DISCUSSED = "kind: strategy_discussion, about: [ada], by: manager, attended: [worker, officer, nurse], rationale: true"
HEEDED = table(
    ("in time, where everything was recorded", "2024-03-05T16:00", "recorded", ["warned"]),
    ("in time, where much is left out", "2024-03-05T16:00", "unknown", []),
    ("too late, where everything was recorded", "2024-03-29T16:00", "recorded", ["warned", "breached"]),
    ("too late, where much is left out", "2024-03-29T16:00", "unknown", ["warned", "breached"]),
)


@pytest.mark.parametrize(("at", "silence", "states"), HEEDED)
def test_a_warning_that_was_heeded_is_not_told_where_a_story_leaves_much_out(
    at: str, silence: str, states: list[str]
) -> None:
    note = "at: 2024-03-05T15:30, kind: note, text: Nothing"
    story = told(AGAIN, CALLED, note, f"at: {at}, {DISCUSSED}", silence=silence)

    assert [one.state for one in said(story, "strategy-discussion-due")] == states


LATE = "at: 2024-03-11T10:00, kind: decision, about: [ada], by: triage, manager: hub_manager, outcome: assessment"
SHOWN = table(
    ("on its day", AGAIN, LATE.replace("03-11", "03-05"), False),
    ("a week later", AGAIN, LATE, True),
    ("a week later, of a contact known to the week", f"{AGAIN}, precision: week", LATE, False),
    (
        "a month later, of a contact known to the week",
        f"{AGAIN}, precision: week",
        LATE.replace("03-11", "04-11"),
        True,
    ),
    ("closed without a decision", AGAIN, CLOSED[1].replace("2024-01-10", "2024-03-11"), False),
)


@pytest.mark.parametrize(("contact", "answer", "shown"), SHOWN)
def test_what_came_too_late_is_shown_by_what_came(contact: str, answer: str, shown: bool) -> None:
    found = said(told(contact, answer, silence="unknown"), "referral-decision-one-day")

    assert [(each.state, each.event, each.rests_on_silence) for each in found] == (
        [("breached", 0, False)] if shown else []
    )


QUIET = "at: 2024-03-12T10:00, kind: visit, about: [ada], by: nurse, access: granted"
END = {"until": "2024-04-12", "silence": "unknown"}
NOBODY = table(
    ("nobody does anything", (AGAIN,), END, True),
    ("a nurse calls, and nobody of social care", (AGAIN, QUIET), END, True),
    ("a worker calls", (AGAIN, QUIET.replace("nurse", "worker")), END, False),
    ("the nurse speaks to the worker", (AGAIN, QUIET.replace("visit", "spoke_to").replace("access: granted", "person: worker")), END, False),
    ("a court is asked", (AGAIN, "at: 2024-03-08, kind: order, about: [ada], what: supervision, status: made"), END, False),
    ("a worker calls on the brother", (AGAIN, QUIET.replace("nurse", "worker").replace("ada", "ben")), END, True),
    ("a worker calls a month later", (AGAIN, QUIET.replace("nurse", "worker").replace("03-12", "04-10")), END, True),
    ("the story ends before the time is up", (AGAIN,), {**END, "until": "2024-03-05"}, False),
    ("closed after a month in which nobody did anything", (AGAIN, CLOSED[1].replace("2024-01-10", "2024-04-10")), END, True),
)  # fmt: skip


@pytest.mark.parametrize(("events", "head", "shown"), NOBODY)
def test_a_long_silence_shows_that_nobody_did_anything(
    events: tuple[str, ...], head: dict[str, str], shown: bool
) -> None:
    found = said(told(*events, **head), "referral-decision-one-day")

    assert [(each.state, each.event, each.rests_on_silence) for each in found] == (
        [("breached", 0, True)] if shown else []
    )


def test_a_clock_that_ran_out_is_not_told_twice_where_a_story_leaves_much_out() -> None:
    denied = (
        "at: 2024-03-04T09:00, kind: contact, id: c1, about: [ben], by: nurse, to: hub, concerns: [neglect]",
        "at: 2024-03-05T10:00, kind: decision, about: [ben], by: triage, manager: hub_manager, outcome: assessment",
        "at: 2024-03-06T10:00, kind: visit, about: [ben], by: worker, access: denied",
        "at: 2024-03-12T10:00, kind: note, text: Nothing",
    )

    states = [each.state for each in said(told(*denied, silence="unknown"), "access-denied-same-day-decision")]
    assert states == ["breached"]
    assert len(said(told(*denied), "access-denied-same-day-decision")) == 2


PLAN = "kind: plan, about: [ada, ben], by: worker, which: child_in_need"
WHOLE_FAMILY = (
    "at: 2024-03-04T10:00, kind: contact, id: c1, about: [ada, ben], by: teacher, to: hub, concerns: [neglect]",
    f"at: 2024-03-06T10:00, {PLAN}, status: started, covers: [neglect], outcomes: [{{id: warm, owner: worker, due: 2024-06-01}}]",
    "at: 2024-05-01T10:00, kind: outcome, about: [ada], by: worker, id: warm, status: met, evidence: true",
    f"at: 2024-05-02T10:00, {PLAN}, status: ended",
)


def test_an_outcome_of_one_plan_for_two_children_is_recorded_once() -> None:
    assert not said(told(*WHOLE_FAMILY), "plan-outcomes-evidenced")
    assert said(told(*WHOLE_FAMILY[:2], WHOLE_FAMILY[3]), "plan-outcomes-evidenced")


def test_what_early_help_accepts_for_one_child_of_a_step_down_it_accepts_for_all() -> None:
    down = "at: 2024-05-03T10:00, kind: step_down, about: [ada, ben], by: worker, to: early_help, status: agreed"
    taken = [
        f"at: 2024-05-0{day}T12:00, kind: early_help, about: [ada], by: nurse, status: {status}, consent: given"
        for day, status in ((3, "accepted"), (6, "started"))
    ]
    closed = "at: 2024-05-07T10:00, kind: closure, about: [ada, ben], by: worker, reason_code: stepped_down"

    assert not said(told(*WHOLE_FAMILY, down, *taken, closed), "step-down-acceptance-required")
    assert said(told(*WHOLE_FAMILY, down, closed), "step-down-acceptance-required")
