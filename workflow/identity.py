"""Whether two names are one child's: spelt otherwise, or so alike that a person should look. Pure."""

import difflib
import re
import unicodedata
from datetime import date
from typing import Final

_ALIKE: Final = 0.8
"""From this likeness on a person looks; nothing is ever joined on likeness alone."""
_NO_NAME: Final = frozenset({"unborn", "baby"})
_WORD: Final = re.compile(r"\w+")


def words_of(name: str) -> list[str]:
    """Return the words of a name without what people write differently: case, accents, apostrophes."""
    bare = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(letter for letter in bare if not unicodedata.combining(letter) and letter not in "'’`´")
    return _WORD.findall(kept)


def same_name(one: str, other: str) -> bool:
    """Tell whether two names differ only in how they are written: `O'Neil-Smith, Zoë` is `zoe oneil smith`."""
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return one.strip() == other.strip()
    return sorted(first) == sorted(second) or "".join(first) == "".join(second)


def alike(one: str, day: date | None, other: str, other_day: date | None) -> bool:
    """Tell whether a person should look if two children are one: one name, or on one day of birth nearly one name."""
    if same_name(one, other):
        return True
    first, second = (set(words_of(name)) - _NO_NAME for name in (one, other))
    if {word for word in first ^ second if word.isdigit()}:
        return False  # twins who have no name yet are told apart by number
    if first and first == second:
        return True
    likeness = difflib.SequenceMatcher(None, "".join(sorted(first)), "".join(sorted(second))).ratio()
    return day is not None and day == other_day and likeness >= _ALIKE


def initials(name: str) -> str:
    """Return what a list shows of a child's name: K. O., or U. for one who is not born and has no name yet."""
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())
