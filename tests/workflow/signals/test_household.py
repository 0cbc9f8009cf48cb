"""What the signal of the household sees: violence at home, and somebody new whom nobody has looked at."""

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.signals.household import WEAPON_OR_ADULT

OPEN = referred().with_adult("lodger", "other", "mother")
CAME = OPEN.then("household", what="joined", person="lodger")


@pytest.mark.parametrize(
    ("before", "floor"),
    table(
        ("the review: a knife", referred().then("incident", what="weapon"), "red"),
        ("a weapon spoken of", referred("officer", "weapon"), "red"),
        ("somebody attacked before the child", referred().then("incident", what="assault", child_present=True), "red"),
        ("an assault elsewhere", referred().then("incident", what="assault"), None),
        ("nobody knew", referred().then("incident", what="weapon", known=False), None),
        ("nothing open", story().then("incident", what="weapon"), None),
        (
            "discussed",
            referred().then("incident", what="weapon").then("strategy_discussion", decision="assessment"),
            None,
        ),
    ),
)
def test_violence_at_home(before: Story, floor: str | None) -> None:
    assert before.floor(WEAPON_OR_ADULT) == floor


@pytest.mark.parametrize(
    ("before", "seen"),
    table(
        ("the review: somebody on the sofa, and nobody asks", CAME, True),
        ("a new partner", OPEN.then("household", what="new_partner", person="lodger"), True),
        ("checked", CAME.then("check", "worker", agency="police", person="lodger", status="asked"), False),
        ("spoken to", CAME.then("spoke_to", "worker", person="lodger"), False),
        ("the household searched", CAME.then("history_checked", "worker", scope=["household"]), False),
        ("searched for something else", CAME.then("history_checked", "worker", scope=["siblings"]), True),
        ("a search of another sort", CAME.then("check", "worker", agency="police", scope=["household"]), True),
        ("asked about in a check", CAME.then("police_check", "worker", for_="lodger"), False),
        ("heard in a meeting", CAME.then("meeting", which="core_group", attended=["lodger"]), False),
        ("met on a visit", CAME.then("visit", "worker", access="granted", with_=["lodger"]), False),
        ("an assessment begun", CAME.then("assessment", "worker", status="started"), True),
        ("an assessment completed", CAME.then("assessment", "worker", status="completed"), False),
        ("another thing that was completed", CAME.then("early_help", "worker", status="completed"), True),
        ("an enquiry concluded", CAME.then("section47_outcome", outcome="not_substantiated"), False),
        ("named in the household again", CAME.then("household", what="other", person="lodger"), True),
        ("somebody else visited", CAME.then("visit", "worker", access="granted", with_=["mother"]), True),
        ("weighed in a discussion", CAME.then("strategy_discussion", decision="assessment"), False),
        ("gone again", CAME.then("household", what="left", person="lodger"), False),
        ("a child", OPEN.then("household", what="joined", person="child"), False),
        ("nobody named", OPEN.then("household", what="joined"), False),
        ("nobody knew", OPEN.then("household", what="joined", person="lodger", known=False), False),
    ),
)
def test_a_new_adult_is_seen_a_day_after_nobody_asked(before: Story, seen: bool) -> None:
    assert before.raised(WEAPON_OR_ADULT) == []
    assert len(before.wait(days=2).raised(WEAPON_OR_ADULT)) == seen
