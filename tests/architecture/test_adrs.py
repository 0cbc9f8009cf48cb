"""Decisions are numbered without a gap, and each says what enforces it."""

import re
from pathlib import Path

import pytest

from tests.support.house import ROOT, name_of

PAGES = sorted((ROOT / "docs" / "adr").glob("*.md"))


def test_numbers_are_dense() -> None:
    assert [int(page.name[:4]) for page in PAGES] == list(range(1, len(PAGES) + 1))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_decision_says_why_and_what_enforces_it(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    for heading in ("Context", "Decision", "Consequences", "Alternatives", "Enforced by"):
        assert re.search(rf"^## {heading}\n\S", text, re.MULTILINE), f"{heading} is empty"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_enforces_it_exists(page: Path) -> None:
    enforced = page.read_text(encoding="utf-8").partition("## Enforced by")[2]
    named = [path for path in re.findall(r"`([\w/.]+)`", enforced) if "/" in path or path.endswith(".toml")]

    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
