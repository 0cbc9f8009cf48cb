"""A mail that was taken and came back: from the mail server that took it to the task of ringing, by the command line."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from config import settings
from flows.hub import open_hub
from models.tables.people import AccountRow
from models.tables.post import MessageRow
from models.tables.work import TaskRow
from tests.notifications.test_bounced_mail import report
from tests.support import paths
from tests.support.hub import Hub
from tests.support.post_office import MailSink, email_at, mail_sink
from tests.support.terminal import Ran


@pytest.fixture
def told(desk: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MailSink:
    """A referrer who was told of an outcome by mail: the mail server took it."""
    reference = paths.to_decision(desk)
    desk.act(reference, "decide", "mona", outcome="assessment", reason="a fuller look", answers="neglect:unknown")
    with desk.engine.database.unit_of_work() as connection:
        connection.execute(update(AccountRow).values(channel="email"))
    desk.look(reference)
    with mail_sink() as sink:
        (tmp_path / "channels.yaml").write_text(email_at(sink.port))
        monkeypatch.setenv("MASH_CHANNELS", str(tmp_path / "channels.yaml"))
        monkeypatch.setenv("MASH_AUTHORITY", settings.load().authority)
        opened = open_hub()
        opened.post.deliver(desk.now, "w")
        opened.database.dispose()
    return sink


def outcome(desk: Hub) -> tuple[str, list[str]]:
    """Return how the outcome's message stands, and who is asked to ring."""
    (row,) = desk.rows(MessageRow, template="outcome", account_id="dsl")
    ring = [task["account_id"] for task in desk.rows(TaskRow, done_at=None) if ":undelivered" in task["key"]]
    return row["status"], ring


def test_by_its_message_id_as_the_mail_servers_log_has_it(desk: Hub, told: MailSink, mash: Callable[..., Ran]) -> None:
    assert outcome(desk) == ("sent", [])
    named = next(mail["Message-ID"] for mail in told.taken if "a decision has been made" in mail["Subject"])

    assert mash("bounced", named).out.startswith("Taken in: 1 message.")
    assert outcome(desk) == ("dead", ["tara"])
    again = mash("bounced", named)
    assert again.code == 3
    assert "known already" in again.err


def test_by_the_mail_servers_report_from_what_is_piped_in(
    desk: Hub, told: MailSink, mash: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    about = next(mail for mail in told.taken if "a decision has been made" in mail["Subject"])

    def piped(raw: bytes) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        return mash("bounced")

    assert "still on its way" in piped(report("delayed", "4.4.1", about=about)).out
    assert outcome(desk) == ("sent", [])
    assert piped(report("failed", "5.1.1", about=about)).code == 0
    assert outcome(desk) == ("dead", ["tara"])
    refused = piped(b"Subject: I am on holiday\n\nBack on Monday.\n")
    assert refused.code == 2
    assert "Give the Message-ID" in refused.err
