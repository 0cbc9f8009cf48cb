"""Who hears of a challenge, and when it climbs by itself. The live record only."""

from models.vocabulary import Role
from tests.support.stories import referred
from workflow.duties.challenge import ANSWERED, TOLD

RAISED = referred(live=True).then("disagreement", "teacher", with_="decision", status="raised", stage=1, named="row")


def test_the_owner_hears_of_it_first() -> None:
    (ought,) = RAISED.oughts(TOLD)

    assert (ought.key, ought.template, ought.to_role) == ("challenge:row:1", "challenge_raised", None)


def test_what_is_not_settled_in_time_climbs() -> None:
    verbs = [one.verb for one in RAISED.wait(days=2).oughts(TOLD)]

    assert verbs == [None, "climb-challenge"]


def test_the_next_rung_is_told_in_its_turn() -> None:
    climbed = RAISED.wait(days=2).then("disagreement", "system", with_="decision", status="escalated", stage=2)

    assert [(one.template, one.to_role) for one in climbed.oughts(TOLD)] == [("challenge_climbed", Role.TEAM_MANAGER)]


def test_the_highest_rung_climbs_no_further() -> None:
    top = RAISED.then("disagreement", "system", with_="decision", status="escalated", stage=4)

    assert [one.verb for one in top.wait(days=30).oughts(TOLD)] == [None]


def test_whoever_raised_it_hears_how_it_ended() -> None:
    settled = RAISED.then("disagreement", "manager", with_="decision", status="resolved")

    assert settled.oughts(TOLD) == []
    assert [(one.template, one.to) for one in settled.oughts(ANSWERED)] == [("challenge_settled", ("teacher",))]


def test_whoever_asks_who_holds_the_case_gets_the_answer() -> None:
    asked = referred(live=True).then("information_request", "teacher", answered=True)

    assert [one.template for one in asked.oughts(ANSWERED)] == ["case_holder"]


def test_another_challenge_is_not_answered_by_this_one() -> None:
    other = RAISED.then("disagreement", "nurse", with_="closure", status="raised", stage=1, named="other")
    settled = other.then("disagreement", "manager", with_="closure", status="resolved")

    assert [one.to for one in settled.oughts(ANSWERED)] == [("nurse",)]
    assert [one.key for one in settled.oughts(TOLD)] == ["challenge:row:1"]


def test_a_challenge_that_climbs_or_that_nobody_raised_is_not_yet_answered() -> None:
    assert RAISED.then("disagreement", "system", with_="decision", status="escalated", stage=2).oughts(ANSWERED) == []
    nobody = referred(live=True).then("disagreement", with_="decision", status="raised", stage=1)
    assert nobody.then("disagreement", "manager", with_="decision", status="resolved").oughts(ANSWERED) == []


def test_a_challenge_raised_again_is_answered_for_each_time() -> None:
    once = RAISED.then("disagreement", "manager", with_="decision", status="resolved", named="first_answer")
    twice = once.then("disagreement", "nurse", with_="decision", status="raised", stage=1).then(
        "disagreement", "manager", with_="decision", status="resolved", named="second_answer"
    )

    assert [(one.key, one.to) for one in twice.oughts(ANSWERED)] == [
        ("settled:first_answer", ("teacher",)),
        ("settled:second_answer", ("nurse",)),
    ]


def test_a_question_that_nobody_answered_or_asked_is_no_answer() -> None:
    assert referred(live=True).then("information_request", "teacher").oughts(ANSWERED) == []
    assert referred(live=True).then("information_request", answered=True).oughts(ANSWERED) == []
    assert referred(live=True).then("note", "teacher", answered=True).oughts(ANSWERED) == []
