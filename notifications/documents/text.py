"""A chronology as plain text: on the screen, and in a file that any machine can open."""

import textwrap
from collections.abc import Iterator
from typing import Final

from notifications.documents.rows import UNRECORDED, Row, by_year, rows
from workflow.chronology_shown import Chronicle
from workflow.chronology_words import british

WIDTH: Final = 80
_IN: Final = "    "


def chronology_text(chronicle: Chronicle, width: int = WIDTH) -> str:
    """Write a chronology as text, so many columns wide."""
    return "\n".join(_lines(chronicle, width)) + "\n"


def _lines(chronicle: Chronicle, width: int) -> Iterator[str]:
    yield from _folded(chronicle.title, width)
    yield "=" * min(len(chronicle.title), width)
    for child in chronicle.children:
        if child.born or child.due:
            born = f"born {british(child.born)}" if child.born else ""
            due = f"due {british(child.due)}" if child.due else ""
            yield from _folded(f"{child.name}: {born or due}", width)
    for note in chronicle.notes:
        yield from _folded(note, width)
    years = by_year(list(rows(chronicle)))
    if not years:
        yield from ("", "Nothing is on record that was asked for.")
    for year, found in years.items():
        title = f"{year} ({len(found)} {'entry' if len(found) == 1 else 'entries'})"
        yield from ("", title, "-" * len(title))
        for row in found:
            yield ""
            yield from _row(row, width)
    if chronicle.people:
        yield from ("", "Who is who", "----------")
        for name, what in chronicle.people:
            yield from _folded(f"{name}: {what}", width)


def _row(row: Row, width: int) -> Iterator[str]:
    when = f"{row.when}, {row.time}" if row.time else row.when
    head = [when, row.about, f"[{row.source}]" if row.source else ""]
    yield from _folded("  ".join(filter(None, head)), width)
    yield from _folded(f"{row.says} {row.more}".rstrip(), width, _IN)
    if row.quoted or row.told:
        yield from _folded(f'"{row.quoted}"' if row.quoted else row.told, width, _IN)
    if row.marks:
        yield from _folded(f"* {'; '.join(row.marks)}", width, _IN)
    known = "" if row.known_to == UNRECORDED else f". Known to: {row.known_to}"
    yield from _folded(f"By: {row.doer}{known}", width, _IN)


def _folded(text: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=indent, break_long_words=True, break_on_hyphens=False
    )
