"""The command line in this process, with a hub that stands at this hour."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from cli.main import main
from config import clock
from tests.support.hub import Hub
from tests.support.terminal import Ran


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home of its own for every test, where nothing is set up yet, and no other setting."""
    for name in [name for name in os.environ if name.startswith("MASH_")]:
        if name != "MASH_TEST_DATABASE_URL":
            monkeypatch.delenv(name)
    place = tmp_path / "home"
    monkeypatch.setenv("MASH_HOME", str(place))
    return place


@pytest.fixture
def mash(home: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run a command in this process."""

    def run(*words: str) -> Ran:
        capsys.readouterr()
        code = main(list(words))
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


@pytest.fixture
def desk(hub: Hub, home: Path, monkeypatch: pytest.MonkeyPatch) -> Hub:
    """A hub whose work of this morning is done, and which the command line finds."""
    hub.now = clock.now() - timedelta(hours=1)
    monkeypatch.setenv("MASH_DATABASE_URL", hub.engine.database.url)
    return hub
