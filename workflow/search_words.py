"""The words by which somebody is found, as they are written and as they sound; and keeping them beside the person."""

import re
from collections.abc import Iterable
from itertools import groupby, pairwise
from typing import Final

from sqlalchemy import Connection, delete, text

from models.tables.doors import SearchWordRow
from workflow.identity import words_of

TOO_COMMON: Final = frozenset(
    {"unborn", "baby", "flat", "the", "road", "street", "lane", "avenue", "close", "drive", "court", "crescent", "way"}
)
"""Words that would find half the town. A house number counts only with the street it is in."""
_POSTCODE: Final = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b", re.IGNORECASE)
_WRITTEN_ALIKE: Final = (("ph", "f"), ("gh", "g"), ("wr", "r"), ("kn", "n"), ("ck", "k"), ("ce", "se"), ("ci", "si"))
_SOUNDS: Final = {
    letter: sound
    for sound, letters in {"1": "bfpv", "2": "cgjkqx", "3": "dt", "4": "l", "5": "mn", "6": "r", "7": "sz"}.items()
    for letter in letters
}
LONGEST_WORD: Final = 60
LONGEST_SOUND: Final = 6


# Both databases know these words; two who tell of one child at the same moment keep the same.
_add = text("INSERT INTO search_word (word, sound, person_id) VALUES (:word, :sound, :person) ON CONFLICT DO NOTHING")


def sound(word: str) -> str:
    """Return how a word sounds: Katherine and Catherine, Philip and Filip, Smith and Smyth are one. Empty for numbers."""
    if not word.isalpha():
        return ""
    for written, said in _WRITTEN_ALIKE:
        word = word.replace(written, said)
    first = "" if word[0] in _SOUNDS else "0"
    heard = [one for one, _ in groupby(_SOUNDS.get(letter, "") for letter in word if letter not in "hw")]
    return (first + "".join(heard))[:LONGEST_SOUND] or "0"


def name_words(name: str) -> set[str]:
    """Return the words of a name that tell people apart."""
    return {word[:LONGEST_WORD] for word in words_of(name)} - TOO_COMMON


def address_words(address: str) -> set[str]:
    """Return what of an address tells it from others: 12 Elm Road, CV1 2AB is elm, 12elm and cv12ab."""
    codes = {f"{outer}{inner}".lower() for outer, inner in _POSTCODE.findall(address)}
    words = [word[:LONGEST_WORD] for word in words_of(_POSTCODE.sub(" ", address)) if word not in TOO_COMMON]
    numbered = {f"{one}{two}"[:LONGEST_WORD] for one, two in pairwise(words) if one[0].isdigit()}
    return codes | numbered | {word for word in words if word.isalpha()}


def keep_words(connection: Connection, person: str, name: str, address: str | None) -> None:
    """Keep by which words somebody is found, in place of those that were kept before."""
    connection.execute(delete(SearchWordRow).where(SearchWordRow.person_id == person))
    rows = [{"word": word, "sound": heard, "person": person} for word, heard in _rows(name, address)]
    if rows:
        connection.execute(_add, rows)


def _rows(name: str, address: str | None) -> Iterable[tuple[str, str]]:
    return sorted((word, sound(word)) for word in name_words(name) | address_words(address or ""))
