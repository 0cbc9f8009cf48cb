"""What is wrong with one field of a form, in a sentence that says what to type."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from web.fields import Field

_SENTENCES: Final = {
    "string_too_short": "{label}: write at least {min_length} letters",
    "string_too_long": "{label}: write no more than {max_length} letters",
    "too_short": "{label}: choose at least one",
    "greater_than_equal": "{label}: the least it can be is {ge}",
    "less_than_equal": "{label}: the most it can be is {le}",
    "int_parsing": "{label}: write a whole number",
    "int_from_float": "{label}: write a whole number",
    "literal_error": "{label}: choose one of the answers",
    "enum": "{label}: choose one of the answers",
    "value_error": "{label}: {error}",
}
_CHOSEN: Final = frozenset({"one", "list", "yes_no", "people", "choices"})


def faults(errors: Iterable[Mapping[str, Any]], asked: Iterable[Field]) -> dict[str, str]:
    """Return the first fault of each field, by its name."""
    by_name = {field.name: field for field in asked}
    found: dict[str, str] = {}
    for error in errors:
        name = str(error["loc"][0]) if error["loc"] else ""
        if name not in found:
            found[name] = _sentence(error, by_name.get(name))
    return found


def _sentence(error: Mapping[str, Any], field: Field | None) -> str:
    label = field.label.rstrip("?") if field else "This form"
    kind = str(error["type"])
    if kind == "missing" and field is not None and field.kind in _CHOSEN:
        return f"{label}: choose an answer"
    if kind == "missing":
        return f"{label}: fill this in"
    if kind.startswith(("date", "timezone")):
        return (
            f"{label}: write a day, such as 31 March 2026" if kind.startswith("date_") else f"{label}: write a moment"
        )
    said = _SENTENCES.get(kind)
    return said.format(label=label, **error.get("ctx", {})) if said else f"{label}: this cannot be so"
