"""YAML as we read it: the only booleans are true and false, a key said twice is an error, and places are known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import yaml
from yaml.constructor import ConstructorError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

MOST_NODES: Final = 200_000
_WHOLE: Final = re.compile(r"[-+]?(0|[1-9]\d{0,17})")
_BOOLEANS: Final = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Placed:
    """A value read from YAML, with the line it stands on (from one) and its parts likewise."""

    value: Any
    line: int

    def items(self) -> Iterator[tuple["Placed", "Placed"]]:
        """Yield the pairs of a mapping."""
        yield from self.value

    @property
    def is_mapping(self) -> bool:
        """True for a mapping."""
        return isinstance(self.value, Pairs)

    @property
    def is_list(self) -> bool:
        """True for a list."""
        return isinstance(self.value, list) and not isinstance(self.value, Pairs)

    def plain(self) -> Any:
        """Return the value without its places."""
        if isinstance(self.value, Pairs):
            return {key.plain(): part.plain() for key, part in self.value}
        if isinstance(self.value, list):
            return [part.plain() for part in self.value]
        return self.value


class Pairs(list[tuple[Placed, Placed]]):
    """The pairs of a mapping, in the order of the file."""


class YamlError(Exception):
    """The file cannot be read as YAML: a sentence, and the line."""

    def __init__(self, line: int, says: str) -> None:
        """Keep line and sentence apart."""
        super().__init__(f"line {line}: {says}")
        self.line = line
        self.says = says


def read(text: str, twice: list[YamlError] | None = None) -> Placed:
    """Read one YAML document with the line of every part, or raise a `YamlError`.

    With `twice`, keys that are said twice are gathered there, and the first of them holds; without, they raise.
    """
    try:
        loader = yaml.SafeLoader(text)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise YamlError(line, "a character here belongs in no text; it cannot be printed") from None
    try:
        node = loader.get_single_node()
        if node is None:
            return Placed(None, 1)
        return _place(node, _Reading([MOST_NODES], twice))
    except (yaml.MarkedYAMLError, ConstructorError) as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(mark.line + 1 if mark else 1, f"not readable as YAML ({error.problem})") from None
    except yaml.YAMLError as error:
        raise YamlError(1, f"not readable as YAML ({error})".replace("\n", " ")) from None
    except RecursionError:
        raise YamlError(1, "nested deeper than any story needs") from None
    finally:
        loader.dispose()


@dataclass(frozen=True, slots=True)
class _Reading:
    left: list[int]
    twice: list[YamlError] | None


def _place(node: Node, reading: _Reading) -> Placed:
    reading.left[0] -= 1
    line = node.start_mark.line + 1
    if reading.left[0] < 0:
        raise YamlError(line, "larger than any story needs once its aliases are written out")
    if isinstance(node, ScalarNode):
        return Placed(_scalar(node), line)
    if isinstance(node, SequenceNode):
        return Placed([_place(part, reading) for part in node.value], line)
    assert isinstance(node, MappingNode)  # YAML has no fourth kind of node
    pairs, seen = Pairs(), set[Any]()
    for key_node, value_node in node.value:
        key = _place(key_node, reading)
        if key.is_mapping or key.is_list:
            raise YamlError(key.line, "a key must be a word, not a list or a mapping")
        if key.value in seen:
            said = YamlError(key.line, f"{key.value} is said twice in one place")
            if reading.twice is None:
                raise said
            reading.twice.append(said)
            continue
        seen.add(key.value)
        pairs.append((key, _place(value_node, reading)))
    return Placed(pairs, line)


def _scalar(node: ScalarNode) -> Any:
    written = str(node.value)
    if node.style is not None:
        return written
    tag = node.tag.rpartition(":")[2]
    if tag == "bool":
        return _BOOLEANS.get(written.lower(), written)
    if tag == "null":
        return None
    if tag == "int":
        # 010 and 1:30 are words to us: the old YAML would make 8 and 90 of them.
        return int(written) if _WHOLE.fullmatch(written) else written
    if tag == "float":
        try:
            return float(written)
        except ValueError:
            return written
    if tag == "timestamp":
        return _moment(written)
    return written


def _moment(written: str) -> date | datetime | str:
    """Read a day or a moment as the file writes it; anything else stays a word, and is refused where it stands."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return written
