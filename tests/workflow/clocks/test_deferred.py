"""When what was put off comes back. Stories begin on Tuesday 10 March 2026."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, table
from workflow.clocks.deferred import WAKE

PREGNANT: dict[str, Any] = {"born": None, "due": "2026-09-15"}
EARLY: dict[str, Any] = {"outcome": "no_further_action", "reason_code": "too_early_in_pregnancy"}


def put_off(before: Story | None = None, **given: Any) -> Story:
    """A referral that a decision put off."""
    return (before or referred("midwife", **PREGNANT)).then("decision", "triage", **{"outcome": "deferred", **given})


UNTIL = put_off(until="2026-04-01")
BY_WEEKS = referred("midwife", born=None, pregnancy={"weeks": 9})


@pytest.mark.parametrize(
    ("before", "due"),
    table(
        ("until a day", UNTIL, "2026-04-01"),
        ("until a day, and looked at before", put_off(until="2026-04-01", review_on="2026-03-20"), "2026-04-01"),
        ("to be looked at on a day", put_off(review_on="2026-03-20"), "2026-03-20"),
        ("a child who is born, until a day", put_off(referred(), until="2026-04-01"), "2026-04-01"),
        ("a child who is born, without a day", put_off(referred()), None),
        ("a child who is born, to be looked at on a day", put_off(referred(), review_on="2026-03-20"), "2026-03-20"),
        ("by the day on which the child is due", put_off(), "2026-03-31"),
        ("put off on the very day of the twelfth week", put_off(referred("midwife", born=None, due="2026-09-22")),
         "2026-04-07"),
        ("by the weeks that were told", put_off(BY_WEEKS), "2026-03-31"),
        ("by the weeks told last", put_off(BY_WEEKS.then("contact", "nurse", pregnancy={"weeks": 11})), "2026-03-17"),
        ("weeks told, and then a contact without them", put_off(BY_WEEKS.then("contact", "nurse")), "2026-03-31"),
        ("a pregnancy of which nothing is known", put_off(referred("midwife", born=None, pregnancy={"known": True})),
         None),
        ("near the birth", put_off(referred("midwife", born=None, due="2026-04-01")), None),
        ("called too early to decide", referred("midwife", **PREGNANT).then("decision", **EARLY), "2026-03-31"),
        ("decided afresh", UNTIL.then("decision", outcome="assessment"), None),
        ("put off again", UNTIL.then("decision", outcome="deferred", until="2026-05-01"), "2026-05-01"),
        ("never put off", referred("midwife", **PREGNANT).then("decision", outcome="assessment"), None),
        ("not decided", referred("midwife", **PREGNANT), None),
        ("assessed since", UNTIL.then("assessment", "worker", status="started"), None),
        ("closed since", UNTIL.then("closure"), None),
        ("woken", UNTIL.wait(days=22).then("woken"), None),
        ("a discussion is called", UNTIL.then("strategy_discussion", requested=True), None),
        ("a discussion is held", UNTIL.then("strategy_discussion", decision="assessment"), None),
        ("a story tells of another contact", UNTIL.then("contact", "nurse"), "2026-04-01"),
        ("a visit takes nothing up", UNTIL.then("visit", "worker"), "2026-04-01"),
    ),
)  # fmt: skip
def test_what_was_put_off_comes_back(before: Story, due: str | None) -> None:
    assert before.due(WAKE) == due


def test_in_the_engines_own_record_another_contact_takes_it_up() -> None:
    live = put_off(referred("midwife", live=True, **PREGNANT), until="2026-04-01")

    assert live.due(WAKE) == "2026-04-01"
    assert live.then("contact", "nurse").due(WAKE) is None
    assert live.then("visit", "worker").due(WAKE) == "2026-04-01"


def test_the_warning_is_the_morning_of_the_day_and_never_before_it_was_put_off() -> None:
    (later,) = UNTIL.running(WAKE)
    (today,) = put_off(until="2026-03-10").running(WAKE)

    assert f"{later.warn:%Y-%m-%dT%H:%M}" == "2026-04-01T00:00"
    assert today.warn == today.started
