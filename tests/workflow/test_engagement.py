"""The ledger of contacts tried and contacts made, across agencies."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.engagement import Tally, failed, keeps_away, ledger, of_agency, tally

VISITED: dict[str, Any] = {"access": "granted"}
NO_REPLY: dict[str, Any] = {"access": "no_reply"}


@pytest.mark.parametrize(
    ("kind", "by", "data", "line"),
    table(
        ("let in", "visit", "worker", {"access": "granted"}, (1, 1)),
        ("turned away", "visit", "worker", {"access": "denied"}, (0, 1)),
        ("nobody in, three times", "visit", "worker", {"access": "no_reply", "times": 3}, (0, 3)),
        ("a call that reached nobody", "attempt", "worker", {"person": "mother"}, (0, 1)),
        ("a colleague was out", "attempt", "worker", {"person": "nurse"}, (0, 0)),
        ("an appointment kept", "appointment", "nurse", {"what": "gp", "outcome": "attended"}, (1, 1)),
        ("not brought", "appointment", "nurse", {"what": "gp", "outcome": "was_not_brought"}, (0, 1)),
        ("put off", "appointment", "key_worker", {"what": "other", "outcome": "rearranged"}, (0, 1)),
        ("a talk with the mother", "spoke_to", "worker", {"person": "mother"}, (1, 1)),
        ("nobody asked her", "spoke_to", "worker", {"person": "mother", "done": False}, (0, 0)),
        ("a talk with a colleague", "spoke_to", "worker", {"person": "nurse"}, (0, 0)),
        ("she came to the meeting", "meeting", "worker", {"which": "core_group", "attended": ["mother"]}, (1, 1)),
        (
            "she was asked and did not come",
            "meeting",
            "worker",
            {"which": "core_group", "invited": ["mother"], "attended": ["nurse"]},
            (0, 1),
        ),
        ("professionals only", "meeting", "worker", {"which": "supervision", "attended": ["manager"]}, (0, 0)),
        (
            "the meeting was called off",
            "meeting",
            "worker",
            {"which": "core_group", "status": "cancelled", "invited": ["mother"]},
            (0, 0),
        ),
        ("a concern is no contact", "concern", "nurse", {"concerns": ["non_engagement"]}, (0, 0)),
    ),
)
def test_a_line_of_the_ledger(kind: str, by: str, data: dict[str, Any], line: tuple[int, int]) -> None:
    assert tally(ledger(story().then(kind, by, **data).case)) == Tally(*line)


def tried(*results: dict[str, Any], before: Story | None = None) -> Story:
    """Let different agencies call one after another."""
    after = before or referred()
    for at, result in enumerate(results):
        after = after.wait(days=3).then("visit", ("worker", "nurse", "key_worker")[at % 3], **result)
    return after


@pytest.mark.parametrize(
    ("after", "away"),
    table(
        ("the review: one in four", tried(VISITED, NO_REPLY, NO_REPLY, NO_REPLY), True),
        ("half of them", tried(VISITED, NO_REPLY, VISITED, NO_REPLY), False),
        ("three prove nothing", tried(NO_REPLY, NO_REPLY, NO_REPLY), False),
        ("nothing was tried", referred(), False),
        ("long ago", tried(*[NO_REPLY] * 4).wait(weeks=9), False),
        ("nobody in three times on one day", tried(VISITED, {**NO_REPLY, "times": 3}), True),
    ),
)
def test_a_family_keeps_away_when_too_few_contacts_come_about(after: Story, away: bool) -> None:
    assert keeps_away(after.case, after.terms, after.now) is away


def test_the_ledger_of_one_service_can_be_read_alone() -> None:
    after = tried(NO_REPLY, VISITED, NO_REPLY, NO_REPLY)
    nurse = list(of_agency(after.case, ledger(after.case), "health_visiting"))

    assert tally(nurse) == Tally(1, 1)
    assert Tally(0, 0).share == 1
    assert failed(story().event("visit", access="denied"))
    assert not failed(story().event("visit", access="granted"))
