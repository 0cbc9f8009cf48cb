"""Two packs side by side: which values and labels differ on a day, and in which direction."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from config.policy import BASE, Policy, PolicyBook, pack_path
from config.policy_file import read_pack
from config.policy_values import Duration, Given, Value

FILES: Final = frozenset({".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One value of which two policies make something different. None where one of them has none yet."""

    key: str
    before: Value | None
    after: Value | None

    @property
    def how(self) -> str:
        """Say in which direction the second differs from the first."""
        if self.before is None or self.after is None:
            return "it is not in force in the other"
        return direction(self.before.given, self.after.given)


class StandingBook(PolicyBook):
    """An authority's packs as they stand on one day, taken to hold on every other: for trying them on an old story."""

    def __init__(self, book: PolicyBook, day: date) -> None:
        """Remember the day."""
        super().__init__(book.authority, book.packs, fell_back=book.fell_back)
        self._standing = book.on(day)

    def on(self, day: date) -> Policy:
        """Return the policy of that one day."""
        return self._standing


def is_file(name: str) -> bool:
    """Tell whether a name means a file rather than an authority."""
    return Path(name).suffix in FILES or "/" in name


def open_book(name: str, folder: Path | None = None) -> PolicyBook:
    """Open a pack by its file, or by the name of an authority; `fell_back` is true where there is no such authority."""
    if not is_file(name):
        return PolicyBook.load(name, folder)
    base = read_pack(pack_path(BASE), None)
    if Path(name).resolve() == pack_path(BASE).resolve():
        return PolicyBook(BASE, (base,))
    pack = read_pack(Path(name), base)
    return PolicyBook(pack.authority, (base, pack))


def values(before: Policy, after: Policy) -> Iterator[Difference]:
    """Yield the values that differ, by key."""
    olds, news = ({value.key: value for value in policy.entries()} for policy in (before, after))
    for key in sorted({*olds, *news}):
        old, new = olds.get(key), news.get(key)
        if (old.given if old else None) != (new.given if new else None):
            yield Difference(key, old, new)


def labels(before: Policy, after: Policy) -> Iterator[tuple[str, str, str]]:
    """Yield the codes that are named differently, with both names."""
    for code in sorted({*before.labelled(), *after.labelled()}):
        if before.label(code) != after.label(code):
            yield code, before.label(code), after.label(code)


def later_days(books: tuple[PolicyBook, ...], day: date) -> list[date]:
    """Return the days still to come on which something changes in one of several books."""
    return sorted({change for book in books for change in book.changes() if change > day})


def direction(before: Given, after: Given) -> str:
    """Say how one value differs from another: shorter, higher, with or without what."""
    if isinstance(before, tuple) and isinstance(after, tuple):
        added = [word for word in after if word not in before]
        left = [word for word in before if word not in after]
        parts = (f"adds {', '.join(added)}" if added else "", f"leaves out {', '.join(left)}" if left else "")
        return " and ".join(part for part in parts if part) or "in another order"
    if isinstance(before, Duration) and isinstance(after, Duration):
        if before.unit is not after.unit:
            return "counted in another unit"
        return "shorter" if after.amount < before.amount else "longer"
    if isinstance(before, bool) or isinstance(after, bool):
        return "the opposite"
    if isinstance(before, int | float) and isinstance(after, int | float):
        return "lower" if after < before else "higher"
    return "of another kind"
