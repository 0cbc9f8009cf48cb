"""Writing a document to a file: whole or not at all, readable by its owner, and never over another by accident."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from workflow.errors import BadCommandError


def check_place(place: Path, *, force: bool) -> None:
    """Refuse a place where nothing can be written, before anything is looked at for it."""
    try:
        os.lstat(place)  # asks the system, which alone knows what can be a name
        there = True
    except FileNotFoundError:
        there = False
    except (OSError, ValueError) as error:
        raise BadCommandError("That is no place for a file.", "Name another place.") from error
    if place.is_dir():
        raise BadCommandError(f"{place} is a folder.", "Name a file in it.")
    if there and not force:
        raise _exists(place)
    if not place.parent.is_dir():
        raise BadCommandError(f"There is no folder {place.parent}.", "Make it first, or name another place.")
    if not os.access(place.parent, os.W_OK):
        raise BadCommandError(f"Nothing can be written to {place.parent}.", "Name another place.")


def write_whole(place: Path, text: str, *, force: bool) -> None:
    """Write a file under another name beside it, and give it its own when it is whole."""
    beside = ""
    try:
        handle, beside = tempfile.mkstemp(prefix=".mash-", dir=place.parent)
        with open(handle, "w", encoding="utf-8", newline="") as out:
            out.write(text)
        _named(Path(beside), place, force=force)
    except FileExistsError as error:
        raise _exists(place) from error
    except OSError as error:
        why = (error.strerror or "it failed").lower()
        raise BadCommandError(f"{place} could not be written: {why}.", "Name another place.") from error
    finally:
        with suppress(OSError):
            os.unlink(beside)


def _named(whole: Path, place: Path, *, force: bool) -> None:
    """Give a file its name. Without `force` a link does so, for it fails where somebody else was quicker."""
    if not force:
        try:
            os.link(whole, place)
        except FileExistsError:
            raise
        except OSError:  # some disks know no links
            if place.exists():
                raise FileExistsError from None
        else:
            return
    whole.replace(place)


def _exists(place: Path) -> BadCommandError:
    return BadCommandError(f"{place} exists already.", "Add --force to write over it, or name another file.")
