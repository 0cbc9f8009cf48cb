"""The embedded mailbox: letters as files in a Maildir on this machine, one per account, and how to read them.

The file's name comes from the message's key. To deliver the same message twice is to find that it is there.
"""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from notifications.letter import Letter, Outcome, Status
from notifications.mail import ADDRESS, compose

FOLDER: Final = "mailbox"
SENDER: Final = "mash@mash.invalid"


@dataclass(frozen=True, slots=True)
class LetterRead:
    """A letter as it lies in the mailbox. `calendar` is the invitation, where it is one."""

    account: str
    subject: str
    body: str
    at: datetime
    urgent: bool
    calendar: str | None
    file: Path


class Mailbox:
    """The channel `mailbox`: needs no server and, unless told otherwise, no address."""

    def __init__(self, home: Path, sender: str = SENDER, *, needs_address: bool = False) -> None:
        """Keep where the mailboxes lie."""
        self.home = home
        self.sender = sender
        self.needs_address = needs_address

    def send(self, letter: Letter) -> Outcome:
        """Put one letter into the account's mailbox, whole and safe on the disk, once however often it is asked."""
        to = letter.to if ADDRESS.fullmatch(letter.to) else f"{quote(letter.account, safe='')}@mash.invalid"
        addressed = replace(letter, to=to)
        try:
            made = _deliver(
                folder(self.home, letter.account), letter.fingerprint, bytes(compose(addressed, self.sender))
            )
        except OSError as error:
            return Outcome(Status.FAILED, f"the mailbox cannot be written: {os.strerror(error.errno or 0)}")
        return Outcome(Status.SENT, "put into the mailbox" if made else "was in the mailbox already")


def folder(home: Path, account: str) -> Path:
    """Return the Maildir of an account. Whatever the account is called, it stays inside `home`."""
    return home / FOLDER / quote(account, safe="").replace(".", "%2E")


def letters(home: Path, account: str | None = None) -> list[LetterRead]:
    """Return the letters of an account, or of everybody, oldest first. No mailbox is no letters."""
    if account is not None:
        folders = [folder(home, account)]
    else:
        root = home / FOLDER
        folders = sorted(root.iterdir()) if root.is_dir() else []
    found = [_read(file, unquote(box.name)) for box in folders for file in _files(box)]
    return sorted(found, key=lambda letter: (letter.at, letter.account, letter.file.name))


def _deliver(box: Path, name: str, content: bytes) -> bool:
    for part in ("tmp", "new", "cur"):
        (box / part).mkdir(parents=True, exist_ok=True, mode=0o700)
    if any((box / "cur").glob(f"{name}:*")):  # A mail reader has moved it there.
        return False
    place = box / "new" / name
    made = not place.exists()
    if made:
        handle, path = tempfile.mkstemp(dir=box / "tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(path, place)  # Two at once write the same name: one mail.
    for directory in (box / "new", box, box.parent):
        _keep(directory)
    return made


def _keep(directory: Path) -> None:
    # The file is safe; this makes its name safe too.
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _files(box: Path) -> Iterator[Path]:
    for part in ("new", "cur"):
        if (box / part).is_dir():
            yield from (file for file in (box / part).iterdir() if file.is_file())


def _read(file: Path, account: str) -> LetterRead:
    message = message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=policy.default)
    body = message.get_body(("plain",))
    invites = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return LetterRead(
        account=account,
        subject=str(message["Subject"]),
        body=str(body.get_content()) if body is not None else "",
        at=message["Date"].datetime,
        urgent=message["Importance"] == "high",
        calendar=str(invites[0].get_content()) if invites else None,
        file=file,
    )
