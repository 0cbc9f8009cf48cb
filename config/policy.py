"""Policy packs: what an authority works by, as dated and cited values. A case is judged by those of the day of the act.

`england.yaml` is the base and says which keys there are; a pack of an authority overrides single values.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final

from config.policy_file import read_pack
from config.policy_values import Duration, Effect, Pack, PolicyError, RuleEffect, Unit, Value

__all__ = [
    "Duration",
    "Effect",
    "Policy",
    "PolicyBook",
    "PolicyError",
    "RuleEffect",
    "Unit",
    "Value",
    "check",
    "shipped",
]

BASE: Final = "england"


class Policy:
    """The values in force for one authority on one day. Look-ups are plain dictionary reads."""

    __slots__ = ("_effects", "_labels", "_values", "authority", "day", "digest")

    def __init__(
        self,
        authority: str,
        day: date,
        values: Mapping[str, Value],
        effects: Mapping[str, Effect],
        labels: Mapping[str, str],
    ) -> None:
        """Freeze what is in force; the digest names exactly these values, for the decisions made under them."""
        self.authority = authority
        self.day = day
        self._values = values
        self._effects = effects
        self._labels = labels
        named = {key: str(value.given) for key, value in values.items()} | {f"rules.{r}": e for r, e in effects.items()}
        self.digest = hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()[:16]

    def value(self, key: str) -> Value:
        """Return a value with its source, or say that no pack has it."""
        try:
            return self._values[key]
        except KeyError:
            raise PolicyError(f"No policy of {self.authority} has a value for {key} on {self.day}.") from None

    def span(self, key: str) -> Duration:
        """Return a span of time."""
        given = self.value(key).given
        if not isinstance(given, Duration):
            raise PolicyError(f"{key} is not a span of time.")
        return given

    def number(self, key: str) -> float:
        """Return a number."""
        given = self.value(key).given
        if isinstance(given, bool) or not isinstance(given, int | float):
            raise PolicyError(f"{key} is not a number.")
        return given

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of codes."""
        given = self.value(key).given
        if not isinstance(given, tuple):
            raise PolicyError(f"{key} is not a list of words.")
        return given

    def flag(self, key: str) -> bool:
        """Return a yes or no."""
        given = self.value(key).given
        if not isinstance(given, bool):
            raise PolicyError(f"{key} is not true or false.")
        return given

    def source(self, key: str) -> str:
        """Return who says so."""
        return self.value(key).source

    def effect(self, rule: str, default: Effect = Effect.REFUSE) -> Effect:
        """Return what this authority makes of a rule; by default what the rule itself says."""
        return self._effects.get(rule, default)

    def label(self, code: str) -> str:
        """Return how this authority names a thing; by default its code in words."""
        return self._labels.get(code, code.replace("_", " "))

    def labelled(self) -> tuple[str, ...]:
        """Return the codes for which this authority has words of its own."""
        return tuple(sorted(self._labels))

    def entries(self) -> tuple[Value, ...]:
        """Return everything in force, by key."""
        return tuple(self._values[key] for key in sorted(self._values))


class PolicyBook:
    """An authority's packs over all time: ask it for the policy of a day."""

    def __init__(self, authority: str, packs: tuple[Pack, ...], *, fell_back: bool = False) -> None:
        """Lay the packs over each other, the base first."""
        self.authority = authority
        self.packs = packs
        self.fell_back = fell_back
        starts = [value.start for pack in packs for value in pack.values]
        self._changes = sorted({*starts, *(ruled.start for pack in packs for ruled in pack.effects)})
        self._made: dict[date, Policy] = {}

    @classmethod
    def load(cls, authority: str, directory: Path | None = None) -> "PolicyBook":
        """Read the base and the authority's own pack. Without one the base stands alone, and `fell_back` says so."""
        return _load(authority, directory)

    def on(self, day: date) -> Policy:
        """Return the policy in force on a day. Days between two changes share one object."""
        since = max((change for change in self._changes if change <= day), default=date.min)
        if since not in self._made:
            self._made[since] = self._policy(since)
        return self._made[since]

    def changes(self) -> tuple[date, ...]:
        """Return the days on which something changes."""
        return tuple(self._changes)

    def _policy(self, day: date) -> Policy:
        values: dict[str, Value] = {}
        effects: dict[str, Effect] = {}
        labels: dict[str, str] = {}
        for pack in self.packs:
            for value in sorted(pack.values, key=lambda value: value.start):
                if value.start <= day:
                    values[value.key] = value
            for ruled in sorted(pack.effects, key=lambda ruled: ruled.start):
                if ruled.start <= day:
                    effects[ruled.rule] = ruled.effect
            labels.update(pack.labels)
        return Policy(self.authority, day, values, effects, labels)


@lru_cache(maxsize=16)
def _load(authority: str, directory: Path | None) -> PolicyBook:
    base = read_pack(pack_path(BASE), None)
    if authority == BASE:
        return PolicyBook(authority, (base,))
    own = directory / _file_of(authority) if directory else pack_path(authority)
    if not own.is_file():
        return PolicyBook(authority, (base,), fell_back=True)
    pack = read_pack(own, base)
    if pack.authority != authority:
        raise PolicyError(
            f"{own.name}: it says that it is the pack of {pack.authority}, and is named after {authority}."
        )
    return PolicyBook(authority, (base, pack))


def check(path: Path) -> list[str]:
    """Say in plain words what is wrong with a pack; nothing is wrong with it when the list is empty."""
    base = read_pack(pack_path(BASE), None)
    try:
        read_pack(path, None if path.resolve() == pack_path(BASE).resolve() else base)
    except PolicyError as error:
        return str(error).splitlines()
    return []


def pack_path(authority: str) -> Path:
    """Return where a shipped pack lies, whether or not there is one of that name."""
    return Path(str(resources.files("config") / "policy_packs" / _file_of(authority)))


def _file_of(authority: str) -> str:
    # Whatever a casebook calls its authority, it names a file in the folder and no other place.
    return "".join(letter for letter in authority.lower() if letter.isalnum() or letter in "-_") + ".yaml"


def shipped() -> list[str]:
    """Return the authorities that have a pack."""
    return sorted(path.stem for path in pack_path(BASE).parent.glob("*.yaml"))
