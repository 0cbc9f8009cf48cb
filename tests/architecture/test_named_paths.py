"""A page for people that names a file names one that exists."""

import re
from pathlib import Path

import pytest

from tests.support.house import ROOT, name_of, packages

PAGES = sorted(ROOT.glob("*.md"))
FOLDERS = (*packages(), "tests", "docs", "tools", ".ci")
# `workflow/gates/`, `config/clock.py`; not `mash up`, nor a place that the product makes when it runs (var/).
PLACE = re.compile(rf"`((?:{'|'.join(re.escape(folder) for folder in FOLDERS)})/[\w./*<>-]*)`")


def missing(text: str) -> list[str]:
    """Return the named places that are not there; `*` and `<stage>` stand for any name."""
    named = {place: re.sub(r"<\w+>", "*", place).rstrip("/") for place in PLACE.findall(text)}
    return [place for place, pattern in named.items() if not any(ROOT.glob(pattern))]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_place_that_a_page_names_exists(page: Path) -> None:
    assert missing(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see `config/clock.py`", []),
        ("see `workflow/gates/<stage>.py` and `workflow/clocks/`", []),
        ("see `config/no_such_file.py`", ["config/no_such_file.py"]),
        ("see `workflow/<stage>/nowhere.py`", ["workflow/<stage>/nowhere.py"]),
    ],
)
def test_a_place_that_is_not_there_is_found(text: str, found: list[str]) -> None:
    assert missing(text) == found
