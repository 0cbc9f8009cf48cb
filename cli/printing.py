"""Printing for people and for scripts: plain columns that survive a pipe, and JSON."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any


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


def table(head: Sequence[str], rows: Iterable[Sequence[str]], empty: str = "Nothing.") -> None:
    """Print rows in columns, the last as long as it is; `empty` where there are none."""
    filled = [list(row) for row in rows]
    if not filled:
        print(empty)
        return
    lines = [list(head), *filled]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def section(title: str, lines: Iterable[str]) -> None:
    """Print a heading with its lines, or nothing where there are none."""
    kept = list(lines)
    if kept:
        print(f"\n{title}")
        for line in kept:
            print(f"  {line}")
