"""What somebody typed into the search: a reference, an NHS number, a day, and words. All of it out of one box. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

_REFERENCE: Final = re.compile(r"\bM0*(\d{1,12})\b", re.IGNORECASE)
_NHS: Final = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?!\d)")
_DAY: Final = re.compile(r"\b(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{1,2} [A-Za-z]{3,9} \d{4})\b")
_WRITTEN: Final = ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
MOST_LETTERS: Final = 200


@dataclass(frozen=True, slots=True)
class SearchFor:
    """What somebody asks for: one box, and a day of birth or a due date where the page has a field for it."""

    text: str = ""
    born: date | None = None


@dataclass(frozen=True, slots=True)
class AskedFor:
    """The same taken apart. `words` is what is left: a name, or an address."""

    number: int | None
    nhs_number: str | None
    day: date | None
    words: str


def taken_apart(asked: SearchFor) -> AskedFor:
    """Take what was typed apart. What is no day of the calendar stays among the words."""
    rest = asked.text.replace("\0", " ")[:MOST_LETTERS]
    day, number, nhs = asked.born, None, None
    if (found := _DAY.search(rest)) and (read := _day(found[0])):
        day, rest = day or read, rest.replace(found[0], " ")
    if found := _REFERENCE.search(rest):
        number, rest = int(found[1]), rest.replace(found[0], " ")
    if found := _NHS.search(rest):
        nhs, rest = "".join(found.groups()), rest.replace(found[0], " ")
    return AskedFor(number, nhs, day, rest.strip())


def _day(written: str) -> date | None:
    said = written if re.match(r"\d{4}-", written) else re.sub(r"[/-]", ".", written)
    for form in _WRITTEN:
        try:
            return datetime.strptime(said, form).date()  # noqa: DTZ007 (a day of birth has no zone)
        except ValueError:
            continue
    return None
