"""What was asked of the agencies: answered, withheld, late or still out; and where history was looked for."""

from datetime import timedelta

from tests.support.stories import Story, referred
from workflow.checks_read import checks, searched, unasked

ASKED = referred().then("grade", "triage", grade="red").then(
    "check", "triage", agency="police", of="officer", status="asked"
)  # fmt: skip


def one(tale: Story) -> tuple[bool, bool, bool]:
    """Say of the only question whether it was answered, withheld, and is late by now."""
    (check,) = checks(tale.case, tale.terms)
    return check.answer is not None, check.withheld, check.late(tale.now)


def test_a_question_is_out_until_its_agency_answers() -> None:
    assert one(ASKED) == (False, False, False)
    assert one(ASKED.then("check", "officer", agency="police", status="replied")) == (True, False, False)
    assert one(ASKED.then("check", "nurse", agency="health_visiting", status="replied"))[0] is False


def test_an_answer_may_be_that_nothing_is_shared() -> None:
    assert one(ASKED.then("check", "officer", agency="police", status="replied", share="withheld"))[:2] == (True, True)


def test_a_question_without_an_answer_is_late_by_the_hours_of_its_colour() -> None:
    assert one(ASKED.wait(hours=1)) == (False, False, False)
    assert one(ASKED.wait(days=1)) == (False, False, True)
    assert one(ASKED.wait(days=1).then("check", "officer", agency="police", status="replied")) == (True, False, False)


def test_green_leaves_more_hours_than_red() -> None:
    (red,) = checks(ASKED.case, ASKED.terms)
    green = ASKED.then("grade", "triage", grade="green")
    (later,) = checks(green.case, green.terms)

    assert later.due - red.due > timedelta(hours=1)


def test_what_is_out_comes_first() -> None:
    tale = ASKED.then("check", "triage", agency="health_visiting", of="nurse", status="asked")
    tale = tale.then("check", "nurse", agency="health_visiting", status="replied")

    assert [check.agency for check in checks(tale.case, tale.terms)] == ["police", "health_visiting"]


def test_an_answer_answers_every_question_to_its_agency() -> None:
    tale = ASKED.then("check", "triage", agency="police", of="officer", status="asked")
    tale = tale.then("check", "officer", agency="police", status="replied")

    assert all(check.answer is not None for check in checks(tale.case, tale.terms))


def test_what_nobody_asked_for_is_told_apart() -> None:
    tale = ASKED.then("check", "nurse", agency="health_visiting", status="replied", words="seen in May")

    assert [event.by for event in unasked(tale.case)] == ["nurse"]
    assert unasked(ASKED.then("check", "officer", agency="police", status="replied").case) == []


def test_history_is_ticked_off_place_by_place() -> None:
    tale = ASKED.then("history_checked", "triage", scope=["child", "police"])

    found = {one.scope: one.by is not None for one in searched(tale.case)}
    assert found == {"child": True, "household": False, "parents": False, "police": True, "other_areas": False}
