"""Reading a casebook, strictly: every fault is found and named with its line, and nothing of a faulty file is played."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from config.clock import LONDON
from config.yaml_marks import Placed, YamlError
from config.yaml_marks import read as read_yaml
from models.events import Event
from models.facts import Agency, Family, Link, Person, Practitioner
from models.vocabulary import AgencyKind, Kind, PractitionerKind
from workflow.replay.casebook import Casebook, Told
from workflow.replay.contradictions import contradictions
from workflow.replay.faults import CasebookError, Fault, shown
from workflow.replay.format import COMMON, FORMS, HEAD, NAMED_THINGS, VERSION, WITHOUT_AGENCY
from workflow.replay.kinds import RESULTS
from workflow.replay.shapes import Word
from workflow.replay.values import Checker, with_article

MOST_BYTES: Final = 4_000_000
MORNING: Final = time(9)
"""When an event happened of which only the day is known."""

_LISTS: Final = ("people", "practitioners", "agencies", "events")


def read(source: Path | str, name: str = "") -> Casebook:
    """Read a casebook from a file (a `Path`) or from its text (a `str`). Raises a `CasebookError` with all faults."""
    if isinstance(source, Path):
        name, source = name or source.name, _text_of(source)
    checker = Checker()
    casebook = _read(source, checker)
    if checker.faults or casebook is None:
        raise CasebookError(checker.faults, name)
    return casebook


def _text_of(path: Path) -> str:
    try:
        if path.is_dir():
            raise CasebookError([Fault(1, "this is a folder; name a casebook in it.")], path.name)
        if not path.is_file():
            raise CasebookError([Fault(1, "there is no such file.")], path.name)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise CasebookError([Fault(1, "this file is larger than any story: over four megabytes.")], path.name)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CasebookError([Fault(line, "this is not text in UTF-8.")], path.name) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name is not one"
        raise CasebookError([Fault(1, f"the file cannot be opened ({why}).")], path.name) from None


def _read(text: str, checker: Checker) -> Casebook | None:
    twice: list[YamlError] = []
    try:
        if len(text) > MOST_BYTES:
            raise YamlError(1, "this file is larger than any story")
        placed = read_yaml(text, twice)
    except YamlError as error:
        checker.add(error.line, f"{error.says}.")
        return None
    for said in twice:
        checker.add(said.line, f"{said.says}.")
    if placed.value is None:
        checker.add(1, "the file is empty; a casebook begins with `casebook: 1`.")
        return None
    if not placed.is_mapping:
        checker.wants("a casebook", "a mapping that begins with `casebook: 1`", placed)
        return None
    parts = {str(key.value): part for key, part in placed.items()}
    _register(parts, checker)
    head = checker.fields(HEAD, "a casebook", placed, skip=frozenset({"events"} & parts.keys()))
    version = head.get("casebook")
    if version is not None and version != VERSION:
        checker.add(parts["casebook"].line, f"casebook: {version} is not known; this engine reads version {VERSION}.")
    _agencies_given(parts.get("practitioners"), checker)
    events, told = _events(parts.get("events"), checker)
    contradictions(parts, head, events, checker)
    if checker.faults:
        return None
    return Casebook(
        title=head["title"],
        authority=head["authority"],
        source=head["source"],
        silence=head["silence"],
        expect=head["expect"],
        until=head.get("until"),
        family=_family(head),
        events=events,
        told=told,
    )


def _register(parts: Mapping[str, Placed], checker: Checker) -> None:
    """Note every id before anything points to one, and say which is given twice."""
    first: dict[str, int] = {}
    for section in _LISTS[:3]:
        for entry in _entries(parts.get(section)):
            word = _word(entry.get("id"))
            if word is None:
                continue
            if word in checker.names:
                checker.add(entry["id"].line, f"the id {word} is already somebody's, on line {first[word]}.")
                continue
            first[word] = entry["id"].line
            is_ = entry.get("is")
            kind = {"practitioners": "practitioner", "agencies": "agency"}.get(section)
            checker.names[word] = kind or ("adult" if is_ is not None and is_.value == "adult" else "child")
    seen: dict[str, tuple[str | None, int]] = {}
    for entry in _entries(parts.get("events")):
        word, kind = _word(entry.get("id")), shown(entry["kind"]) if "kind" in entry else None
        if word is None:
            continue
        before, line = seen.setdefault(word, (kind, entry["id"].line))
        thing = kind in NAMED_THINGS and before in NAMED_THINGS
        if word in checker.events and not thing:
            checker.add(entry["id"].line, f"the id {word} is already an event's, on line {line}.")
        checker.events.add(word)


def _entries(placed: Placed | None) -> list[dict[str, Placed]]:
    if placed is None or not placed.is_list:
        return []
    return [{str(key.value): part for key, part in entry.items()} for entry in placed.value if entry.is_mapping]


def _word(placed: Placed | None) -> str | None:
    return Checker().word(Word(), "id", placed) if placed is not None else None


def _agencies_given(placed: Placed | None, checker: Checker) -> None:
    for entry in _entries(placed):
        kind = shown(entry["is"]) if "is" in entry else ""
        if "agency" not in entry and kind in set(PractitionerKind) - WITHOUT_AGENCY:
            checker.add(entry["is"].line, f"{with_article(kind.replace('_', ' '))} needs an agency.")


def _family(head: Mapping[str, Any]) -> Family:
    agencies = {entry["id"]: Agency(entry["id"], AgencyKind(entry["is"])) for entry in head.get("agencies", ())}
    practitioners = {
        entry["id"]: Practitioner(
            entry["id"],
            PractitionerKind(entry["is"]),
            agencies.get(entry.get("agency", "")),
            entry.get("newly_qualified", False),
        )
        for entry in head.get("practitioners", ())
    }
    people = {
        entry["id"]: Person(
            entry["id"],
            entry["is"] == "child",
            entry.get("born"),
            entry.get("due"),
            entry.get("gestation_at_birth"),
            entry.get("gp"),
            frozenset(entry.get("factors", ())),
        )
        for entry in head["people"]
    }
    links = tuple(Link(*link) for link in head.get("links", ()))
    return Family(people, practitioners, links, silence_unknown=head["silence"] == "unknown", agencies=agencies)


def _events(placed: Placed | None, checker: Checker) -> tuple[tuple[Event, ...], tuple[Told, ...]]:
    if placed is None:
        return (), ()
    if not placed.is_list:
        checker.wants("events", "a list", placed)
        return (), ()
    events: list[Event] = []
    told: list[Told] = []
    before: datetime | None = None
    for index, entry in enumerate(placed.value):
        kind, values = _one(entry, checker)
        at = _moment(values.get("at"), before, entry, checker)
        before = at or before
        if kind is not None and at is not None:
            events.append(_event(index, at, kind, values))
            told.append(Told(entry.line, values.get("ref", ""), values.get("text", "")))
    return tuple(events), tuple(told)


def _one(entry: Placed, checker: Checker) -> tuple[Kind | None, dict[str, Any]]:
    """Check one event, and return its kind with its values."""
    if not entry.is_mapping:
        checker.wants("an event", "a mapping of keys to values", entry)
        return None, {}
    parts = {str(key.value): part for key, part in entry.items()}
    if "kind" not in parts:
        checker.add(entry.line, "an event needs kind.")
        return None, _only_at(parts, checker)
    written = parts["kind"]
    kind = next((kind for kind in FORMS if kind.value == written.value), None)
    if kind is None:
        checker.add(written.line, f"kind cannot be {shown(written)}{checker.near(written.value, FORMS) or '.'}")
        return None, _only_at(parts, checker)
    values = checker.fields(FORMS[kind], with_article(kind.value), entry, skip=frozenset({"kind"}))
    if isinstance(values.get("result"), Placed):
        values["result"] = _result(values.get("what", ""), values["result"], checker)
    return kind, values


def _only_at(parts: Mapping[str, Placed], checker: Checker) -> dict[str, Any]:
    if "at" not in parts:
        return {}
    return {"at": checker.value(COMMON["at"], "at", parts["at"])}


def _result(tool: str, placed: Placed, checker: Checker) -> Any:
    """Check the result of a tool: true, or what that tool gives."""
    if isinstance(placed.value, bool):
        return placed.value
    if tool not in RESULTS:
        if tool:
            checker.wants(f"the result of {tool}", "true", placed)
        return None
    return checker.value(RESULTS[tool], f"the result of {tool}", placed)


def _moment(given: date | datetime | None, before: datetime | None, entry: Placed, checker: Checker) -> datetime | None:
    """Return when an event happened, in UTC; events stand in order of time."""
    if given is None:
        return None
    at = _at(given, before)
    if before is not None and at < before:
        line = next((part.line for key, part in entry.items() if key.value == "at"), entry.line)
        earlier = before.astimezone(LONDON)
        checker.add(
            line, f"events stand in order of time; this one lies before the one above it ({earlier:%Y-%m-%d %H:%M})."
        )
    return at


def _at(given: date | datetime, before: datetime | None) -> datetime:
    if isinstance(given, datetime):
        return (given if given.tzinfo else given.replace(tzinfo=LONDON)).astimezone(UTC)
    morning = datetime.combine(given, MORNING, LONDON).astimezone(UTC)
    if before is not None and before.astimezone(LONDON).date() == given:
        return max(morning, before)
    return morning


def _event(index: int, at: datetime, kind: Kind, values: dict[str, Any]) -> Event:
    """Make the event as the rules read it. Days are kept as the live record keeps them: written out."""
    data = {key: _plain(value) for key, value in values.items() if key not in COMMON}
    given = values.get("id")
    if given is not None:
        data["id"] = given
    return Event(
        at=at,
        kind=kind,
        about=tuple(dict.fromkeys(values.get("about", ()))),
        by=values.get("by"),
        data=MappingProxyType(data),
        id=given or f"e{index}",
        index=index,
        precision=values.get("precision", "day"),
        times=values.get("times", 1),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return tuple(_plain(part) for part in value)
    return value
