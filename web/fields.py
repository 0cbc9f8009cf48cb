"""What a form asks for: one field for each detail of an act, read off the act's own command."""

import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Final, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from models.commands.base import Command
from models.vocabulary import Concern, Factor
from web.labels import hint, label
from web.wording import capital, words

FEW: Final = 7
"""So many choices stand under each other; more are a list that opens."""
MANY: Final = 60
"""More than so many are not listed but suggested, while somebody types."""
LONG: Final = 1000
"""A text that may have more letters than this gets more than one line."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. `kind` names the macro that draws it, in `templates/fields.html`.

    `keys` are the rows of a field that asks the same of several things; `choices` what each may be.
    """

    name: str
    kind: str
    label: str
    hint: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    keys: tuple[Choice, ...] = ()


Offered = Mapping[str, tuple[Choice, ...]]
"""Choices that a case gives, by the name of the detail; `answers.keys` are the rows of `answers`."""


def fields(verb: str, command: type[Command], offered: Offered) -> tuple[Field, ...]:
    """Return the questions of an act, in the order of its command.

    The way past a warning is no question of its own: it is asked once a rule has warned. A field of rows that the
    case gives none of is left out.
    """
    found = (_field(verb, name, info, offered) for name, info in command.model_fields.items() if name != "anyway")
    return tuple(field for field in found if field.kind != "pairs" or field.keys)


def _field(verb: str, name: str, info: FieldInfo, offered: Offered) -> Field:
    kind, choices, keys = _kind(info.annotation)
    choices = offered.get(name, choices)
    keys = offered.get(f"{name}.keys", keys)
    if name in offered:
        kind = {"text": "one", "ids": "people"}.get(kind, kind)
    if kind == "one" and len(choices) > FEW:
        kind = "list" if len(choices) <= MANY else "typed"
    if kind == "tick" and info.default is True:
        kind = "answer"  # Ticked from the start it would be on record without anybody having said so.
    if kind == "text" and any(getattr(part, "max_length", 0) > LONG for part in info.metadata):
        kind = "words"
    said = hint(verb, name, info.description or "")
    return Field(name, kind, label(verb, name), said, info.is_required() or kind == "answer", choices, keys)


def _kind(annotation: Any) -> tuple[str, tuple[Choice, ...], tuple[Choice, ...]]:
    """Return the kind of a question from the type of the detail, with its choices and its rows."""
    of, parts = get_origin(annotation), get_args(annotation)
    if of in {Union, types.UnionType}:
        kind, choices, keys = _kind(next(part for part in parts if part is not type(None)))
        return ("yes_no" if kind == "tick" else kind), choices, keys
    if of is Literal:
        return "one", _coded(parts), ()
    if of is tuple:
        return ("choices", _enum(parts[0]), ()) if parts[0] in {Concern, Factor} else ("ids", (), ())
    if of is dict and get_origin(parts[1]) is tuple:
        return "means", _coded(get_args(get_args(parts[1])[0])), _coded(get_args(parts[0]))
    if of is dict:
        return "pairs", (), ()
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return "one", _enum(annotation), ()
    return {bool: "tick", int: "number", datetime: "moment", date: "date"}.get(annotation, "text"), (), ()


def _enum(kind: type[Enum]) -> tuple[Choice, ...]:
    return _coded(code.value for code in kind)


def _coded(codes: Iterable[Any]) -> tuple[Choice, ...]:
    return tuple(Choice(str(code), capital(words(code))) for code in codes)
