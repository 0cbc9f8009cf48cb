"""Writing a document to a file: whole or not at all, readable by its owner, and never over another by accident."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from workflow.errors import BadCommandError


def check_place(place: Path, *, force: bool) -> None:
    """Refuse a place where nothing can be written, before anything is looked at for it."""
    try:
        if place.is_dir():
            raise BadCommandError(f"{place} is a folder.", "Name a file in it.")
        if not force and place.exists():
            raise _exists(place)
        if not place.parent.is_dir():
            raise BadCommandError(f"There is no folder {place.parent}.", "Make it first, or name another place.")
        if not os.access(place.parent, os.W_OK):
            raise BadCommandError(f"Nothing can be written to {place.parent}.", "Name another place.")
    except (OSError, ValueError) as error:
        raise BadCommandError(f"{str(place)!r} is no place for a file.", "Name another place.") from error


def write_whole(place: Path, text: str, *, force: bool) -> None:
    """Write a file under another name beside it, and give it its own when it is whole."""
    beside = ""
    try:
        handle, beside = tempfile.mkstemp(prefix=".mash-", dir=place.parent)
        with open(handle, "w", encoding="utf-8", newline="") as out:
            out.write(text)
        if force:
            os.replace(beside, place)
        else:
            os.link(beside, place)  # unlike a rename, this fails where somebody else was quicker
    except FileExistsError as error:
        raise _exists(place) from error
    except OSError as error:
        why = (error.strerror or "it failed").lower()
        raise BadCommandError(f"{place} could not be written: {why}.", "Name another place.") from error
    finally:
        with suppress(OSError):
            os.unlink(beside)


def _exists(place: Path) -> BadCommandError:
    return BadCommandError(f"{place} exists already.", "Add --force to write over it, or name another file.")
