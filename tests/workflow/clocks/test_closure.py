"""Which clocks of the closure run, and until when. Stories begin on Tuesday 10 March 2026."""

import pytest

from tests.support.stories import Story, referred, table
from workflow.clocks.closure import SIGN_OFF, VIEWS
from workflow.rule import Clock

PROPOSED = referred(live=True).then("closure_proposed", "worker")
HEARD = PROPOSED.wait(days=1).then("view", "teacher", view="agree")


@pytest.mark.parametrize(
    ("clock", "before", "due"),
    table(
        ("put forward", VIEWS, PROPOSED, "2026-03-13"),
        ("everybody heard", VIEWS, HEARD, None),
        ("sent back", VIEWS, PROPOSED.then("closure_returned", "manager"), None),
        (
            "challenged",
            VIEWS,
            PROPOSED.then("disagreement", "teacher", with_="closure_proposed", status="raised"),
            None,
        ),
        ("overtaken", VIEWS, PROPOSED.then("contact", "teacher"), None),
        ("not put forward", VIEWS, referred(live=True), None),
        ("waits for its signature", SIGN_OFF, HEARD, "2026-03-13"),
        ("not everybody was heard", SIGN_OFF, PROPOSED, None),
        ("signed", SIGN_OFF, HEARD.then("closure", "worker"), None),
    ),
)
def test_a_deadline(clock: Clock, before: Story, due: str | None) -> None:
    assert before.due(clock) == due
