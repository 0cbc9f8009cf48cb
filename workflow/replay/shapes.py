"""What the value of a key may look like. The casebook's format is written in these; the reader checks them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from workflow.calendar import FIRST_YEAR


class Names(StrEnum):
    """Whom or what an id may point to."""

    CHILD = "a child"
    FAMILY = "a person of the family"
    PERSON = "a person or a practitioner"
    PRACTITIONER = "a practitioner"
    AGENCY = "an agency"
    ANYBODY = "a person, a practitioner or an agency"
    EVENT = "an event"


@dataclass(frozen=True, slots=True)
class Text:
    """One line for the reader."""


@dataclass(frozen=True, slots=True)
class Word:
    """An id that is given here, or a word that no rule reads."""


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day, written 2018-03-16, of a year from `first` on."""

    first: int = FIRST_YEAR + 1


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a moment of local time, written 2018-03-16T09:30."""


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number, of at least `least`."""

    least: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is not below nought."""


@dataclass(frozen=True, slots=True)
class Gestation:
    """Weeks and days, written 29+6, or whole weeks."""


@dataclass(frozen=True, slots=True)
class Code:
    """One of a closed set of words."""

    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Id:
    """Points to somebody or something of the same file."""

    of: Names


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list, each part of one shape."""

    of: "Shape"


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping from keys of one shape to values of another, such as `{id: view}`."""

    key: "Shape"
    value: "Shape"


@dataclass(frozen=True)
class Record:
    """A mapping with keys of its own."""

    keys: Mapping[str, "Shape"]
    required: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a tool, which depends on the tool; see `format.RESULTS`."""


@dataclass(frozen=True, slots=True)
class LinkShape:
    """`[kate, mother, luke]`: somebody, a relation, somebody."""

    relations: tuple[str, ...]


Shape = (
    Text
    | Word
    | Flag
    | Day
    | Moment
    | Count
    | Number
    | Gestation
    | Code
    | Id
    | ListOf
    | Table
    | Record
    | Result
    | LinkShape
)


def code(words: str) -> Code:
    """Write a set of words as a shape."""
    return Code(tuple(words.split()))


def codes(words: Iterable[str]) -> Code:
    """Turn an enumeration of the vocabulary into a shape."""
    return Code(tuple(str(word) for word in words))


def record(required: str = "", /, **keys: Shape) -> Record:
    """Write a mapping as a shape: its required keys in one string, and its keys."""
    return Record(keys, frozenset(required.split()))
