"""Two policy packs compared in plain words, and what the second would have made of stories that the first has played."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from cli.opening import AsJson, policy_folder
from cli.printing import clean, emit, say
from workflow.errors import BadCommandError, NotFoundError
from workflow.heard import british, did, heard, many

if TYPE_CHECKING:
    from config.policy import Policy, PolicyBook
    from config.policy_compare import Difference
    from workflow.replay.casebook import Casebook
    from workflow.replay.compare import Shift
    from workflow.rule import Rule

VERBS: Final = {"refuse": "refuses", "warn": "warns", "off": "is off"}
MOST_RULES: Final = 4
"""So many rules that use a value are named; the rest are counted."""

Packs = Annotated[list[str], typer.Argument(metavar="A B [CASEBOOK...]", help="Two packs: a file, or an authority.")]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two packs, by the name it was given."""

    name: str
    book: "PolicyBook"
    policy: "Policy"


def diff(
    packs: Packs,
    replay: Annotated[
        bool, typer.Option("--replay", help="Play casebooks under both: those named, or all that come with mash.")
    ] = False,
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="As they stand on which day; without it, today.")] = "",
    as_json: AsJson = False,
) -> None:
    """Say in which values, effects and labels two packs differ and, with --replay, what that would have changed.

    A casebook is a file, a folder of files, or the name of one that comes with mash.
    """
    from cli.chronology import day_given
    from config import clock, settings

    if len(packs) < 2 or (packs[2:] and not replay):
        raise BadCommandError(
            "Two packs are compared." if len(packs) < 2 else "Casebooks are played only with --replay.",
            "For example: `mash policy diff england mine.yaml --replay luke-and-matt`.",
        )
    now = clock.now()
    day = day_given(on, "--on", now) or now.astimezone(clock.LONDON).date()
    folder = policy_folder(settings.load())
    before, after = (_side(name, folder, day) for name in packs[:2])
    books = list(_casebooks(packs[2:])) if replay else []
    differing = list(_differences(before, after))
    if as_json:
        found = [(name, *_played(book, before, after, day)) for name, book in books]
        emit(_data(before, after, day, found))
        return
    say(f"{before.name} and {after.name}, as they stand on {british(day)}.")
    for line, indent in differing:
        say(line, indent, 2)
    for line in _later(before, after, day):
        say(line)
    counted = _stories(books, before, after, day) if replay else None
    print()
    say(_in_one_sentence(before, after, len(books), counted))


def _side(name: str, folder: Path | None, day: date) -> Side:
    from cli.packs import unknown_rules
    from config import policy
    from config.policy_compare import is_file, open_book

    if is_file(name) and not Path(name).is_file():
        raise NotFoundError(f"{clean(name)!r} is no file.", "Name a policy pack, a YAML file, or an authority.")
    book = open_book(name, folder)
    if book.fell_back:
        raise NotFoundError(
            f"There is no policy pack for {clean(name)!r}.", f"There are packs for: {', '.join(policy.shipped())}."
        )
    for fault in unknown_rules(Path(name)) if is_file(name) else ():
        raise BadCommandError(fault, f"`mash policy check {clean(name)}` says everything that is wrong with it.")
    return Side(Path(name).name if is_file(name) else name, book, book.on(day))


def _casebooks(names: Sequence[str]) -> "Iterator[tuple[str, Casebook]]":
    """Yield every casebook that was asked for, read, with a name to show."""
    from workflow.replay.faults import CasebookError
    from workflow.replay.shelf import open_casebook, shipped

    for place in (path for name in names or shipped() for path in _inside(name)):
        try:
            yield clean(Path(place).name.removesuffix(".yaml")), open_casebook(place)
        except CasebookError as error:
            raise BadCommandError(
                f"{clean(place)} was not played: {error.faults[0]}", f"`mash replay {clean(place)}` says everything."
            ) from None


def _inside(name: str) -> list[str]:
    """Return the casebooks in a folder; what is no folder stands for itself."""
    if not Path(name).is_dir():
        return [name]
    found = sorted(str(path) for path in Path(name).iterdir() if path.suffix in {".yaml", ".yml"})
    if not found:
        raise NotFoundError(f"There is no casebook in {clean(name)}.", "A casebook is a YAML file.")
    return found


def _differences(before: Side, after: Side) -> Iterator[tuple[str, int]]:
    """Yield the lines of what differs, each with how far in it stands."""
    from config import policy_compare

    for one in policy_compare.values(before.policy, after.policy):
        yield "", 0
        yield f"{one.key}: {_said(one.before)} in {before.name}, {_said(one.after)} in {after.name} ({one.how}).", 0
        if one.after is not None:
            proposed = ", proposed" if one.after.proposed else ""
            yield f"{after.name} has it from {british(one.after.start)}{proposed}: {one.after.source}.", 4
        for line in _users(one):
            yield line, 4
    for rule, old, new in _effects(before, after):
        yield "", 0
        yield f"{rule.id} {VERBS[old]} in {before.name} and {VERBS[new]} in {after.name}: {rule.says}", 0
    for code, was, now in policy_compare.labels(before.policy, after.policy):
        yield "", 0
        yield f"{code} is called {was!r} in {before.name} and {now!r} in {after.name}.", 0


def _said(value: Any) -> str:
    if value is None:
        return "nothing yet"
    if isinstance(value.given, bool):
        return "yes" if value.given else "no"
    return ", ".join(value.given) or "nobody" if isinstance(value.given, tuple) else str(value.given)


