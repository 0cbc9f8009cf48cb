"""Replaying a casebook: a family's story played through the rules, event by event. Needs no database."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from cli.chronology import Force, placed, show
from cli.opening import AsJson
from cli.printing import clean, emit, say, screen, table
from workflow.errors import BadCommandError

if TYPE_CHECKING:
    from workflow.replay.faults import CasebookError
    from workflow.replay.interventions import Played

FAULTY: Final = 2
NARROWEST: Final = 60
"""A timeline in fewer columns than this cannot be read."""

LONGEST: Final = 100
"""Of a longer name, only the end is shown."""

Out = Annotated[
    str,
    typer.Option(
        "--out", metavar="PLACE", help="Write the report: a file (.html for A4, or .txt), or a folder with an index."
    ),
]
Files = Annotated[list[str] | None, typer.Argument(metavar="FILE...", help="A path, or the name of a shipped one.")]


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(replay)


def replay(
    files: Files = None,
    list_shipped: Annotated[bool, typer.Option("--list", help="List the casebooks that come with mash.")] = False,
    chronology: Annotated[
        bool, typer.Option("--chronology", help="Print the story's chronology, without playing it.")
    ] = False,
    out: Out = "",
    force: Force = False,
    as_json: AsJson = False,
) -> int:
    """Play a family's story through the rules.

    Says where the engine would have refused, warned, acted or sounded a clock; --out writes it to print. Exit code 0 when every file played; 1
    when a story that should be clean is not; 2 when a file is faulty: it is refused whole, with every fault.
    """
    if list_shipped:
        _list(as_json=as_json)
        return 0
    if not files:
        raise BadCommandError("Which casebook?", "Name a file, or one of those that `mash replay --list` shows.")
    if chronology:
        return _chronology(files, out, force=force, as_json=as_json)
    if out:
        from cli.replay_documents import check

        check(out, len(files), force=force)
    from cli.opening import policy_folder
    from config import settings

    packs = policy_folder(settings.load())
    tales = [_play(name, packs) for name in _shown(files)]
    if out:
        _write(tales, out, force=force, as_json=as_json)
    elif as_json:
        told = [tale.as_json() for tale in tales]
        emit(told[0] if len(told) == 1 else told)
    else:
        _print(tales)
    return max(tale.status for tale in tales)


def _write(tales: "Sequence[Tale]", out: str, *, force: bool, as_json: bool) -> None:
    """Write the reports of what could be played; what could not is said as ever."""
    from cli.replay_documents import write

    written = write([(tale.name, tale.played) for tale in tales if tale.played], out, force=force)
    faulty = [tale for tale in tales if tale.error]
    if as_json:
        emit({"written": written, "faulty": [tale.as_json() for tale in faulty]})
        return
    for place in written:
        say(f"{place} is written.")
    for tale in faulty:
        _print([tale])


def _chronology(files: Sequence[str], out: str, *, force: bool, as_json: bool) -> int:
    """Print the chronology of one casebook by the builder that serves a live record, or write it to a file."""
    from workflow.chronology_wanted import Asked
    from workflow.replay.chronology import chronology_of
    from workflow.replay.faults import CasebookError
    from workflow.replay.shelf import open_casebook

    if len(files) > 1:
        raise BadCommandError("A chronology is made of one casebook.", "Name one.")
    place = placed(out, force=force)
    try:
        casebook = open_casebook(files[0])
    except CasebookError as error:
        faulty = Tale(files[0], error=error)
        if as_json:
            emit(faulty.as_json())
        else:
            _print([faulty])
        return faulty.status
    show(chronology_of(casebook, Asked()), place, force=force, as_json=as_json)
    return 0


@dataclass(frozen=True, slots=True)
class Tale:
    """One file as it was asked for: played, or found faulty."""

    name: str
    played: "Played | None" = None
    error: "CasebookError | None" = None

    @property
    def label(self) -> str:
        """Return its name as a screen can show it."""
        name = clean(self.name)
        return name if len(name) <= LONGEST else f"...{name[3 - LONGEST :]}"

    @property
    def status(self) -> int:
        """Return its exit status."""
        from workflow.replay.report import exit_status

        return exit_status(self.played) if self.played else FAULTY

    def as_json(self) -> dict[str, Any]:
        """Return the report, or everything that is wrong with the file."""
        from workflow.replay import report

        if self.played:
            return report.as_json(self.played)
        faults = self.error.faults if self.error else ()
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        return {
            "error": "Casebook",
            "file": self.name,
            "says": f"{self.label} was not played: {count}.",
            "faults": [{"line": fault.line, "says": fault.says} for fault in faults],
        }


def _play(name: str, packs: Path | None) -> Tale:
    from config.policy import PolicyBook
    from workflow.replay.faults import CasebookError
    from workflow.replay.play import play
    from workflow.replay.shelf import open_casebook

    try:
        casebook = open_casebook(name)
    except CasebookError as error:
        return Tale(name, error=error)
    return Tale(name, play(casebook, PolicyBook.load(casebook.authority, packs)))


def _shown(names: Sequence[str]) -> Iterable[str]:
    """Yield the names one by one, with a bar on a screen that nobody else is writing to."""
    if len(names) == 1 or not (sys.stdout.isatty() and sys.stderr.isatty()):
        return names
    from rich.console import Console
    from rich.progress import track

    return track(names, "Playing", console=Console(stderr=True), transient=True)


def _print(tales: Sequence[Tale]) -> None:
    from workflow.replay import report

    told = False
    for tale in tales:
        if tale.played:
            width = min(max(screen() or _beyond(), NARROWEST), report.WIDTH)
            print("\n" * told + "\n".join(clean(line) for line in report.as_text(tale.played, width).splitlines()))
            told = True
        elif tale.error:
            tale.error.name = tale.label
            sys.stdout.flush()
            print(report.faults_as_text(tale.error), end="", file=sys.stderr)
            if not os.path.exists(tale.name):
                print("`mash replay --list` names the casebooks that come with mash.", file=sys.stderr)
    if len(tales) > 1:
        print()
        table(
            ("CASEBOOK", "EVENTS", "REFUSED", "WARNED", "ACTED", "CLOCKS", "SIGNALS", "IT IS"),
            [list(_row(tale)) for tale in tales],
        )


def _beyond() -> int:
    """Return how wide the screen behind a pager is: the pager has the output, and we still have the errors."""
    from workflow.replay import report

    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        return report.WIDTH


def _row(tale: Tale) -> Iterator[str]:
    yield tale.label
    if not tale.played:
        yield from ("", "", "", "", "", "", "faulty: not played")
        return
    yield str(len(tale.played.casebook.events))
    yield from (str(count) for count in tale.played.summary.values())
    clean_wanted = tale.played.casebook.expect == "clean"
    yield ("clean, as it should be" if tale.played.clean else "not clean") if clean_wanted else "played"


def _list(*, as_json: bool) -> None:
    from workflow.replay.shelf import open_casebook, shipped

    books = {name: open_casebook(name) for name in shipped()}
    if as_json:
        emit(
            [
                {"name": name, "title": book.title, "events": len(book.events), "expect": book.expect}
                for name, book in books.items()
            ]
        )
        return
    rows = [(name, str(len(book.events)), book.expect, book.title) for name, book in books.items()]
    table(("NAME", "EVENTS", "EXPECTED", "TITLE"), rows)
