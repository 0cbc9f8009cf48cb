"""Measures how well the truth tables know the rules: every rule is spoiled in one place after another.

    python -m tools.mutation                            # every rule: a quarter of an hour on one processor
    python -m tools.mutation workflow/gates/harm.py     # this one, and line by line what its tests let through

`make mutation` does the first. mutmut (its settings are in pyproject.toml) spoils a copy, the folder `mutants/`, and for
each spoiled place runs those tests of the truth tables that reach the function. They need no database, so conftest.py is
not read. Every run begins anew, for mutmut would let stand what an older table let through.
"""

import argparse
import ast
import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from difflib import ndiff
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDERS: Final = tuple(f"workflow/{sort}" for sort in ("gates", "duties", "clocks", "signals"))
# By the exit code that mutmut keeps; every other one means that the tests came to no end.
ENDINGS: Final = {0: "survived", 1: "killed", 3: "killed", 5: "no tests", 33: "no tests", None: "not run"}
COLUMNS: Final = ("killed", "survived", "timeout", "no tests", "not run")
HEAD: Final = f"{'':<42}{'mutants':>9}" + "".join(f"{one:>10}" for one in (*COLUMNS, "in words"))


@dataclass(frozen=True, slots=True)
class Survivor:
    """A spoiled place that no test noticed; `in_words` where it is in a sentence for people."""

    name: str
    change: tuple[str, ...]
    in_words: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the spoiled places of one module, or of several."""

    endings: Counter[str]
    survivors: tuple[Survivor, ...]

    def __add__(self, other: "Told") -> "Told":
        return Told(self.endings + other.endings, self.survivors + other.survivors)

    def row(self, name: str) -> str:
        """Return a line of the table."""
        counts = (*(self.endings[one] for one in COLUMNS), sum(one.in_words for one in self.survivors))
        return f"{name:<42}{self.endings.total():>9}" + "".join(f"{count:>10}" for count in counts)

    def share(self) -> str:
        """Return how much of what was run was noticed, with the words for people and without."""
        run = self.endings.total() - self.endings["not run"]
        left, words = len(self.survivors) + self.endings["no tests"], sum(one.in_words for one in self.survivors)
        if not run:
            return "Nothing was spoiled."
        bare = f"{(left - words) / run:.1%} besides words for people"
        return f"{1 - left / run:.1%} noticed. Not noticed: {left / run:.1%}, and {bare}."


class WithoutWords(ast.NodeTransformer):
    """Puts the same mark for every sentence: a text with a space in it is for people, a code of the record has none."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        """Take the words away."""
        return ast.Constant("...") if isinstance(node.value, str) and " " in node.value.strip() else node


def survivor(name: str, made: Mapping[str, ast.FunctionDef]) -> Survivor:
    """Say what was spoiled."""
    spoiled = made[name.rpartition(".")[2]]
    whole = deepcopy(made[f"{spoiled.name.rpartition('_')[0]}_orig"])
    whole.name = spoiled.name
    before, after = (ast.unparse(one).splitlines()[1:] for one in (whole, spoiled))
    change = tuple(line for line in ndiff(before, after) if line[0] in "+-")
    wordless = [ast.dump(WithoutWords().visit(deepcopy(one))) for one in (whole, spoiled)]
    return Survivor(name, change, in_words=wordless[0] == wordless[1])


def told(module: Path) -> Told:
    """Read what mutmut found of a module of the copy, in which each function stands once for each spoiled place."""
    kept = json.loads(Path(f"{module}.meta").read_text(encoding="utf-8"))["exit_code_by_key"]
    endings = {name: ENDINGS.get(code, "timeout") for name, code in kept.items()}
    tree = ast.parse(module.read_text(encoding="utf-8"))
    made = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    survivors = tuple(survivor(name, made) for name, ending in endings.items() if ending == "survived")
    return Told(Counter(endings.values()), survivors)


def report(modules: list[str], copy: Path) -> Iterator[str]:
    """Yield the table: each module, each folder, and the share of the whole."""
    yield HEAD
    whole = Told(Counter(), ())
    for folder in FOLDERS:
        parts = {one: told(copy / one) for one in modules if one.startswith(f"{folder}/")}
        yield from (part.row(name) for name, part in parts.items() if part.endings)
        if parts:
            together = sum(parts.values(), Told(Counter(), ()))
            yield together.row(f"{folder}/ together")
            whole += together
    yield whole.share()


def let_through(modules: list[str], copy: Path) -> Iterator[str]:
    """Yield what no test noticed besides words for people, line by line."""
    for module in modules:
        for one in told(copy / module).survivors:
            if not one.in_words:
                yield from ("", one.name, *one.change)


def rules() -> list[str]:
    """Return the modules that hold rules."""
    found = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.py")) if path.stem != "__init__"]
    return [path.relative_to(ROOT).as_posix() for path in found]


def spoil(modules: list[str], workers: int) -> None:
    """Let mutmut do it, from the beginning."""
    mutmut = Path(sys.executable).with_name("mutmut")
    if not mutmut.exists():
        sys.exit("mutmut is not installed here: run `make setup`.")
    copy = ROOT / "mutants"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    named = [f"{module.removesuffix('.py').replace('/', '.')}.*" for module in modules]
    command = [str(mutmut), "run", "--max-children", str(workers), *named]
    with (copy / "mutmut.log").open("w", encoding="utf-8") as log:
        ended = subprocess.run(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, check=False)
    if ended.returncode:
        sys.exit("mutmut did not come to an end: mutants/mutmut.log says why. Most often a truth table fails as it is.")


def main() -> None:
    """Spoil the rules and print what the tests made of it."""
    asked = argparse.ArgumentParser(description="Mutation testing of the rules.")
    asked.add_argument("modules", nargs="*", metavar="MODULE", help="for example workflow/gates/harm.py; all without")
    asked.add_argument("--workers", type=int, default=1)
    given = asked.parse_args()
    unknown = sorted(set(given.modules) - set(rules()))
    if unknown:
        sys.exit(f"{unknown[0]} is no module of rules: name one as in workflow/gates/harm.py.")
    spoil(given.modules, given.workers)
    for line in report(given.modules or rules(), ROOT / "mutants"):
        print(line)
    for line in let_through(given.modules, ROOT / "mutants"):
        print(line)


if __name__ == "__main__":
    main()
