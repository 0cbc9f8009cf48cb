"""One event of the record in one line: its telling codes, and its words. Pure."""

from typing import Any, Final

from models.events import Event
from workflow.seen import Told

_SHOWN_FIRST: Final = (
    "outcome",
    "grade",
    "status",
    "decision",
    "view",
    "what",
    "which",
    "agency",
    "person",
    "to",
    "who",
)


def told(event: Event) -> Told:
    """Return one event of the record, said in a line."""
    parts = [_plain(event.get(key)) for key in _SHOWN_FIRST if event.get(key) is not None]
    parts += [_plain(event.get("concerns"))] if event.get("concerns") else []
    words = event.get("words")
    says = ", ".join(part for part in parts if part)
    return Told(event.at, event.kind.value, event.by, f"{says}: {words}" if words and says else str(words or says))


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_plain(part) for part in value)
    return str(value).replace("_", " ")
