"""The casebooks that come with the engine, by name."""

from importlib import resources
from pathlib import Path

from workflow.replay.casebook import Casebook
from workflow.replay.faults import CasebookError, Fault, near
from workflow.replay.reader import read

_SUFFIXES = frozenset({".yaml", ".yml"})


def shipped() -> dict[str, Path]:
    """Return the shipped casebooks: name and file, in order of name."""
    folder = Path(str(resources.files("workflow.replay") / "casebooks"))
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def open_casebook(name: str) -> Casebook:
    """Read a casebook by the name of a shipped one, or by the path of a file, which goes first.

    Raises a `CasebookError` when there is none, or it is faulty.
    """
    ours = shipped()
    path = Path(name)
    if name in ours and not _is_file(path):
        return read(ours[name])
    if name not in ours and path.suffix not in _SUFFIXES and path.name == name and not _exists(path):
        raise CasebookError(
            [Fault(1, f"there is no such file, and no casebook of that name{near(name, ours) or '.'}")], name
        )
    return read(path)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
