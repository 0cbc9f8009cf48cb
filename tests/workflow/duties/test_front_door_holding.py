"""An agency that was asked hears of it, and a case without a social worker gets one. The live record only."""

from tests.support.stories import referred
from workflow.duties.front_door_holding import ALLOCATE, ASKED

LIVE = referred(live=True).then("grade", "triage", grade="red", reason=True)
QUESTION = LIVE.then("check", "triage", agency="police", of="officer", status="asked")
BEGUN = LIVE.then("assessment", "triage", status="started")


def test_whoever_is_asked_is_told_and_has_it_to_do_within_the_hours_of_the_colour() -> None:
    (ought,) = QUESTION.oughts(ASKED)

    assert (ought.to, ought.template, ought.task) == (("officer",), "information_wanted", True)
    assert ought.due is not None
    assert (ought.due - QUESTION.now).total_seconds() <= 2 * 3600


def test_whoever_has_answered_is_asked_no_longer() -> None:
    assert QUESTION.then("check", "officer", agency="police", status="replied").oughts(ASKED) == []


def test_another_agencys_answer_is_not_theirs() -> None:
    assert len(QUESTION.then("check", "nurse", agency="health_visiting", status="replied").oughts(ASKED)) == 1


def test_a_second_question_is_asked_again() -> None:
    again = QUESTION.then("check", "officer", agency="police", status="replied").then(
        "check", "triage", agency="police", of="officer", status="asked"
    )

    assert len(again.oughts(ASKED)) == 1


def test_a_case_to_be_assessed_is_given_to_somebody() -> None:
    (ought,) = BEGUN.oughts(ALLOCATE)

    assert (ought.to_role, ought.task) == ("team_manager", True)


def test_a_case_that_somebody_has_or_that_is_not_yet_decided_is_left_alone() -> None:
    assert BEGUN.then("allocated", "manager", to="worker").oughts(ALLOCATE) == []
    assert LIVE.oughts(ALLOCATE) == []
    assert referred().then("assessment", "worker", status="started").oughts(ALLOCATE) == []
