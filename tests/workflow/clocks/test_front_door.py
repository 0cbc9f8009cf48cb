"""Which clocks of the front door run, and until when. Stories begin on Tuesday 10 March 2026."""

import pytest

from config.clock import LONDON
from tests.support.stories import Story, referred, story, table
from workflow.clocks.deferred import WAKE
from workflow.clocks.fallback import owner_acts
from workflow.clocks.front_door import ONE_DAY, RAG
from workflow.rule import Clock
from workflow.rulebook import BY_ID

HELD = referred().then("decision", outcome="assessment").then("allocated", to="worker")
AGAIN = HELD.then("contact", "nurse", named="second")
EARLY = referred("midwife", born=None, due="2026-10-06", pregnancy={"of": "mother", "weeks": 10})
PUT_OFF = EARLY.then("decision", outcome="deferred", reason_code="too_early_in_pregnancy")
LIVE = referred(live=True)
UNDECIDED = LIVE.then("allocated", to="worker").then("grade", grade="amber").then("visit", "worker")
IN_HAND = LIVE.then("decision", outcome="assessment").then("allocated", to="worker").then("contact", "nurse")
BEYOND = LIVE.then("strategy_discussion", requested=True).then("contact", "nurse", named="second")
AT_THE_DOOR = LIVE.then("decision", outcome="deferred").then("contact", "nurse", named="second")
DECLINED = LIVE.then("decision", outcome="early_help").then("early_help", status="declined").then("contact", "nurse")
RED_AT_NOON = LIVE.wait(hours=2).then("grade", grade="red")
OWNER_ACTS = BY_ID["owner-act"]
assert isinstance(OWNER_ACTS, Clock)


@pytest.mark.parametrize(
    ("clock", "before", "due"),
    table(
        ("a contact", ONE_DAY, referred(), "2026-03-11"),
        ("the review: told to a worker", ONE_DAY, referred("key_worker", to="worker"), "2026-03-11"),
        ("from a relative", ONE_DAY, referred("grandfather"), "2026-03-11"),
        ("on a Friday", ONE_DAY, referred(at="2026-03-13T16:00"), "2026-03-16"),
        ("decided", ONE_DAY, referred().then("decision", outcome="deferred"), None),
        ("another was decided", ONE_DAY, referred().then("decision", for_=["another"]), "2026-03-11"),
        ("a strategy discussion was called", ONE_DAY, referred().then("strategy_discussion", requested=True), None),
        ("allocated", ONE_DAY, referred().then("allocated", to="worker"), None),
        ("live: given to a worker before anybody decided", ONE_DAY, LIVE.then("allocated", to="worker"), "2026-03-11"),
        ("live: given, graded and visited", ONE_DAY, UNDECIDED, "2026-03-11"),
        ("live: a new one on a case in hand", ONE_DAY, IN_HAND, "2026-03-11"),
        ("live: and the case given to somebody else", ONE_DAY, IN_HAND.then("allocated", to="manager"), "2026-03-11"),
        ("live: and a visit about it", ONE_DAY, IN_HAND.then("visit", "worker"), None),
        ("live: a new one beyond the door, nothing done", ONE_DAY, BEYOND, "2026-03-11"),
        (
            "live: beyond the door, the discussion held",
            ONE_DAY,
            BEYOND.then("strategy_discussion", status="held"),
            None,
        ),
        ("live: beyond the door, visited", ONE_DAY, BEYOND.then("visit", "worker"), None),
        ("live: beyond the door, the mother spoken to", ONE_DAY, BEYOND.then("spoke_to", person="mother"), None),
        ("live: beyond the door, weighed by the enquiry", ONE_DAY, BEYOND.then("section47_outcome"), None),
        ("live: beyond the door, the plan changed", ONE_DAY, BEYOND.then("plan", status="changed"), None),
        ("live: beyond the door, only given to somebody", ONE_DAY, BEYOND.then("allocated", to="worker"), "2026-03-11"),
        ("live: beyond the door, only asked about", ONE_DAY, BEYOND.then("check", status="asked"), "2026-03-11"),
        ("live: put off, and visited", ONE_DAY, AT_THE_DOOR.then("visit", "worker"), "2026-03-11"),
        ("live: early help declined, and visited", ONE_DAY, DECLINED.then("visit", "worker"), "2026-03-11"),
        ("live: at the door, visited", ONE_DAY, LIVE.then("visit", "worker"), "2026-03-11"),
        (
            "live: graded, and beyond the door, visited",
            RAG,
            BEYOND.then("grade", grade="red").then("visit", "worker"),
            None,
        ),
        ("graded only", ONE_DAY, referred().then("grade", grade="amber"), "2026-03-11"),
        ("graded on a case that a worker holds", ONE_DAY, AGAIN.then("grade", grade="amber"), None),
        ("visited on a case that a worker holds", ONE_DAY, AGAIN.then("visit", "worker"), None),
        ("on a case that a worker holds, nothing yet", ONE_DAY, AGAIN, "2026-03-11"),
        ("closed", ONE_DAY, referred().then("closure"), None),
        (
            "woken and waiting",
            ONE_DAY,
            LIVE.then("decision", outcome="deferred").wait(days=9).then("woken"),
            "2026-03-20",
        ),
        ("red", RAG, referred().then("grade", grade="red"), "2026-03-10"),
        ("amber", RAG, referred().then("grade", grade="amber"), "2026-03-11"),
        ("green", RAG, referred().then("grade", grade="green"), "2026-03-13"),
        ("not graded in a story", RAG, referred(), None),
        ("not graded in the live record", RAG, LIVE, "2026-03-10"),
        ("graded and decided", RAG, referred().then("grade", grade="red").then("decision", outcome="assessment"), None),
        ("the review: too early, then forgotten", WAKE, PUT_OFF, "2026-03-24"),
        ("again at sixteen weeks", WAKE, PUT_OFF.wait(days=15).then("decision", outcome="deferred"), "2026-04-21"),
        ("put off to a day", WAKE, EARLY.then("decision", outcome="deferred", until="2026-03-20"), "2026-03-20"),
        (
            "closed as too early",
            WAKE,
            EARLY.then("decision", outcome="no_further_action", reason_code="too_early_in_pregnancy"),
            "2026-03-24",
        ),
        ("taken up", WAKE, PUT_OFF.then("assessment", status="started"), None),
        ("decided", WAKE, PUT_OFF.then("decision", outcome="assessment"), None),
        ("put off with nothing to count from", WAKE, referred().then("decision", outcome="deferred"), None),
        (
            "nothing else runs in the live record",
            OWNER_ACTS,
            LIVE.then("decision", outcome="assessment")
            .then("assessment", status="completed")
            .then("medical", what="admitted"),
            "2026-03-12",
        ),
        ("another clock runs", OWNER_ACTS, LIVE, None),
        ("a story has no owner", OWNER_ACTS, HELD.then("assessment", status="completed"), None),
        ("no clock exists", owner_acts(()), LIVE, "2026-03-12"),
        ("nothing has happened", owner_acts(()), story(live=True), None),
    ),
)
def test_a_deadline(clock: Clock, before: Story, due: str | None) -> None:
    assert before.due(clock) == due


