"""People who do their work well, whatever the outcome, meet no refusal that leads nowhere, and every referral ends."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest

from models.tables.post import MessageRow
from models.tables.referral import ReferralRow
from models.tables.work import TaskRow
from tools.noise import arrive
from tools.practice import BEGIN, World
from tools.practice_child import Child
from tools.practice_paths import MIX

LONGEST = timedelta(weeks=60)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """A hub at the beginning of a working year."""
    opened = World(database_url, seed=7)
    yield opened
    opened.hub.engine.database.dispose()


@pytest.mark.parametrize("outcome", [name for name, _ in MIX])
def test_good_practice_gets_where_it_is_going(outcome: str, world: World) -> None:
    for number in range(2):
        arrive(world, number, outcome, BEGIN + timedelta(days=number))
    world.run(BEGIN + LONGEST)

    counts = world.counts
    assert [row["state"] for row in world.hub.rows(ReferralRow)] == ["closed", "closed"]
    assert not counts.refused, counts.said
    assert not counts.unmended
    assert not counts.stuck
    assert not counts.unknown, "the list asks for something that nobody knows how to do"
    assert not [row for row in world.hub.rows(TaskRow) if row["done_at"] is None]
    assert {row["status"] for row in world.hub.rows(MessageRow)} <= {"sent", "answered", "pending"}


def test_a_refusal_is_mended_by_doing_what_it_says(world: World) -> None:
    """A worker in a hurry skips the agencies and the history; what the refusals name is done, and the decision passes."""
    born = (BEGIN - timedelta(days=1500)).date()
    child = Child(world, "Practice Child Hurried", born, ("neglect",), "school0")
    given = {"child": child.name, "born": born, "concerns": ["neglect"], "words": "came hungry again", "attachments": 2}
    child.opened(world.hub.refer(by="school0", **given))
    child.do("begin-triage", child.worker)
    child.do("grade", child.worker, grade="amber", reason="by the hub's guide")
    child.do("put-for-decision", child.worker)

    assert child.do("decide", "mona", outcome="assessment", reason="a fuller look is needed")

    refused = set(world.counts.refused)
    assert {"agency-checks-complete", "history-check", "every-concern-answered", "attachments-reviewed"} <= refused
    assert not world.counts.unmended


def test_one_person_gets_one_letter_a_day_besides_what_is_urgent(world: World) -> None:
    for number, (outcome, _) in enumerate(MIX):
        arrive(world, number, outcome, BEGIN + timedelta(hours=number))
    seen: Counter[tuple[str, str]] = Counter()
    take = world.send

    def keep(letter):  # type: ignore[no-untyped-def]
        if letter.key.startswith("letter:"):
            seen[letter.account, world.now.date().isoformat()] += 1
        return take(letter)

    world.send = keep  # type: ignore[method-assign]
    world.run(BEGIN + timedelta(weeks=6))

    assert seen
    assert set(seen.values()) == {1}
