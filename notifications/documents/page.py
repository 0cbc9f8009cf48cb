"""A chronology as one self-contained page made for A4: no script, nothing fetched from anywhere."""

import re
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from config.clock import LONDON
from notifications.documents.rows import UNRECORDED, by_year, rows
from workflow.chronology_shown import Chronicle
from workflow.chronology_words import british

_NOT_IN_A_STYLE: Final = re.compile(r"[^\w ,.:()-]")
"""What the running head leaves out, so that no reference can end the style sheet it stands in."""

_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def environment() -> Environment:
    """Return the templates of all documents: everything in them is escaped, and nothing may be missing."""
    return _ENVIRONMENT


def chronology_page(chronicle: Chronicle) -> str:
    """Write a chronology as a page that a court or a conference can read and print."""
    made = chronicle.whence.made_at
    return _ENVIRONMENT.get_template("chronology.html.jinja").render(
        chronicle=chronicle,
        years=by_year(list(rows(chronicle))),
        running=_NOT_IN_A_STYLE.sub("", chronicle.whence.reference),
        made=british(made.astimezone(LONDON).date()) if made else "",
        british=british,
        unrecorded=UNRECORDED,
    )