def _users(one: "Difference") -> Iterator[str]:
    from workflow.reads import keys_read
    from workflow.rulebook import RULES

    using = [rule for rule in RULES if keys_read(rule, {one.key})]
    for rule in using[:MOST_RULES]:
        yield f"{rule.id}: {rule.says}"
    if len(using) > MOST_RULES:
        yield f"and {len(using) - MOST_RULES} more rules"
    if not using:
        yield "No rule reads it."


def _effects(before: Side, after: Side) -> Iterator[tuple["Rule", str, str]]:
    from workflow.rulebook import RULES

    for rule in RULES:
        old, new = (side.policy.effect(rule.id, rule.effect) for side in (before, after))
        if old is not new:
            yield rule, old.value, new.value


def _later(before: Side, after: Side, day: date) -> Iterator[str]:
    from config.policy_compare import later_days

    for change in later_days((before.book, after.book), day):
        yield ""
        yield f"More changes on {british(change)}: see `mash policy diff ... --on {change}`."


def _played(book: "Casebook", before: Side, after: Side, day: date) -> "tuple[list[Shift], bool]":
    """Play a casebook under both; also tell whether a well-run journey would come out clean no more."""
    from config.policy_compare import StandingBook
    from workflow.replay.compare import shifts
    from workflow.replay.play import play

    old, new = (play(book, StandingBook(side.book, day)) for side in (before, after))
    return shifts(old, new), book.expect == "clean" and old.clean and not new.clean


def _stories(books: "Sequence[tuple[str, Casebook]]", before: Side, after: Side, day: date) -> Counter[str]:
    """Tell of each casebook what would have been different, and return the counts."""
    print()
    say(f"The casebooks, played as though the values of {british(day)} had held all along:")
    counted: Counter[str] = Counter()
    same = []
    for name, book in books:
        found, spoilt = _played(book, before, after, day)
        if not found:
            same.append(name)
            continue
        counted.update(shift.turn.value for shift in found)
        counted["spoilt"] += spoilt
        print()
        say(f"{name}: {_counts(Counter(shift.turn.value for shift in found))}.")
        for shift in found:
            say(_line(shift, before, after), 4, 4)
        if spoilt:
            say("It is a well-run journey, and would no longer come out clean.", 4, 4)
    if same:
        print()
        say(f"Nothing would have been different in {_listed(same)}.")
    return counted


def _line(shift: "Shift", before: Side, after: Side) -> str:
    one, other, shown = shift.before, shift.after, shift.shown
    who = f" ({', '.join(shown.children)})"
    if one is None:
        return f"only under {after.name}: {shown.rule} {heard(shown)}{who}: {shown.says}"
    if other is None:
        return f"no longer under {after.name}: {shown.rule} {heard(shown)}{who}: {shown.says}"
    if one.on != other.on:
        return f"{shown.rule} {did(other)} on {british(other.on)} instead of {british(one.on)}{who}: {shown.says}"
    return f"{shown.rule} {did(other)} where under {before.name} it {did(one)}, {british(one.on)}{who}: {shown.says}"


def _counts(counted: Counter[str]) -> str:
    turns = (("comes", "new"), ("goes", "gone"), ("moves", "on another day"), ("changes", "otherwise"))
    return ", ".join(f"{counted[turn]} {words}" for turn, words in turns if counted[turn])


def _in_one_sentence(before: Side, after: Side, books: int, counted: Counter[str] | None) -> str:
    from config import policy_compare

    values = len(list(policy_compare.values(before.policy, after.policy)))
    effects = len(list(_effects(before, after)))
    labels = len(list(policy_compare.labels(before.policy, after.policy)))
    if not values + effects + labels:
        differ = f"{before.name} and {after.name} do not differ"
    else:
        counts = ((values, "value"), (effects, "effect"), (labels, "label"))
        listed = _listed([many(count, noun) for count, noun in counts if count])
        differ = f"{before.name} and {after.name} differ in {listed}"
    if counted is None:
        return f"{differ}; --replay shows what that would have made of the casebooks."
    spoilt = (
        f", and {many(counted['spoilt'], 'well-run journey')} would no longer be clean" if counted["spoilt"] else ""
    )
    return f"{differ}; in {many(books, 'casebook')}, {_outcome(counted)}{spoilt}."


def _outcome(counted: Counter[str]) -> str:
    parts = [
        f"{many(counted[turn], 'time')} {words}"
        for turn, words in (("comes", "more"), ("goes", "less"), ("moves", "on another day"), ("changes", "otherwise"))
        if counted[turn]
    ]
    return f"the engine would have spoken {_listed(parts)}" if parts else "nothing would have been different"


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def _data(before: Side, after: Side, day: date, found: Iterable[tuple[str, "list[Shift]", bool]]) -> dict[str, Any]:
    from config import policy_compare

    return {
        "before": before.name,
        "after": after.name,
        "on": day,
        "values": [
            {"key": one.key, "before": _said(one.before), "after": _said(one.after), "how": one.how}
            for one in policy_compare.values(before.policy, after.policy)
        ],
        "effects": [{"rule": rule.id, "before": old, "after": new} for rule, old, new in _effects(before, after)],
        "labels": [
            {"code": code, "before": was, "after": now}
            for code, was, now in policy_compare.labels(before.policy, after.policy)
        ],
        "casebooks": [
            {
                "name": name,
                "no_longer_clean": spoilt,
                "differences": [{"turn": s.turn, "before": s.before, "after": s.after} for s in shifts],
            }
            for name, shifts, spoilt in found
        ],
    }
