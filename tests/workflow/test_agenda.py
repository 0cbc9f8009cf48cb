"""One referral, one ordered list: acts and not rules, patterns with their arithmetic, and what was answered folded."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from models.tables.referral import RecordRow
from tests.support import paths
from tests.support.hub import Hub
from tests.support.stories import referred
from workflow import access, rulebook
from workflow.agenda import Agenda, Deadline, agenda, lines
from workflow.alarms import answers
from workflow.errors import BadCommandError, NotPermittedError, RefusedError

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
SOON, LATER, FAR = (AT + timedelta(days=days) for days in (1, 2, 60))


def shown(hub: Hub, reference: str, account: str = "tess") -> Agenda:
    return access.view(hub.engine, reference, hub.actor(account), hub.now).agenda


def clock(rule: str, due: datetime) -> Deadline:
    return Deadline(rule, rulebook.BY_ID[rule].says, due)


def test_rules_that_ask_for_the_same_act_are_one_line_with_the_earliest_deadline() -> None:
    (line,) = lines([clock("referral-decision-one-day", LATER), clock("rag-clock", SOON)], (), "tara")

    assert line.due == SOON
    assert (line.act, line.by) == ("decide", "the manager")
    assert [reason.rule for reason in line.because] == ["rag-clock", "referral-decision-one-day"]
    assert all(reason.source for reason in line.because)


def test_one_verb_that_makes_two_acts_is_two_lines() -> None:
    found = lines([clock("core-group-ten-working-days", SOON), clock("cin-review-due", LATER)], (), "sam")

    assert [line.act for line in found] == ["hold meeting (core group)", "hold meeting (child in need review)"]
    assert {line.by for line in found} == {"the worker (sam)"}


def test_a_task_stands_in_the_line_of_its_act_with_everybody_who_was_asked() -> None:
    tasks = [
        Deadline("ask-involved-views", "Say what you think of closing this.", LATER, who, number, "M000001")
        for number, who in enumerate(("dsl", "hv"), 1)
    ]
    (line,) = lines([clock("closure-views-due", LATER)], tasks, "sam")

    assert line.says == "Say what you think of closing this."
    assert line.by == "dsl, hv"
    assert [task.number for task in line.tasks] == [1, 2]


def test_what_has_climbed_to_a_manager_is_still_said_as_what_is_to_be_done() -> None:
    climbed = Deadline("cin-review-due", "M000001 is late: a review.", None, "tess", 7, "M000001")
    (line,) = lines([clock("cin-review-due", SOON)], [climbed], "sam")

    assert line.says == rulebook.BY_ID["cin-review-due"].says
    assert line.by == "tess"


def test_a_task_of_no_rule_keeps_its_own_line() -> None:
    task = Deadline("one-referral-per-child", "Look whether M000002 is about the same child.", SOON, "tara", 3)
    (line,) = lines((), [task], "tara")

    assert (line.says, line.by, line.act) == (task.says, "tara", "")


@pytest.mark.parametrize("turn", [1, -1])
def test_the_list_is_in_order_of_time_with_the_undated_last(turn: int) -> None:
    undated = Deadline("one-referral-per-child", "Look.", None, "tara", 3)
    asked = [clock("cin-review-due", SOON), clock("child-not-seen", LATER), undated][::turn]

    assert [line.due for line in lines(asked, (), "sam")] == [SOON, LATER, None]


def test_what_is_due_in_months_is_folded_away_unless_nothing_else_is_there() -> None:
    told = referred(live=True)
    near, far = clock("cin-review-due", SOON), clock("review-conference-due", FAR)

    both = agenda(told.case, "sam", told.terms, AT, [far, near], ())
    alone = agenda(told.case, "sam", told.terms, AT, [far], ())

    assert ([line.due for line in both.now], [line.due for line in both.later]) == ([SOON], [FAR])
    assert ([line.due for line in alone.now], alone.later) == ([FAR], ())


def test_a_pattern_says_what_it_counts_and_what_would_change_it(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    for day in range(3):
        hub.wait(days=1).act(reference, "add-concern", ("dsl", "pc", "hv")[day], concerns="weapon", words="a knife")

    (pattern, *_) = [one for one in shown(hub, reference).watch if one.rule == "weapon-or-new-adult-in-household"]

    assert pattern.floor == "red"
    assert [(event.kind, event.by) for event in pattern.counted] == [
        ("contact", "dsl"),
        ("contact", "pc"),
        ("contact", "hv"),
    ]
    assert pattern.changes == rulebook.BY_ID[pattern.rule].mend


def test_a_worry_that_comes_back_names_each_time_it_was_told(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    for _ in range(4):
        hub.wait(days=8).act(reference, "add-concern", "dsl", concerns="neglect", words="hungry again")

    (pattern,) = [one for one in shown(hub, reference).watch if one.rule == "recurring-concern-counter"]

    assert len(pattern.counted) > 1
    assert {event.kind for event in pattern.counted} == {"contact"}


def answered(hub: Hub, reference: str, rule: str, by: str = "tess") -> None:
    hub.act(reference, "answer-alarm", by, rule=rule, reason="both children saw it; the knife is with the police")


def armed(hub: Hub) -> str:
    reference = paths.to_decision(hub)
    hub.act(reference, "add-concern", "dsl", concerns="weapon", words="a knife")
    return reference


class TestAnsweringAnAlarm:
    RULE = "weapon-or-new-adult-in-household"

    def test_it_is_folded_with_its_reason_and_the_floor_stays(self, hub: Hub) -> None:
        reference = armed(hub)
        answered(hub, reference, self.RULE)

        found = shown(hub, reference)
        assert self.RULE not in {one.rule for one in found.watch}
        (folded,) = found.answered
        assert folded.answered == "both children saw it; the knife is with the police"
        assert access.view(hub.engine, reference, hub.actor("tess"), hub.now).floor == "red"
        hub.act(reference, "grade", "tara", grade="red", reason="a knife")
        hub.act(reference, "grade", "tara", grade="amber", reason="answered")
        with pytest.raises(RefusedError) as error:
            hub.act(reference, "agree-grade", "mona")
        assert "rating-floor" in {refusal.rule for refusal in error.value.refusals}

    def test_it_comes_back_with_new_facts(self, hub: Hub) -> None:
        reference = armed(hub)
        answered(hub, reference, self.RULE)
        hub.act(reference, "add-concern", "pc", concerns="weapon", words="a second knife")

        (pattern,) = [one for one in shown(hub, reference).watch if one.rule == self.RULE]
        assert len(pattern.counted) == 2

    @pytest.mark.parametrize(
        ("rule", "says"),
        [
            ("no-such-rule", "no-such-rule is no pattern that could be answered"),
            ("rag-clock", "rag-clock is no pattern"),
            ("history-check", "history-check speaks when something is recorded"),
            ("oscillation-detected", "oscillation-detected is not seen in this case"),
        ],
    )
    def test_only_a_pattern_that_is_seen_can_be_answered(self, rule: str, says: str, hub: Hub) -> None:
        reference = armed(hub)
        with pytest.raises(BadCommandError, match=says):
            answered(hub, reference, rule)

    def test_it_is_answered_once(self, hub: Hub) -> None:
        reference = armed(hub)
        answered(hub, reference, self.RULE)
        with pytest.raises(BadCommandError, match="was answered already, and nothing is new"):
            answered(hub, reference, self.RULE)

    @pytest.mark.parametrize("who", ["hv", "dsl"])
    def test_an_agency_does_not_answer_for_the_council(self, who: str, hub: Hub) -> None:
        reference = armed(hub)
        with pytest.raises(NotPermittedError):
            answered(hub, reference, self.RULE, who)

    def test_to_answer_is_not_to_be_at_work_with_the_child(self, hub: Hub) -> None:
        reference = armed(hub)
        answered(hub, reference, self.RULE, "theo")
        with hub.engine.database.reading() as connection:
            case = hub.engine.load(connection, int(reference[1:]), hub.now).case
        assert "theo" not in {who.id for who in case.involved}

    def test_in_the_next_episode_nothing_is_answered_yet(self) -> None:
        told = referred(live=True).then("alarm_answered", "manager", rule=self.RULE, keys=["weapon:x"], words="seen")
        assert answers(told.case) == {(self.RULE, "weapon:x"): "seen"}
        assert answers(told.then("closure", "manager").case) == {}


class TestAWarningThatWasAnswered:
    def warned(self, hub: Hub, reference: str, **more: str) -> None:
        said = {"which": "child_in_need_review", "attended": "sam", **more}
        hub.act(reference, "hold-meeting", "sam", **said)

    def test_is_not_asked_again_while_the_facts_are_the_same(self, hub: Hub) -> None:
        reference = paths.to_assessment(hub)
        with pytest.raises(RefusedError) as error:
            self.warned(hub, reference)
        assert {refusal.rule for refusal in error.value.refusals} == {"meeting-quorum-and-minutes"}

        self.warned(hub, reference, anyway="nobody else could come")
        self.warned(hub, reference)

        with pytest.raises(RefusedError):
            self.warned(hub, reference, attended="sam,desk_sw")
        (kept,) = hub.rows(RecordRow, kind="alarm_answered")
        assert kept["data"]["rule"] == "meeting-quorum-and-minutes"
        assert kept["data"]["words"] == "nobody else could come"

    def test_what_refuses_is_never_let_pass_by_an_answer(self, hub: Hub) -> None:
        reference = paths.to_closure_proposed(hub)
        for _ in range(2):
            with pytest.raises(RefusedError) as error:
                hub.act(reference, "sign-off", "tess", anyway="everybody knows")
            assert "agency-vote-recorded" in {refusal.rule for refusal in error.value.refusals}


def test_an_agency_is_shown_what_it_is_asked_itself_and_no_pattern(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)
    hub.look(reference)

    own = shown(hub, reference, "hv")

    assert [line.by for line in own.now] == ["hv"]
    assert (own.watch, own.later, own.answered) == ((), (), ())


def test_a_closed_referral_asks_for_nothing(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "sign-off", "tess")
    hub.look(reference)

    assert shown(hub, reference) == Agenda()


@pytest.mark.parametrize(
    ("go", "waits_for"),
    [
        (lambda hub: hub.refer(), "a triage worker to take it on"),
        (paths.to_decision, "the manager to decide"),
        (paths.to_strategy, "the chair to hold strategy"),
    ],
    ids=["a new contact", "before a manager", "a discussion that was called"],
)
def test_a_worklist_says_whose_turn_it_is(go: Callable[[Hub], str], waits_for: str, hub: Hub) -> None:
    reference = go(hub)
    with hub.engine.database.reading() as connection:
        (row,) = access.worklist(connection, hub.actor("mona"))

    assert (row.reference, row.waits_for) == (reference, waits_for)
