"""What happened: one frozen shape for every event, in the casebook's words, whether it was lived or is replayed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a family, at a moment, told by one person.

    `about` holds the ids of the children it concerns. `data` holds the keys of its kind, as the casebook format
    names them; the live engine writes the same keys, so that a rule reads both alike.
    """

    at: datetime
    kind: Kind
    about: tuple[str, ...] = ()
    by: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    id: str | None = None
    index: int = -1
    precision: str = "day"
    times: int = 1

    def get(self, key: str, default: Any = None) -> Any:
        """Return one of the kind's own keys, or `default` where the record is silent."""
        return self.data.get(key, default)

    def codes(self, key: str) -> tuple[Any, ...]:
        """Return a list-valued key as a tuple, empty where the record is silent."""
        found = self.data.get(key)
        return tuple(found) if found else ()

    @property
    def loose(self) -> bool:
        """True where the date is only known to the week or worse."""
        return self.precision != "day"
