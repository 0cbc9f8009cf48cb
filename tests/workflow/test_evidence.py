"""What came with a contact, as it is kept: sealed, whole or not at all, and never opened when a byte is another."""

import os
import stat
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import update

from models.commands.front_door import AddConcern
from models.tables.evidence import AttachmentRow
from models.tables.referral import RecordRow
from tests.support.hub import Hub
from tests.support.pictures import JPEG, PAGE, PDF, PROGRAM, WEBP, png
from workflow.errors import ChangedError, NotFoundError
from workflow.evidence import add_concern, open_one
from workflow.evidence_files import Sent, faults, plain_name, sort_of
from workflow.sealing import KeyMissingError, Seal, fingerprint

SECRET = JPEG + b"the bruise on the left arm"


@pytest.fixture
def seal(tmp_path: Path) -> Seal:
    return Seal(tmp_path / "home" / "key")


def add(hub: Hub, reference: str, seal: Seal, *files: bytes, by: str = "dsl", seen_version: int | None = None) -> None:
    sent: Sequence[Sent] = [Sent("arm.jpg", content) for content in files]
    command = AddConcern.model_validate({"concerns": "neglect", "words": "two bruises", "attachments": len(files)})
    add_concern(hub.engine, reference, hub.actor(by), hub.now, command, seen_version, sent, seal)


def opened(hub: Hub, reference: str, seal: Seal, by: str = "tara", file: int = 1) -> bytes | None:
    return open_one(hub.engine, reference, file, hub.actor(by), hub.now, seal).content


def change(hub: Hub, **values: Any) -> None:
    with hub.engine.database.unit_of_work() as connection:
        connection.execute(update(AttachmentRow).where(AttachmentRow.id == 1).values(**values))


def test_what_is_kept_cannot_be_read_without_the_key(hub: Hub, seal: Seal, tmp_path: Path) -> None:
    reference = hub.refer()
    add(hub, reference, seal, SECRET)

    (row,) = hub.rows(AttachmentRow)
    assert b"bruise" not in bytes(row["sealed"])
    assert (row["size"], row["type"], row["added_by"]) == (len(SECRET), "image/jpeg", "dsl")
    assert opened(hub, reference, seal) == SECRET
    other = Seal(tmp_path / "other")
    other.ready(may_make=True)
    assert opened(hub, reference, other) is None


def test_a_byte_that_is_another_is_noticed(hub: Hub, seal: Seal) -> None:
    reference = hub.refer()
    add(hub, reference, seal, SECRET, PDF)
    first, second = (bytes(row["sealed"]) for row in hub.rows(AttachmentRow))

    middle = len(first) // 2
    change(hub, sealed=first[:middle] + bytes([first[middle] ^ 1]) + first[middle + 1 :])
    assert opened(hub, reference, seal) is None
    change(hub, sealed=second)  # sealed with the same key, and yet another file
    assert opened(hub, reference, seal) is None
    change(hub, sealed=first)
    assert opened(hub, reference, seal) == SECRET


def test_of_an_act_that_is_refused_no_file_is_kept(hub: Hub, seal: Seal) -> None:
    reference = hub.refer()

    with pytest.raises(ChangedError):
        add(hub, reference, seal, SECRET, seen_version=99)

    assert hub.rows(AttachmentRow) == []


def test_of_files_that_cannot_be_sealed_no_act_is_kept(hub: Hub, seal: Seal) -> None:
    reference = hub.refer()
    seal.path.parent.mkdir()
    seal.path.write_text("no key")

    with pytest.raises(KeyMissingError, match="missing or cannot be read"):
        add(hub, reference, seal, SECRET)

    assert (len(hub.rows(RecordRow)), hub.rows(AttachmentRow), hub.row(reference)["version"]) == (1, [], 1)


