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
        ("not at work with the child", "key_worker", {"answered": False}, "nothing"),
        ("said by nobody", None, {"answered": False}, "nothing"),
    ),
)
def test_who_holds_the_case(by: str | None, event: dict[str, Any], verdict: str) -> None:
    assert referred().verdict(SEES_LEAD, "information_request", by, **event) == verdict
