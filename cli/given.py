"""Reading what people type after a verb: key=value words, and moments said the short way."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin

from config.clock import LONDON
from workflow.errors import BadCommandError

if TYPE_CHECKING:
    from workflow.actions.act import Verb

_AHEAD: Final = re.compile(r"\+(\d{1,4})([hdw])")
_UNITS: Final = {"d": "days", "w": "weeks"}
_DAYS: Final = {"today": 0, "tomorrow": 1, "yesterday": -1}


def given(verb: "Verb", words: Iterable[str], now: datetime) -> dict[str, Any]:
    """Read key=value words for a verb. An unknown or repeated key, or a word that is no pair, is refused by name."""
    from workflow.options import read_alone

    values: dict[str, Any] = {}
    for word in words:
        key, equals, value = word.partition("=")
        key = key.strip().replace("-", "_")
        if not equals or not key:
            raise BadCommandError(
                f"{word!r} is not key=value.",
                f"`mash verbs {verb.name}` lists the keys; put words with spaces in quotes.",
            )
        if key in values:
            raise BadCommandError(f"{key} is said twice.", "Say it once; several values are separated by commas.")
        if not readable(word):
            raise BadCommandError(f"{key} holds a character that is no text in UTF-8.", "Write that part anew.")
        values[key] = value
    read_alone(verb, values)
    return {key: _moment(verb.command.model_fields[key].annotation, value, now) for key, value in values.items()}


def readable(word: str) -> bool:
    """Tell whether a word of the command line is text, and not bytes that Python could not read."""
    return not any("\ud800" <= letter <= "\udfff" for letter in word)


def _moment(kind: Any, value: str, now: datetime) -> Any:
    wanted = {kind, *get_args(kind)} & {date, datetime}
    if not wanted:
        return value
    said = spoken(value.strip().lower(), now)
    if said is None:
        return value
    return said if datetime in wanted else said.date()


def spoken(value: str, now: datetime) -> datetime | None:
    """Read a moment said from now: +3h, +10d, +10w, today, tomorrow, "tomorrow 14:00". Anything else is None."""
    local = now.astimezone(LONDON)
    ahead = _AHEAD.fullmatch(value)
    if ahead and ahead[2] == "h":  # hours pass by the clock, days by the calendar: the two differ when the hour changes
        return (now + timedelta(hours=int(ahead[1]))).astimezone(LONDON)
    if ahead:
        return local + timedelta(**{_UNITS[ahead[2]]: int(ahead[1])})
    day, _, clock = value.partition(" ")
    if day not in _DAYS:
        return None
    try:
        at = time.fromisoformat(clock) if clock else time(12)
    except ValueError:
        return None
    return datetime.combine(local.date() + timedelta(days=_DAYS[day]), at, LONDON)


def fields(verb: "Verb") -> list[dict[str, Any]]:
    """Describe what a verb takes: the key, whether it is needed, its choices, and what it means."""
    described = []
    for name, field in verb.command.model_fields.items():
        described.append(
            {
                "key": name,
                "needed": field.is_required(),
                "choices": _choices(field.annotation),
                "says": "; ".join(filter(None, (field.description, _form(field.annotation)))),
            }
        )
    return described


def _form(kind: Any) -> str:
    """Say how a day or a moment is written."""
    kinds = {kind, *get_args(kind)}
    if datetime in kinds:
        return "a moment: 2026-03-31T14:00, +3h, tomorrow 14:00"
    return "a day: 2026-03-31, +10d, tomorrow" if date in kinds else ""


def _choices(kind: Any) -> list[str]:
    if get_origin(kind) is Literal:
        return [str(choice) for choice in get_args(kind)]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [str(choice.value) for choice in kind]
    if kind is bool:
        return ["true", "false"]
    return [choice for part in get_args(kind) for choice in _choices(part)]
