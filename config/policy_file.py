"""Reading a policy pack: every fault is found, named with its line, and nothing of a faulty pack is used."""

import difflib
import math
import re
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from config.policy_least import too_little
from config.policy_values import Duration, Effect, Given, Pack, PolicyError, RuleEffect, Unit, Value, kind_of
from config.yaml_marks import Placed, YamlError, read

_SPAN: Final = re.compile(r"(\d+(?:\.\d+)?) (hours?|mash_hours?|working_days?|days?|weeks?|months?)")
_HEAD: Final = frozenset({"policy", "authority", "values", "rules", "labels"})
_VALUE_KEYS: Final = frozenset({"is", "from", "source", "proposed", "why"})
_RULE_KEYS: Final = frozenset({"effect", "from", "source", "why"})
_LONGEST: Final = 1200
_EARLIEST: Final = date(1989, 11, 16)  # the Children Act


class _Faults:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: list[str] = []

    def add(self, line: int, says: str) -> None:
        self.found.append(f"{self.path.name}, line {line}: {says}")


def read_pack(path: Path, base: Pack | None) -> Pack:
    """Read one pack. With `base`, keys must be among the base's and of the same sort.

    Raises a `PolicyError` that lists every fault, a line each.
    """
    faults = _Faults(path)
    try:
        placed = read(path.read_text(encoding="utf-8"))
    except YamlError as error:
        raise PolicyError(f"{path.name}, line {error.line}: {error.says}.") from None
    except UnicodeDecodeError:
        raise PolicyError(f"{path.name}, line 1: this is not a text file in UTF-8.") from None
    except OSError as error:
        raise PolicyError(f"{path.name}: {error.strerror or 'it cannot be opened'}.") from None
    if not placed.is_mapping:
        raise PolicyError(f"{path.name}, line 1: a policy pack begins with `policy: 1`, `authority:` and `values:`.")
    head = {key.value: value for key, value in placed.items()}
    for key in (key for key, _ in placed.items()):
        if key.value not in _HEAD:
            faults.add(key.line, f"{key.value} is not part of a pack; it has {', '.join(sorted(_HEAD))}.")
    if "policy" not in head or head["policy"].value != 1:
        faults.add(1, "write `policy: 1` at the top: the version of the format.")
    authority = head["authority"].value if "authority" in head else None
    if not isinstance(authority, str) or not authority:
        faults.add(1, "write `authority:` with the name of the authority.")
    values = _values(head.get("values"), base, str(authority), faults)
    effects = _effects(head.get("rules"), str(authority), faults)
    labels = _labels(head.get("labels"), faults)
    if faults.found:
        raise PolicyError("\n".join(faults.found))
    return Pack(str(authority), tuple(values), tuple(effects), labels)


def _values(placed: Placed | None, base: Pack | None, pack: str, faults: _Faults) -> list[Value]:
    if placed is None or placed.value is None:
        return []
    if not placed.is_mapping:
        faults.add(placed.line, "`values:` holds keys, each with its dated values.")
        return []
    known = {value.key: value.given for value in base.values} if base else None
    found: list[Value] = []
    for key, dated in placed.items():
        if known is not None and key.value not in known:
            faults.add(key.line, f"{key.value} is not a key of a policy.{_near(str(key.value), known)}")
            continue
        entries = dated.value if dated.is_list else [dated]
        starts: set[date] = set()
        for entry in entries:
            value = _value(str(key.value), entry, pack, faults)
            if value is None:
                continue
            if value.start in starts:
                faults.add(entry.line, f"{key.value} has two values from {value.start}; keep one.")
            starts.add(value.start)
            if known is not None and kind_of(known[value.key]) != kind_of(value.given):
                faults.add(entry.line, f"{key.value} is {kind_of(known[value.key])}.")
            elif says := too_little(value.key, value.given, known[value.key] if known else None):
                faults.add(entry.line, says)
            found.append(value)
    _warnings_before_breaches(found, base, placed, faults)
    return found


def _value(key: str, entry: Placed, pack: str, faults: _Faults) -> Value | None:
    if not entry.is_mapping:
        faults.add(entry.line, f"{key} needs `is:`, `from:` and `source:`.")
        return None
    parts = {part.value: value for part, value in entry.items()}
    for part in parts.keys() - _VALUE_KEYS:
        faults.add(parts[part].line, f"{part} is not part of a value; it has {', '.join(sorted(_VALUE_KEYS))}.")
    given = _given(key, parts.get("is"), entry, faults)
    start = _start(key, parts.get("from"), entry, faults)
    source = _source(key, parts.get("source"), entry, faults)
    if given is None or start is None or source is None:
        return None
    why = parts["why"].value if "why" in parts else ""
    proposed = parts["proposed"].value if "proposed" in parts else False
    if not isinstance(proposed, bool):
        faults.add(parts["proposed"].line, f"{key}: `proposed:` is true or false, not {proposed}.")
        return None
    return Value(key, given, start, source, pack, proposed, str(why))


