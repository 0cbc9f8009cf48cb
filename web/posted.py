"""What came with a form, and how it becomes the details of an act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from fastapi import Request
from starlette.datastructures import UploadFile

from config.clock import LONDON
from config.settings import Settings
from web.fields import Field
from workflow.errors import BadCommandError
from workflow.evidence_files import MEGABYTE, Sent

OWN: Final = frozenset({"csrf", "version", "then", "_save", "_file"})
"""What a form carries for itself, and nobody typed."""
FILES: Final = "_file"
"""The field of a form that takes files."""
MORE_FILES: Final = 4
"""So much more is read than is taken, so that who sends too many is told so in a sentence."""
MOST_FIELDS: Final = 400
LARGEST_PART: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Posted:
    """The fields of a form, each with all its values."""

    values: dict[str, list[str]]
    files: tuple[Sent, ...] = ()

    def one(self, name: str) -> str:
        """Return a field's value, empty where it has none."""
        return (self.values.get(name) or [""])[0].strip()

    def all(self, name: str) -> list[str]:
        """Return a field's values that are not empty."""
        return [one.strip() for one in self.values.get(name, []) if one.strip()]

    @property
    def version(self) -> int | None:
        """The version of the referral that the person was looking at."""
        written = self.one("version")
        return int(written) if written.isascii() and written.isdigit() and len(written) < 12 else None

    @property
    def saves(self) -> bool:
        """True where what was typed is only to be kept."""
        return bool(self.one("_save"))


async def read(request: Request) -> Posted:
    """Read a form, and as much of its files as may be taken or shows that they are too large."""
    settings: Settings = request.app.state.product.settings
    largest = settings.file_megabytes * MEGABYTE
    await _not_too_much(request, largest * (settings.files_at_once + MORE_FILES))
    values: dict[str, list[str]] = {}
    files: list[Sent] = []
    async with request.form(
        max_fields=MOST_FIELDS, max_files=settings.files_at_once * MORE_FILES, max_part_size=LARGEST_PART
    ) as form:
        for key, value in form.multi_items():
            if not isinstance(value, UploadFile):
                values.setdefault(key, []).append(value)
            elif key == FILES and (
                value.filename or value.size
            ):  # A browser sends an empty part where none was chosen.
                files.append(Sent(value.filename or "", await value.read(largest + 1)))
    return Posted(values, tuple(files))


async def _not_too_much(request: Request, most: int) -> None:
    """Refuse what is larger than all files together may be: none of it is kept, not even for a moment."""
    if not request.headers.get("content-type", "").startswith("multipart/"):
        return
    said = request.headers.get("content-length", "")
    if said.isascii() and said.isdigit() and int(said) <= most:
        return
    # A browser shows an answer only after it has sent everything. Whoever sends without end is cut off.
    heard = 0
    async for part in request.stream():
        heard += len(part)
        if heard > most * MORE_FILES:
            break
    raise BadCommandError(
        "That is more than can be sent at once, so nothing of it was taken.", "Go back, and send fewer files."
    )


def args(fields: Iterable[Field], posted: Posted) -> dict[str, Any]:
    """Return the details that were typed. What was left empty is left out, so that the act's own default holds."""
    found = {field.name: _value(field, posted) for field in fields}
    return {name: value for name, value in found.items() if value is not None}


def _value(field: Field, posted: Posted) -> Any:
    match field.kind:
        case "people" | "choices":
            return tuple(dict.fromkeys([*posted.all(field.name), *_typed(posted.one(f"{field.name}.more"))])) or None
        case "pairs":
            pairs = {key.value: posted.one(f"{field.name}.{key.value}") for key in field.keys}
            return {key: value for key, value in pairs.items() if value} or None
        case "means":
            many = {key.value: tuple(posted.all(f"{field.name}.{key.value}")) for key in field.keys}
            return {key: value for key, value in many.items() if value} or None
        case "rows":
            names, what = posted.values.get(f"{field.name}.name", []), posted.values.get(f"{field.name}.what", [])
            return {name.strip(): said for name, said in zip(names, what, strict=False) if name.strip()} or None
        case "tick":
            return posted.one(field.name) == "yes" or None
        case "yes_no" | "answer":
            return {"yes": True, "no": False}.get(posted.one(field.name))
        case "moment":
            return _moment(posted.one(field.name))
        case _:
            return posted.one(field.name) or None


def _typed(written: str) -> list[str]:
    return [part.strip() for part in written.split(",") if part.strip()]


def _moment(written: str) -> datetime | str | None:
    """Read a moment on the hub's own clock. What is none is handed on, to be refused in words."""
    try:
        return datetime.fromisoformat(written).replace(tzinfo=LONDON) if written else None
    except ValueError:
        return written