def test_every_contact_has_its_own_clock() -> None:
    both = referred().then("contact", "nurse", named="second")

    assert [one.subject for one in both.running(ONE_DAY)] == ["first", "second"]


def test_a_warning_comes_before_its_deadline() -> None:
    for clock in (ONE_DAY, RAG):
        for one in referred().then("grade", grade="red").running(clock):
            assert one.warn is not None
            assert one.started < one.warn < one.due


@pytest.mark.parametrize(
    ("before", "due"),
    table(
        ("graded two hours after it came", RED_AT_NOON, ("red", "13:31")),
        ("graded red again", RED_AT_NOON.wait(hours=1).then("grade", grade="red"), ("red", "13:31")),
        ("graded after its time", LIVE.wait(hours=6).then("grade", grade="red"), ("red", "13:31")),
        ("raised", LIVE.then("grade", grade="amber").wait(hours=1).then("grade", grade="red"), ("red", "13:31")),
        ("lowered by two people", RED_AT_NOON.then("grade", grade="green", second_person="hub_manager"),
         ("red", "13:31")),
        ("a second contact while the first waits", RED_AT_NOON.then("contact", "nurse"), ("red", "13:31")),
        ("taken up, and another came", RED_AT_NOON.then("decision", outcome="deferred").wait(hours=1).then(
            "contact", "nurse"), ("red", "16:34")),
        ("another came, and was graded for itself", RED_AT_NOON.then("decision", outcome="deferred").then(
            "contact", "nurse").wait(hours=1).then("grade", grade="red"), ("red", "15:34")),
    ),
)  # fmt: skip
def test_a_colour_counts_from_the_contact_and_no_later_grade_lengthens_it(before: Story, due: tuple[str, str]) -> None:
    (one,) = before.running(RAG)

    assert (one.subject, one.due.astimezone(LONDON).strftime("%H:%M")) == due
