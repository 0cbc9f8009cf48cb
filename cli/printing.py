"""Printing for people and for scripts: columns that fit the screen and survive a pipe, and JSON."""

import json
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Final

NARROWEST: Final = 40
"""A screen narrower than this is taken to be this wide."""

LEAST_LAST: Final = 36
"""A last column with less room than this goes on a line of its own."""

# What people wrote must not steer the screen it is read on: control characters, and marks that turn text round.
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def emit(data: Any) -> None:
    """Print plain data as JSON."""
    print(json.dumps(data, indent=2, ensure_ascii=False, default=plain))


def plain(value: Any) -> Any:
    """Turn what JSON does not know into what it does."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, Path):
        return str(value)
    return str(value)


def clean(text: str) -> str:
    """Return text on one line, without anything that a screen would take for an order."""
    return _UNSEEN.sub(" ", text)


def screen() -> int:
    """Return how wide the screen is, or 0 where the output goes to a file or a pipe and nothing need be broken."""
    if sys.stdout is None or not sys.stdout.isatty():
        return 0
    columns = shutil.get_terminal_size((0, 0)).columns
    return max(columns, NARROWEST) if columns else 0


def say(text: str, indent: int = 0, hang: int = 0) -> None:
    """Print one paragraph, broken at the edge of the screen; what follows its first line hangs further in."""
    print("\n".join(folded(text, indent, hang)))


def folded(text: str, indent: int = 0, hang: int = 0) -> list[str]:
    """Break one paragraph at the edge of the screen."""
    first, later = " " * indent, " " * (indent + hang)
    wide = screen()
    if not wide or not text:
        return [(first + clean(text)).rstrip()]
    return textwrap.wrap(
        clean(text),
        wide,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first]


def table(head: Sequence[str], rows: Iterable[Sequence[str]], empty: str = "Nothing.", indent: int = 0) -> None:
    """Print rows in columns; `empty` where there are none. The last column is broken, or stands below, to fit."""
    filled = [[clean(cell) for cell in row] for row in rows]
    if not filled:
        print(empty)
        return
    lines = [list(head), *filled] if any(head) else filled
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    room = screen() - indent - sum(widths[:-1]) - 2 * (len(widths) - 1)
    fits = not screen() or widths[-1] <= room or room >= LEAST_LAST
    for line in lines:
        start = " " * indent + "  ".join(cell.ljust(width) for cell, width in zip(line[:-1], widths, strict=False))
        print("\n".join(_beside(start, line[-1]) if fits else _below(start, line[-1], indent)))


def _beside(start: str, last: str) -> Iterator[str]:
    start = f"{start}  "
    wide = screen()
    parts = textwrap.wrap(last, wide - len(start), break_long_words=False, break_on_hyphens=False) if wide else [last]
    for at, part in enumerate(parts or [""]):
        yield ((start if at == 0 else " " * len(start)) + part).rstrip()


def _below(start: str, last: str, indent: int) -> Iterator[str]:
    yield start.rstrip()
    if last:
        yield from folded(last, indent + 4)


def section(title: str, lines: Iterable[str], hang: int = 2) -> None:
    """Print a heading with its lines, or nothing where there are none. A line keeps the indent it comes with."""
    kept = list(lines)
    if kept:
        print()
        say(title)
        for line in kept:
            text = line.lstrip(" ")
            say(text, 2 + len(line) - len(text), hang)
