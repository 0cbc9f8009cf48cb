"""The clock that runs when no other does. Stories begin on Tuesday 10 March 2026."""

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.clocks.closure import VIEWS
from workflow.clocks.fallback import owner_acts
from workflow.clocks.plans import FIRST_MEETING

ALONE = owner_acts(())
BESIDE = owner_acts((VIEWS, FIRST_MEETING))
OPEN = referred(live=True)
PLANNED = OPEN.then("plan", which="child_in_need", status="started")


@pytest.mark.parametrize(
    ("before", "due"),
    table(
        ("an open referral", OPEN, "2026-03-12"),
        ("something happened since", OPEN.wait(days=2).then("visit", "worker"), "2026-03-16"),
        ("under a plan", PLANNED, "2026-03-24"),
        ("closed", OPEN.then("closure"), None),
        ("nothing told yet", story(live=True), None),
        ("a story knows of it anyhow", referred(), None),
    ),
)
def test_an_open_referral_is_looked_at_by_its_owner(before: Story, due: str | None) -> None:
    assert before.due(ALONE) == due


def test_it_runs_beside_no_other() -> None:
    assert OPEN.due(BESIDE) == OPEN.due(ALONE)
    assert OPEN.then("closure_proposed", "worker").running(BESIDE) == []
    assert PLANNED.running(BESIDE) == []


def test_its_card_names_who_acts() -> None:
    assert ALONE.id == "owner-act"
    assert ALONE.mend.startswith("the owner")
