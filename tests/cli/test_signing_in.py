"""A password for the pages: read from what is piped in, refused in a sentence, and never repeated."""

import io
from collections.abc import Callable

import pytest

from config import clock
from tests.support.hub import Hub
from tests.support.terminal import Ran, plain
from workflow import sessions

Mash = Callable[..., Ran]


def test_a_password_that_is_piped_in_lets_its_owner_in(desk: Hub, mash: Mash, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("three plain words\n"))

    ran = mash("password", "tara")

    assert ran.code == 0
    assert "three plain words" not in ran.out
    assert sessions.sign_in(desk.engine.database, "tara", "three plain words", clock.now())


@pytest.mark.parametrize(
    ("account", "typed", "says"),
    [("tara", "short\n", "at least 12"), ("tara", "", "at least 12"), ("nobody", "three plain words\n", "no account")],
)
def test_what_is_no_password_or_no_account_is_refused(
    desk: Hub, mash: Mash, monkeypatch: pytest.MonkeyPatch, account: str, typed: str, says: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))

    ran = mash("password", account)

    assert ran.code == 2
    assert plain(ran)
    assert says in ran.err
