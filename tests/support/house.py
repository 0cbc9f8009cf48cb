"""Where the house stands, and what is in it."""

import ast
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@cache
def project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def packages() -> list[str]:
    """Return the root packages as the wheel lists them."""
    listed: list[str] = project()["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    return listed


def modules(*folders: str) -> list[Path]:
    """Return the Python files of some folders, generated migrations left out."""
    return [
        path
        for folder in folders or packages()
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations/versions" not in path.as_posix()
    ]


def tree(path: Path) -> ast.Module:
    """Return a file as Python reads it."""
    return ast.parse(path.read_text(encoding="utf-8"))


def tracked() -> list[Path]:
    """Return the files that are handed in."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).is_file()]


def name_of(path: Path) -> str:
    """Return a file's name as people say it."""
    return path.relative_to(ROOT).as_posix()
