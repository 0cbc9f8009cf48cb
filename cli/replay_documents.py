"""Writing the reports of replays to files: one page, or a folder of pages with an index."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cli.given import readable
from cli.printing import clean
from cli.writing import check_place, write_whole
from workflow.errors import BadCommandError

if TYPE_CHECKING:
    from workflow.replay.interventions import Played

FORMS: Final = frozenset({".html", ".txt"})
INDEX: Final = "index"


def check(out: str, count: int, *, force: bool) -> None:
    """Refuse a place where the reports cannot be written, before anything is played."""
    place = Path(out)
    if not readable(out):
        raise BadCommandError("The place holds a character that is no text in UTF-8.", "Name another place.")
    if is_folder(place):
        if place.exists() and not place.is_dir():
            raise BadCommandError(f"{place} is a file.", "Name a folder, or a file that ends in .html or .txt.")
        if not place.exists():
            check_place(place, force=force)
    elif count > 1:
        raise BadCommandError("One file holds the report of one casebook.", "Name a folder for several.")
    elif place.suffix.lower() not in FORMS:
        raise BadCommandError(
            "The file's ending says what is written: .html or .txt.", "For example: --out report.html."
        )
    else:
        check_place(place, force=force)


def is_folder(place: Path) -> bool:
    """Tell whether a place means a folder: it is one, or has no ending."""
    return place.is_dir() or not place.suffix


def write(stories: "Sequence[tuple[str, Played]]", out: str, *, force: bool) -> list[str]:
    """Write the report of each story, and an index where they go into a folder; return what was written."""
    from notifications.documents.replay_page import Filed, index_page, replay_page
    from workflow.replay.report import as_text

    place = Path(out)
    if not stories:
        return []
    if not is_folder(place):
        ((_, played),) = stories
        text = "".join(f"{clean(line)}\n" for line in as_text(played).splitlines())
        write_whole(place, replay_page(played) if place.suffix.lower() == ".html" else text, force=force)
        return [str(place)]
    filed = [
        Filed(f"{name}.html", played)
        for name, (_, played) in zip(_names([name for name, _ in stories]), stories, strict=True)
    ]
    place.mkdir(exist_ok=True)
    pages = {one.page: one.played for one in filed}
    for page in (*pages, f"{INDEX}.html"):
        check_place(place / page, force=force)
    for page, played in pages.items():
        write_whole(place / page, replay_page(played), force=force)
    write_whole(place / f"{INDEX}.html", index_page(filed), force=force)
    return [str(place / page) for page in (f"{INDEX}.html", *pages)]


def _names(casebooks: Sequence[str]) -> list[str]:
    """Name the pages after the casebooks; those of the same name are counted."""
    names: list[str] = []
    for casebook in casebooks:
        name, count = Path(casebook).stem, 2
        while name in {*names, INDEX}:
            name, count = f"{Path(casebook).stem}-{count}", count + 1
        names.append(name)
    return names
