"""What a file is allowed to be, judged by its first bytes and not by its name. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LONGEST_NAME: Final = 200
MEGABYTE: Final = 1024 * 1024
ENDINGS: Final = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "application/pdf": "pdf"}
"""The sorts of files that are taken, and the ending each is handed out with."""
_BEGINS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
)
_WEBP: Final = (b"RIFF", b"WEBP")
_HEAD: Final = 12
_ALLOWED: Final = "a photograph (JPEG, PNG or WebP) or a PDF"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came. Of one that is too large no more was read than shows it."""

    name: str
    content: bytes


def sort_of(content: bytes) -> str | None:
    """Return what a file is by its first bytes, or nothing where it is none of what is taken."""
    if content[:4] == _WEBP[0] and content[8:_HEAD] == _WEBP[1]:
        return "image/webp"
    return next((sort for begins, sort in _BEGINS if content.startswith(begins)), None)


def faults(files: Sequence[Sent], most_bytes: int, most_files: int) -> list[str]:
    """Return a sentence for each file that is not taken, and one where there are too many."""
    said = [says for file in files if (says := _fault(file, most_bytes))]
    if len(files) > most_files:
        said.insert(
            0, f"At most {most_files} files at once: these are {len(files)}. Send the others with a new concern."
        )
    return said


def _fault(file: Sent, most_bytes: int) -> str | None:
    name = f"“{plain_name(file.name)}”"
    if not file.content:
        return f"{name} is empty."
    if len(file.content) > most_bytes:
        return f"{name} is larger than {most_bytes // MEGABYTE} MB."
    if sort_of(file.content) is None:
        return f"{name} is not {_ALLOWED}, whatever it is called."
    return None


def plain_name(name: str) -> str:
    """Return a file's name as it can be kept and shown: without folders, and without what is no letter."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(letter for letter in last if letter.isprintable()).strip()
    return kept[:LONGEST_NAME] or "a file without a name"
