"""A chronology as comma-separated values, with cells that no spreadsheet takes for a formula."""

import csv
import io
from typing import Final

from config.clock import LONDON
from notifications.documents.rows import rows
from workflow.chronology_shown import Chronicle

_HEAD: Final = (
    "Day",
    "When",
    "Time",
    "Child",
    "By",
    "Agency",
    "Kind",
    "What happened",
    "In their words",
    "Marks",
    "Known to",
    "Recorded in",
)
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def chronology_sheet(chronicle: Chronicle) -> str:
    """Write a chronology as a sheet: one row for each entry, and its notes below."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(_HEAD)
    for row in rows(chronicle):
        cells = (
            f"{row.entry.at.astimezone(LONDON):%d/%m/%Y}",
            row.when,
            row.time,
            row.about,
            row.who,
            row.agency,
            row.entry.kind.value.replace("_", " "),
            f"{row.says} {row.more}".rstrip(),
            row.quoted or row.told,
            "; ".join(row.marks),
            row.known_to,
            row.source,
        )
        sheet.writerow(map(safe, cells))
    for note in (chronicle.title, *chronicle.notes):
        sheet.writerow(("", "Note", "", "", "", "", "", safe(note)))
    return out.getvalue()


def safe(cell: str) -> str:
    """Return a cell that is read as text wherever it is opened."""
    return f"'{cell}" if cell.lstrip().startswith(_STARTS_A_FORMULA) else cell