def _given(key: str, placed: Placed | None, entry: Placed, faults: _Faults) -> Given | None:
    if placed is None:
        faults.add(entry.line, f"{key} has no value: write `is:`.")
        return None
    said: Any = placed.plain()
    if isinstance(said, bool):
        return said
    if isinstance(said, list):
        return tuple(str(word) for word in said)
    if isinstance(said, int | float):
        if said < 0:
            faults.add(placed.line, f"{key} cannot be less than nothing.")
            return None
        if not math.isfinite(said):
            faults.add(placed.line, f"{key}: {said} is not a number to work with.")
            return None
        return said
    match = _SPAN.fullmatch(str(said))
    if match is None:
        faults.add(
            placed.line,
            f"{said!r} is no value: write a number, a list, or a span such as '4 hours' or '1 working_day'.",
        )
        return None
    amount, unit = float(match[1]), match[2] if match[2].endswith("s") else f"{match[2]}s"
    if unit not in {Unit.HOURS, Unit.MASH_HOURS} and amount != int(amount):
        faults.add(placed.line, f"{key}: {unit.replace('_', ' ')} are counted whole.")
        return None
    if amount > _LONGEST:
        faults.add(placed.line, f"{key}: a span is no more than {_LONGEST} of its unit.")
        return None
    return Duration(amount, Unit(unit))


def _start(key: str, placed: Placed | None, entry: Placed, faults: _Faults) -> date | None:
    if placed is None:
        faults.add(entry.line, f"{key} does not say from when it holds: write `from: 2015-03-26`.")
        return None
    said = placed.value
    if not isinstance(said, date) or isinstance(said, datetime):
        faults.add(placed.line, f"{said!r} is not a day: write it as 2015-03-26.")
        return None
    if said < _EARLIEST:
        faults.add(placed.line, f"{said} is before the Children Act of 1989; check the year.")
        return None
    return said


def _source(key: str, placed: Placed | None, entry: Placed, faults: _Faults) -> str | None:
    if placed is None or not isinstance(placed.value, str) or not placed.value.strip():
        faults.add(placed.line if placed else entry.line, f"{key} does not say who says so: write `source:`.")
        return None
    return placed.value


def _warnings_before_breaches(found: list[Value], base: Pack | None, placed: Placed, faults: _Faults) -> None:
    """See to it that on no day a warning comes after what it warns of, the pack being laid over the base."""
    lines = {key.value: key.line for key, _ in placed.items()}
    layers = (found, base.values if base else ())
    for whole in sorted({value.key.removesuffix(".warn") for value in found}):
        key = f"{whole}.warn"
        for day in sorted({value.start for layer in layers for value in layer if value.key in {key, whole}}):
            warn, due = (_in_force(layers, name, day) for name in (key, whole))
            if not isinstance(warn, Duration) or not isinstance(due, Duration) or warn.unit != due.unit:
                continue
            if warn.amount >= due.amount:
                line = lines.get(key) or lines.get(whole) or placed.line
                faults.add(line, f"{key} ({warn}) does not come before {whole} ({due}).")
                break


def _in_force(layers: Iterable[Iterable[Value]], key: str, day: date) -> Given | None:
    for layer in layers:
        started = [value for value in layer if value.key == key and value.start <= day]
        if started:
            return max(started, key=lambda value: value.start).given
    return None


def _effects(placed: Placed | None, pack: str, faults: _Faults) -> list[RuleEffect]:
    if placed is None or placed.value is None:
        return []
    if not placed.is_mapping:
        faults.add(placed.line, "`rules:` holds rule ids, each with `effect:`, `from:` and `source:`.")
        return []
    found = []
    for key, entry in placed.items():
        rule = str(key.value)
        if not entry.is_mapping:
            faults.add(entry.line, f"{rule} needs `effect:`, `from:` and `source:`.")
            continue
        parts = {part.value: value for part, value in entry.items()}
        for part in parts.keys() - _RULE_KEYS:
            faults.add(parts[part].line, f"{part} is not part of a rule's effect.")
        said = parts["effect"].value if "effect" in parts else None
        if said not in set(Effect):
            faults.add(entry.line, f"{rule}: the effect is one of refuse, warn, off; not {said!r}.")
            continue
        start = _start(rule, parts.get("from"), entry, faults)
        source = _source(rule, parts.get("source"), entry, faults)
        if start is not None and source is not None:
            found.append(RuleEffect(rule, Effect(str(said)), start, source, pack))
    return found


def _labels(placed: Placed | None, faults: _Faults) -> dict[str, str]:
    if placed is None or placed.value is None:
        return {}
    if not placed.is_mapping:
        faults.add(placed.line, "`labels:` holds codes and the words for them.")
        return {}
    return {str(key.value): str(value.plain()) for key, value in placed.items()}


def _near(key: str, known: Any) -> str:
    near = difflib.get_close_matches(key, list(known), n=1)
    return f" Did you mean {near[0]}?" if near else " `mash policy show england` lists the keys."
