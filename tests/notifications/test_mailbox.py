"""The mailbox on this machine keeps each message once, and gives it back to who asks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from notifications.calendar_invite import Meeting
from notifications.letter import Letter, Status
from notifications.mailbox import Mailbox, folder, letters

WRITTEN = datetime(2026, 3, 20, 16, 50, tzinfo=UTC)
LETTER = Letter("1:task:sam", "sam", "", "M000123: something for you to do", "Please do it — today.\n", WRITTEN, True)


def test_a_letter_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert Mailbox(tmp_path).send(LETTER).status is Status.SENT
    (read,) = letters(tmp_path, "sam")
    assert (read.account, read.subject, read.body) == ("sam", LETTER.subject, LETTER.body)
    assert (read.at, read.urgent, read.calendar) == (WRITTEN, True, None)


def test_the_same_message_twice_is_one_mail(tmp_path: Path) -> None:
    for _ in range(2):
        assert Mailbox(tmp_path).send(LETTER).status is Status.SENT
    assert len(letters(tmp_path)) == 1


def test_a_mail_that_a_reader_has_moved_does_not_come_again(tmp_path: Path) -> None:
    Mailbox(tmp_path).send(LETTER)
    (read,) = letters(tmp_path)
    read.file.rename(folder(tmp_path, "sam") / "cur" / f"{read.file.name}:2,S")
    Mailbox(tmp_path).send(LETTER)
    assert len(letters(tmp_path)) == 1


def test_nothing_is_left_half_written(tmp_path: Path) -> None:
    Mailbox(tmp_path).send(LETTER)
    assert list((folder(tmp_path, "sam") / "tmp").iterdir()) == []


def test_letters_come_oldest_first_and_by_account(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path)
    for key, account, days in [("c", "sam", 2), ("a", "tess", 1), ("b", "sam", 0)]:
        mailbox.send(replace(LETTER, key=key, account=account, written=WRITTEN + timedelta(days=days)))
    assert [letter.account for letter in letters(tmp_path)] == ["sam", "tess", "sam"]
    assert [letter.at.day for letter in letters(tmp_path, "sam")] == [20, 22]


def test_no_mailbox_is_no_letters(tmp_path: Path) -> None:
    assert letters(tmp_path) == letters(tmp_path, "nobody") == []


@pytest.mark.parametrize("account", ["../../etc", "..", ".", "a/b", "a b", "Ünal", "x\x00y"])
def test_an_account_stays_inside_the_mailbox_whatever_it_is_called(tmp_path: Path, account: str) -> None:
    Mailbox(tmp_path).send(replace(LETTER, account=account))
    assert folder(tmp_path, account).parent == tmp_path / "mailbox"
    assert [letter.account for letter in letters(tmp_path)] == [account]
    assert [path.name for path in tmp_path.iterdir()] == ["mailbox"]


def test_an_invitation_keeps_its_calendar_entry(tmp_path: Path) -> None:
    meeting = Meeting("u", 0, WRITTEN, 60, "REQUEST", "M000123", "https://mash.example.test/referrals/M000123")
    Mailbox(tmp_path).send(replace(LETTER, meeting=meeting))
    (read,) = letters(tmp_path)
    assert read.calendar is not None
    assert "METHOD:REQUEST" in read.calendar


def test_a_disk_that_refuses_is_a_failure_and_not_an_error(tmp_path: Path) -> None:
    (tmp_path / "mailbox").write_text("in the way")
    outcome = Mailbox(tmp_path).send(LETTER)
    assert outcome.status is Status.FAILED
    assert str(tmp_path) not in outcome.detail