def test_no_new_key_takes_the_place_of_one_that_is_lost(hub: Hub, seal: Seal) -> None:
    reference = hub.refer()
    add(hub, reference, seal, SECRET)
    seal.path.unlink()

    with pytest.raises(KeyMissingError):
        add(hub, reference, seal, SECRET)

    assert not seal.path.exists()
    assert opened(hub, reference, seal) is None


@pytest.mark.parametrize("account", ["kit", "hv"])
def test_an_outsider_is_told_that_there_is_no_such_referral(hub: Hub, seal: Seal, account: str) -> None:
    reference = hub.refer()
    add(hub, reference, seal, SECRET)

    with pytest.raises(NotFoundError, match=f"There is no referral {reference}"):
        opened(hub, reference, seal, by=account)


def test_another_agency_in_the_case_has_what_it_sent_itself_and_no_more(hub: Hub, seal: Seal) -> None:
    reference = hub.refer()
    add(hub, reference, seal, SECRET)
    hub.refer(by="wife")
    add(hub, reference, seal, PDF, by="wife")

    assert opened(hub, reference, seal, by="dsl", file=1) == SECRET
    assert opened(hub, reference, seal, by="wife", file=2) == PDF
    for account, file in (("dsl", 2), ("wife", 1)):
        with pytest.raises(NotFoundError):
            opened(hub, reference, seal, by=account, file=file)


def test_the_key_is_its_owners_alone_and_made_once(seal: Seal) -> None:
    with ThreadPoolExecutor(4) as pool:
        tokens = list(pool.map(lambda _: seal.ready(may_make=True).encrypt(b"one"), range(8)))

    assert stat.S_IMODE(seal.path.stat().st_mode) == 0o600
    assert [seal.opened(token, fingerprint(b"one")) for token in tokens] == [b"one"] * 8
    assert os.listdir(seal.path.parent) == ["key"]
    Fernet(seal.path.read_bytes())


def test_where_no_key_can_be_made_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")

    with pytest.raises(KeyMissingError, match="could not be made"):
        Seal(tmp_path / "home" / "key").ready(may_make=True)


SORTS = [
    ("png", png(), "image/png"),
    ("jpeg", JPEG, "image/jpeg"),
    ("webp", WEBP, "image/webp"),
    ("pdf", PDF, "application/pdf"),
    ("a program", PROGRAM, None),
    ("a page", PAGE, None),
    ("a sound in the same wrapping as WebP", b"RIFF\x20\0\0\0WAVEfmt ", None),
    ("a PDF behind something else", b"\n" + PDF, None),
    ("nothing", b"", None),
]


@pytest.mark.parametrize(("content", "sort"), [row[1:] for row in SORTS], ids=[row[0] for row in SORTS])
def test_a_file_is_what_its_first_bytes_say(content: bytes, sort: str | None) -> None:
    assert sort_of(content) == sort


NAMES = [
    ("arm.jpg", "arm.jpg"),
    ("C:\\pictures\\arm.jpg", "arm.jpg"),
    ("../../etc/arm.jpg", "arm.jpg"),
    ("arm\0\r\n.jpg", "arm.jpg"),
    ("", "a file without a name"),
    ("x" * 300, "x" * 200),
]


@pytest.mark.parametrize(("given", "kept"), NAMES, ids=range(len(NAMES)))
def test_a_name_is_kept_without_folders_and_without_what_is_no_letter(given: str, kept: str) -> None:
    assert plain_name(given) == kept


def test_each_file_that_is_not_taken_has_its_sentence() -> None:
    files = [Sent("good.jpg", JPEG), Sent("none.jpg", b""), Sent("big.jpg", JPEG * 10), Sent("bad.jpg", PROGRAM)]
    says = faults(files, len(JPEG), 3)

    assert len(says) == 4
    assert says[0].startswith("At most 3 files")
    assert [one.split("”")[0] for one in says[1:]] == ["“none.jpg", "“big.jpg", "“bad.jpg"]
    assert faults(files[:1], len(JPEG), 3) == []
