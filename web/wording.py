"""How the pages say things: acts by their titles, codes in words, days in full, grades never by colour alone."""

import re
from datetime import date, datetime
from typing import Final

from config.clock import LONDON
from models.vocabulary import State
from web.titles import title
from workflow.chronology_words import spoken
from workflow.seen import CaseFile
from workflow.verbs import VERBS

GRADES: Final = {
    "red": ("Red: act today", "govuk-tag--red"),
    "amber": ("Amber: soon", "govuk-tag--orange"),
    "green": ("Green: steady", "govuk-tag--green"),
}
"""A grade's words, and the colour that goes with them."""
_WORD: Final = re.compile(r"[\w.-]*\w")
_QUOTED: Final = re.compile(r"`([a-z-]+)((?: [a-z_]+=\S+)*)`(?: and ([a-z_]+)=([a-z_]+))?")
_FOR_A_TERMINAL: Final = re.compile(r"[^.;]*`mash [^`]*`[^.;]*[.;]?\s*")
_TYPED: Final = re.compile(r",?\s*\b(?:and|or|with|add|say|write)?\s*[a-z_]+=[\w.:,+-]*[\w.]", re.IGNORECASE)
"""A detail as it is typed at a terminal: a page has a field for it."""


def day(when: date | datetime | None) -> str:
    """Write a day in full: 4 June 2026."""
    if when is None:
        return "not known"
    if isinstance(when, datetime):
        when = when.astimezone(LONDON).date()
    return f"{when.day} {when:%B %Y}"


def words(code: object) -> str:
    """Say a code of the record in words, or yes and no."""
    if isinstance(code, bool):
        return "yes" if code else "no"
    if isinstance(code, list | tuple | set | frozenset):
        return ", ".join(words(one) for one in code)
    if isinstance(code, dict):
        return ", ".join(f"{words(key)}: {words(value)}" for key, value in code.items())
    return spoken(str(code))


def capital(text: str) -> str:
    """Begin with a capital letter, and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def acts(text: str) -> str:
    """Say a sentence of the engine for a page: acts by their titles, and nothing that is typed at a terminal."""
    return _TYPED.sub("", _QUOTED.sub(_act, _FOR_A_TERMINAL.sub("", text))).strip()


def _act(found: re.Match[str]) -> str:
    name, more, key, value = found.groups()
    if name not in VERBS and name != "refer":
        return found[0].replace("`", "")
    details = [part.partition("=") for part in (more or "").split()]
    if key:
        details.append((key, "=", value))
    said = [_detail(left, right) for left, _, right in details]
    return f"“{title(name)}”" + (f" ({', '.join(said)})" if said else "")


def _detail(left: str, right: str) -> str:
    if right == "false":
        return f"not {words(left)}"
    return words(left) if right in {"true", "..."} else words(right)


def state_words(code: str) -> str:
    """Say where a referral stands."""
    return State(code).label


def stage_words(stage: str) -> str:
    """Say one of the seven stages."""
    return stage.replace("_", " ")


def named(text: str, file: CaseFile) -> str:
    """Put people's names into a sentence of the engine, which knows them by their accounts."""
    return _WORD.sub(lambda found: file.names.people.get(found[0], found[0]), text)
