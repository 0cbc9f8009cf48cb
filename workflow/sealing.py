"""The key with which files are sealed, so that a copy of the database alone shows nobody a photograph."""

import os
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet, InvalidToken

from workflow.errors import MashError

_OURS_ALONE: Final = 0o600


class KeyMissingError(MashError):
    """The key cannot be had: nothing is sealed without it, and nothing opened."""


class Seal:
    """Seals and opens with the key in one file. Reads it at each use, so that it may be put back while mash runs."""

    def __init__(self, path: Path) -> None:
        """Remember where the key is."""
        self.path = path

    def ready(self, *, may_make: bool) -> Fernet:
        """Return what seals. Without a key one is made, unless there is something already that another key sealed."""
        if may_make and not self.path.exists():
            try:
                self._make()
            except OSError as error:
                raise KeyMissingError(
                    "The key with which files are sealed could not be made, so no file was taken.",
                    "Whoever runs mash can let it write where MASH_KEY_FILE says.",
                ) from error
        found = self._read()
        if found is None:
            raise KeyMissingError(
                "The key with which files are sealed is missing or cannot be read, so no file was taken.",
                "Send the form without files, and tell whoever runs mash: the key belongs where MASH_KEY_FILE says.",
            )
        return found

    def opened(self, sealed: bytes, digest: str) -> bytes | None:
        """Return what was sealed; nothing where the key is not the one that sealed it, or a byte is another."""
        found = self._read()
        if found is None:
            return None
        try:
            content = found.decrypt(sealed)
        except InvalidToken:
            return None
        return content if fingerprint(content) == digest else None

    def _read(self) -> Fernet | None:
        try:
            return Fernet(self.path.read_bytes().strip())
        except (OSError, ValueError):
            return None

    def _make(self) -> None:
        """Write a new key whole before anybody can find it. Of two who make one at once, the first has made it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        number, written = tempfile.mkstemp(dir=self.path.parent, prefix=".key-")
        try:
            with os.fdopen(number, "wb") as file:
                os.fchmod(file.fileno(), _OURS_ALONE)
                file.write(Fernet.generate_key())
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(written, self.path)
        finally:
            Path(written).unlink(missing_ok=True)


def fingerprint(content: bytes) -> str:
    """Return the digest by which a file is known again."""
    return sha256(content).hexdigest()
