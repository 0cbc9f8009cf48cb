"""What the gates of the challenge let through, and what not."""

from typing import Any

import pytest

from tests.support.stories import referred, table
from workflow.gates.challenge import SEES_LEAD


@pytest.mark.parametrize(
    ("by", "event", "verdict"),
    table(
        ("the review: asked and not told", "teacher", {"answered": False}, "said"),
        ("asked and told", "teacher", {"answered": True}, "nothing"),
        ("at work with the child by asking", "key_worker", {"answered": False}, "said"),
        ("of the family", "mother", {"answered": False}, "nothing"),
        ("said by nobody", None, {"answered": False}, "nothing"),
    ),
)
def test_who_holds_the_case(by: str | None, event: dict[str, Any], verdict: str) -> None:
    assert referred().verdict(SEES_LEAD, "information_request", by, **event) == verdict


@pytest.mark.parametrize(("by", "verdict"), [("teacher", "said"), ("key_worker", "nothing")])
def test_live_only_who_is_at_work_with_the_child_already_has_a_claim_to_know(by: str, verdict: str) -> None:
    assert referred(live=True).verdict(SEES_LEAD, "information_request", by, answered=False) == verdict
