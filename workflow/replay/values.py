"""Checking one value of a casebook against its shape. Every fault is kept, with its line, and nothing is guessed."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from config.yaml_marks import Placed
from workflow.calendar import LAST_YEAR
from workflow.replay import shapes
from workflow.replay.faults import Fault, near, shown
from workflow.replay.shapes import Names, Record, Shape

LATEST: Final = LAST_YEAR - 1
"""The last year of a day: the calendar of working days must reach beyond it."""
MOST: Final = 10_000
"""No count in a story is larger."""

FEW: Final = 12
"""So many codes are listed when none of them is near."""

SUGGESTED: Final = 50
"""For so many faults something is suggested: to look through every id for every fault takes minutes."""

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(:\d\d(\.\d{1,6})?)?)(Z|[+-]\d\d:?\d\d)?")
_GESTATION: Final = re.compile(r"(2\d|3\d|4[0-5])(\+[0-6])?")
_FITS: Final = {
    Names.CHILD: ("child",),
    Names.FAMILY: ("child", "adult"),
    Names.PERSON: ("child", "adult", "practitioner"),
    Names.PRACTITIONER: ("practitioner",),
    Names.AGENCY: ("agency",),
    Names.ANYBODY: ("child", "adult", "practitioner", "agency"),
}


@dataclass
class Checker:
    """Checks values and keeps what is wrong. A value that does not fit comes back as None."""

    faults: list[Fault] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    """Everybody's id, and whether it is a child, an adult, a practitioner or an agency."""
    events: set[str] = field(default_factory=set)

    def add(self, line: int, says: str) -> None:
        """Keep a fault."""
        self.faults.append(Fault(line, says))

    def near(self, written: object, known: Iterable[str]) -> str:
        """Suggest a word that was meant. A file with faults without end gets suggestions for the first of them."""
        return near(written, known) if len(self.faults) < SUGGESTED else ""

    def value(self, shape: Shape, key: str, placed: Placed) -> Any:
        """Return the value as the record keeps it, or None when it does not fit its shape."""
        return _CHECKS[type(shape)](self, shape, key, placed)

    def wants(self, key: str, wanted: str, placed: Placed) -> None:
        """Say that something else is wanted here."""
        self.add(placed.line, f"{key} is {wanted}, not {shown(placed)}.")

    def fields(self, form: Record, what: str, placed: Placed, skip: frozenset[str] = frozenset()) -> dict[str, Any]:
        """Check a mapping key by key: unknown, missing and ill-fitting ones are faults. `skip` is read elsewhere."""
        if not placed.is_mapping:
            self.wants(what, "a mapping of keys to values", placed)
            return {}
        found: dict[str, Any] = {}
        present = set(skip)
        for key, part in placed.items():
            name = str(key.value)
            present.add(name)
            if name in skip:
                continue
            if name not in form.keys:
                self.add(key.line, f"{shown(key)} is not a key of {what}{self.near(name, (*form.keys, *skip)) or '.'}")
                continue
            value = self.value(form.keys[name], name, part)
            if value is not None:
                found[name] = value
        for name in sorted(form.required - present):
            self.add(placed.line, f"{what} needs {name}.")
        return found

    def text(self, _: shapes.Text, key: str, placed: Placed) -> str | None:
        """Read a line of words; a bare number or day is taken as it would be spoken."""
        if placed.is_mapping or placed.is_list or isinstance(placed.value, bool | None):
            self.wants(key, "a line of words", placed)
            return None
        written = str(placed.value).strip()
        if any(unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\n\t" for letter in written):
            self.add(placed.line, f"{key} holds a character that cannot be printed.")
            return None
        if not written:
            self.add(placed.line, f"{key} is empty; say something or leave it out.")
            return None
        return written

    def word(self, _: shapes.Word, key: str, placed: Placed) -> str | None:
        """Read an id."""
        if isinstance(placed.value, str | int) and not isinstance(placed.value, bool):
            return self.text(shapes.Text(), key, placed)
        self.wants(key, "a word", placed)
        return None

    def flag(self, _: shapes.Flag, key: str, placed: Placed) -> bool | None:
        """Read true or false; `yes` and `no` are words."""
        if isinstance(placed.value, bool):
            return placed.value
        self.wants(key, "true or false", placed)
        return None

    def day(self, shape: shapes.Day, key: str, placed: Placed) -> date | None:
        """Read a day."""
        written = placed.value
        if isinstance(written, datetime) or (isinstance(written, str) and _MOMENT.fullmatch(written)):
            self.wants(key, "a day without a time, such as 2018-03-16", placed)
            return None
        if isinstance(written, str) and _DAY.fullmatch(written):
            try:
                written = date.fromisoformat(written)
            except ValueError:
                self.add(placed.line, f"{key}: there is no day {shown(placed)}.")
                return None
        if not isinstance(written, date):
            self.wants(key, "a day, such as 2018-03-16", placed)
            return None
        if not shape.first <= written.year <= LATEST:
            self.add(placed.line, f"{key} lies outside {shape.first} to {LATEST}: {written}.")
            return None
        return written

    def moment(self, _: shapes.Moment, key: str, placed: Placed) -> date | datetime | None:
        """Read a day, or a moment of local time."""
        written = placed.value
        if isinstance(written, str) and (parts := _MOMENT.fullmatch(written)):
            try:
                written = datetime.fromisoformat(written)
            except ValueError:
                there = "moment" if _exists(parts[1]) else "day"
                self.add(placed.line, f"{key}: there is no {there} {shown(placed)}.")
                return None
        if isinstance(written, datetime):
            first = shapes.Day().first
            if not first <= written.year <= LATEST:
                self.add(placed.line, f"{key} lies outside {first} to {LATEST}: {shown(placed)}.")
                return None
            return written
        if isinstance(written, str) and not _DAY.fullmatch(written):
            self.wants(key, "a day or a moment, such as 2018-03-16 or 2018-03-16T09:30", placed)
            return None
        return self.day(shapes.Day(), key, placed)

    def count(self, shape: shapes.Count, key: str, placed: Placed) -> int | None:
        """Read a whole number."""
        if not isinstance(placed.value, int) or isinstance(placed.value, bool):
            self.wants(key, "a whole number", placed)
        elif not shape.least <= placed.value <= MOST:
            self.wants(key, f"a whole number from {shape.least} to {MOST}", placed)
        else:
            return placed.value
        return None

    def number(self, _: shapes.Number, key: str, placed: Placed) -> float | None:
        """Read a number that is not below nought."""
        if isinstance(placed.value, int | float) and not isinstance(placed.value, bool) and 0 <= placed.value <= MOST:
            return placed.value
        self.wants(key, f"a number from 0 to {MOST}", placed)
        return None

    def gestation(self, _: shapes.Gestation, key: str, placed: Placed) -> str | None:
        """Read weeks and days."""
        if not isinstance(placed.value, bool) and _GESTATION.fullmatch(str(placed.value)):
            return str(placed.value)
        self.wants(key, "weeks and days, such as 29+6", placed)
        return None

    def code(self, shape: shapes.Code, key: str, placed: Placed) -> str | None:
        """Read one of a closed set of words."""
        if isinstance(placed.value, str) and placed.value in shape.of:
            return placed.value
        choice = f"; it is one of {', '.join(shape.of)}." if len(shape.of) <= FEW else "."
        self.add(placed.line, f"{key} cannot be {shown(placed)}{self.near(placed.value, shape.of) or choice}")
        return None

    def id(self, shape: shapes.Id, key: str, placed: Placed) -> str | None:
        """Read an id that somebody or something of the file must bear."""
        word = self.word(shapes.Word(), key, placed)
        if word is None:
            return None
        if shape.of is Names.EVENT:
            if word not in self.events:
                self.add(
                    placed.line, f"{key}: no event has the id {shown(placed)}{self.near(word, self.events) or '.'}"
                )
                return None
            return word
        if word not in self.names:
            self.add(placed.line, f"{key}: nobody has the id {shown(placed)}{self.near(word, self.names) or '.'}")
            return None
        if self.names[word] not in _FITS[shape.of]:
            bears = self.names[word]
            self.add(placed.line, f"{key} names {shape.of.value}; {shown(placed)} is {with_article(bears)}.")
            return None
        return word

    def listing(self, shape: shapes.ListOf, key: str, placed: Placed) -> tuple[Any, ...] | None:
        """Read a list."""
        if not placed.is_list:
            self.wants(key, "a list", placed)
            return None
        each = f"an entry of {key}" if isinstance(shape.of, Record) else key
        parts = [self.value(shape.of, each, part) for part in placed.value]
        return tuple(part for part in parts if part is not None)

    def table(self, shape: shapes.Table, key: str, placed: Placed) -> dict[Any, Any] | None:
        """Read a mapping from ids or codes to values."""
        if not placed.is_mapping:
            self.wants(key, "a mapping", placed)
            return None
        pairs = [(self.value(shape.key, key, one), self.value(shape.value, key, two)) for one, two in placed.items()]
        return {one: two for one, two in pairs if one is not None and two is not None}

    def record(self, shape: Record, key: str, placed: Placed) -> dict[str, Any]:
        """Read a mapping with keys of its own."""
        return self.fields(shape, key, placed)

    def result(self, _: shapes.Result, __: str, placed: Placed) -> Any:
        """Keep the result of a tool for later: it is checked once the tool is known."""
        return placed

    def link(self, shape: shapes.LinkShape, key: str, placed: Placed) -> tuple[str, str, str] | None:
        """Read somebody, a relation, somebody."""
        match placed.value if placed.is_list else None:
            case [one, relation, other]:
                pass
            case _:
                self.wants(key, "lists of three, such as [kate, mother, luke]", placed)
                return None
        first = self.value(shapes.Id(Names.PERSON), key, one)
        how = self.value(shapes.Code(shape.relations), key, relation)
        second = self.value(shapes.Id(Names.PERSON), key, other)
        return (first, how, second) if first and how and second else None


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def with_article(noun: str) -> str:
    """Say a noun with the article that goes before it."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


_CHECKS: Final[dict[type, Callable[[Checker, Any, str, Placed], Any]]] = {
    shapes.Text: Checker.text,
    shapes.Word: Checker.word,
    shapes.Flag: Checker.flag,
    shapes.Day: Checker.day,
    shapes.Moment: Checker.moment,
    shapes.Count: Checker.count,
    shapes.Number: Checker.number,
    shapes.Gestation: Checker.gestation,
    shapes.Code: Checker.code,
    shapes.Id: Checker.id,
    shapes.ListOf: Checker.listing,
    shapes.Table: Checker.table,
    shapes.Record: Checker.record,
    shapes.Result: Checker.result,
    shapes.LinkShape: Checker.link,
}
