"""What Pydantic finds wrong with what somebody typed, said in words that whoever typed it can act on."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from workflow.replay.faults import near

FEW: Final = 12
"""So many choices are listed; of more, only the nearest is named."""

LONGEST: Final = 40
_DAY: Final = "a day such as 2026-03-31"
_MOMENT: Final = "a moment such as 2026-03-31T14:00"
_WANTED: Final = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "string": "words",
    "dict": "written NAME:VALUE, with commas between several",
    "tuple": "a list, with commas between its parts",
    "date": _DAY,
    "datetime": _MOMENT,
    "timezone": _MOMENT,
    "finite": "a number",
    "path": "the name of a file or folder",
}
"""What was wanted, by the first word of the fault's name."""


def faults(errors: Iterable[Mapping[str, Any]]) -> list[str]:
    """Say everything that is wrong, a part of a sentence each, in the order of the fields."""
    found = list(errors)
    # A list with one bad part counts as too short as well, which nobody needs to hear.
    bad = {error["loc"][:1] for error in found if len(error["loc"]) > 1}
    return [_fault(error) for error in found if not (error["type"] == "too_short" and error["loc"] in bad)]


def _fault(error: Mapping[str, Any]) -> str:
    key = str(error["loc"][0]) if error["loc"] else "this"
    kind = str(error["type"])
    if kind in _SAID:
        return _SAID[kind](key, error)
    wanted = _WANTED.get(kind.partition("_")[0])
    if wanted is None:
        return f"{key} cannot be so: {str(error['msg'])[:1].lower()}{str(error['msg'])[1:]}"
    return f"{key} is {wanted}, not {quoted(error['input'])}"


def quoted(given: object) -> str:
    """Return what was typed as a sentence quotes it: short, and on one line."""
    written = "".join(letter if letter.isprintable() else "?" for letter in str(given))
    if not written.strip():
        return "nothing"
    return repr(written if len(written) <= LONGEST else f"{written[: LONGEST - 3]}...")


def _chosen(key: str, error: Mapping[str, Any]) -> str:
    choices = re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))
    listed = ", ".join(choices[:-1]) + (" or " if choices[:-1] else "") + choices[-1]
    choice = f"; it is {listed}" if len(choices) <= FEW else ""
    hint = near(error["input"], choices).rstrip("?")
    return f"{key} cannot be {quoted(error['input'])}{hint or choice}"


def _short(key: str, error: Mapping[str, Any]) -> str:
    if not str(error["input"]).strip():
        return f"{key} is empty"
    return f"{key} is too short: at least {error['ctx']['min_length']} letters"


def _bound(key: str, is_: str, error: Mapping[str, Any], limit: str) -> str:
    return f"{key} is {is_} {str(error['ctx'][limit]).removesuffix('.0')}, not {quoted(error['input'])}"


_SAID: Final[Mapping[str, Callable[[str, Mapping[str, Any]], str]]] = {
    "missing": lambda key, _: f"{key} is missing",
    "extra_forbidden": lambda key, _: f"{key} is not one of its details",
    "literal_error": _chosen,
    "enum": _chosen,
    "string_too_short": _short,
    "string_too_long": lambda key, error: f"{key} is longer than {error['ctx']['max_length']} letters",
    "too_short": lambda key, _: f"{key} is empty",
    "value_error": lambda key, error: f"{key} {str(error['ctx']['error']).rstrip('.')}",
    "greater_than": lambda key, error: _bound(key, "more than", error, "gt"),
    "greater_than_equal": lambda key, error: _bound(key, "at least", error, "ge"),
    "less_than": lambda key, error: _bound(key, "less than", error, "lt"),
    "less_than_equal": lambda key, error: _bound(key, "at most", error, "le"),
}
