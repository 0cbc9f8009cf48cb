"""Where mash is not set up, or set up wrongly: what, where and what to do, exit code 5, and nothing is written."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.support.hub import Hub
from tests.support.terminal import Ran, plain, run_process

NOT_SET_UP = 5
# Every command that needs a database, with the words it needs to get as far.
NEED_A_DATABASE = {
    "status": [],
    "work": [],
    "worker": [],
    "refer": ["--as", "dsl", "child=Demo", "concerns=neglect", "words=came hungry"],
    "act": ["M000001", "begin-triage", "--as", "tara"],
    "why": ["M000001", "begin-triage", "--as", "tara"],
    "worklist": ["--as", "tara"],
    "show": ["M000001", "--as", "tara"],
    "tasks": ["--as", "tara"],
    "done": ["1", "--as", "tara"],
    "people": [],
    "audit verify": [],
}
PACK = """policy: 1
authority: coventry
values:
  assessmnt:
    is: 3 elephants
"""


def refused(ran: Ran, *says: str) -> bool:
    """Tell whether a command was refused plainly, in these words, with the code for not being set up."""
    assert plain(ran)
    assert ran.code == NOT_SET_UP, ran
    assert all(part in ran.err for part in says), ran.err
    return True


@pytest.mark.parametrize("command", NEED_A_DATABASE)
def test_without_a_database_every_command_says_how_to_make_one(
    command: str, mash: Callable[..., Ran], home: Path
) -> None:
    assert refused(
        mash(*command.split(), *NEED_A_DATABASE[command]), "not set up here", str(home / "mash.db"), "`mash demo`"
    )
    assert not home.exists(), "a refused command made something"


def test_without_a_database_the_refusal_is_json_for_scripts(mash: Callable[..., Ran]) -> None:
    ran = mash("worklist", "--json")

    assert (ran.code, ran.err) == (NOT_SET_UP, "")
    assert set(ran.data) == {"error", "says", "advice", "refusals"}


@pytest.mark.parametrize(
    "command", ["rules", "states", "verbs", "policy show", "replay --list", "replay luke-and-matt", "mail"]
)
@pytest.mark.parametrize("address", ["", "nonsense"])
def test_what_needs_no_database_works_without_one(
    command: str, address: str, mash: Callable[..., Ran], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASH_DATABASE_URL", address)

    ran = mash(*command.split())

    assert (ran.code, ran.err) == (0, "")
    assert ran.out
    assert not home.exists()


def test_a_database_without_tables_is_to_be_migrated_and_then_serves(
    empty_database_url: str, mash: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASH_DATABASE_URL", empty_database_url)
    if empty_database_url.startswith("sqlite"):
        sqlite3.connect(empty_database_url.removeprefix("sqlite:///")).close()
        Path(empty_database_url.removeprefix("sqlite:///")).touch()

    assert refused(mash("people"), "`mash migrate`")
    assert mash("migrate").code == 0
    assert mash("migrate").out == "The database is up to date.\n"
    assert mash("people").code == 0


@pytest.mark.parametrize("command", ["worklist", "migrate", "demo", "status"])
def test_a_database_of_another_version_is_left_as_it_is(command: str, mash: Callable[..., Ran], desk: Hub) -> None:
    with desk.engine.database.unit_of_work() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    assert refused(mash(command), "a version of mash that this one does not know")
    with desk.engine.database.reading() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


def test_a_file_that_is_no_database_is_named(mash: Callable[..., Ran], home: Path) -> None:
    home.mkdir()
    (home / "mash.db").write_text("a letter to grandmother", encoding="utf-8")

    assert refused(mash("people"), "This is no database, or a damaged one", str(home / "mash.db"))
    assert (home / "mash.db").read_text(encoding="utf-8") == "a letter to grandmother"


@pytest.mark.parametrize("command", ["people", "demo", "migrate", "up"])
def test_a_home_that_is_a_file_is_named(command: str, mash: Callable[..., Ran], home: Path) -> None:
    home.write_text("not a folder", encoding="utf-8")

    assert refused(mash(*command.split()), f"MASH_HOME is a file, not a folder: {home}.")


@pytest.mark.parametrize("command", ["demo", "migrate"])
def test_a_home_that_cannot_be_made_is_named(
    command: str, mash: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MASH_HOME", str(tmp_path / "file" / "home"))

    assert refused(mash(command), str(tmp_path / "file"), "where a folder is wanted", "MASH_HOME")


# Root may write anywhere until it gives that up, which it can only do for what it starts next.
ORDINARY = (
    "import ctypes, os, sys\n"
    "if os.getuid() == 0: ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)\n"
    "os.execv(sys.executable, [sys.executable, '-m', 'cli.main', *sys.argv[1:]])\n"
)


@pytest.mark.parametrize("command", ["people", "demo", "migrate"])
def test_a_home_that_may_not_be_written_is_named(command: str, home: Path, sqlite_template: Path) -> None:
    home.mkdir()
    shutil.copy(sqlite_template, home / "mash.db")
    (home / "mash.db").chmod(0o444)
    home.chmod(0o555)
    before = (home / "mash.db").read_bytes()
    try:
        ran = run_process(command, program=("-c", ORDINARY), MASH_HOME=home)
    finally:
        home.chmod(0o755)

    assert refused(ran, "database", str(home / "mash.db"))
    assert (home / "mash.db").read_bytes() == before
    assert [path.name for path in home.iterdir()] == ["mash.db"]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"MASH_PORT": "abc"}, ["MASH_PORT is a whole number, not 'abc'."]),
        ({"MASH_PORT": "99999"}, ["MASH_PORT is at most 65535, not '99999'."]),
        ({"MASH_PORT": "0", "MASH_PREFECT": "perhaps"}, ["MASH_PORT is at least 1", "MASH_PREFECT is true or false"]),
        ({"MASH_POLL_SECONDS": "-1"}, ["MASH_POLL_SECONDS is more than 0"]),
        ({"MASH_DATABASE_URL": "nonsense"}, ["MASH_DATABASE_URL is not the address of a database", "sqlite:///FILE"]),
        ({"MASH_DATABASE_URL": "oracle://scott:tiger@db/x"}, ["MASH_DATABASE_URL is not the address of a database"]),
        ({"MASH_POLICY_DIR": "nowhere"}, ["MASH_POLICY_DIR is no folder: nowhere."]),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_without_its_secrets(
    settings: dict[str, str], says: list[str], mash: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    for command in ("people", "demo", "migrate", "up", "worker", "work"):
        ran = mash(*command.split())
        assert refused(ran, *says)
        assert "tiger" not in ran.err


def test_a_server_that_does_not_answer_is_named_without_its_password(
    mash: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASH_DATABASE_URL", "postgresql://mash:tiger@127.0.0.1:1/records")

    for command in ("people", "demo", "migrate"):
        ran = mash(command)
        assert refused(ran, "The database cannot be reached (127.0.0.1/records).")
        assert "tiger" not in ran.err


def test_a_database_that_somebody_else_writes_to_for_long_is_busy(
    mash: Callable[..., Ran], home: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir()
    shutil.copy(sqlite_template, home / "mash.db")
    monkeypatch.setattr("models.database.BUSY_TIMEOUT_MS", 50)
    other = sqlite3.connect(home / "mash.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    ran = mash("demo")
    other.rollback()
    other.close()

    assert refused(ran, "The database is busy", "Try again in a moment.")
    assert mash("people").out == "There is nobody yet: `mash demo` brings demo people.\n"


@pytest.mark.parametrize("command", ["people", "demo", "up", "worker", "work", "policy show", "replay luke-and-matt"])
def test_a_broken_policy_pack_stops_every_command_that_rests_on_it(
    command: str, mash: Callable[..., Ran], desk: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "coventry.yaml").write_text(PACK, encoding="utf-8")
    monkeypatch.setenv("MASH_POLICY_DIR", str(tmp_path))

    ran = mash(*command.split())

    assert refused(ran, "coventry.yaml, line 4: assessmnt is not a key of a policy. Did you mean assessment?")
    assert "`mash policy check FILE`" in ran.err


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (
            "email: {kind: pigeon}",
            "email: `kind` must be mailbox, email, teams, webhook, notify, notify_sms or notify_letter.",
        ),
        ("email: [", "The channels are not YAML: line 1"),
        ("email: \x07", "The channels are not YAML"),
        ("email: \xff", "cannot be read: this is not text in UTF-8."),
        (None, "cannot be read: No such file or directory."),
    ],
)
def test_a_broken_channels_file_stops_what_would_use_it(
    written: str | None, says: str, desk: Hub, tmp_path: Path
) -> None:
    channels = tmp_path / "channels.yaml"
    if written is not None:
        channels.write_text(written, encoding="latin-1")
    desk.refer()

    for command in ("work", "worker", "up"):
        ran = run_process(
            command, MASH_HOME=tmp_path, MASH_DATABASE_URL=desk.engine.database.url, MASH_CHANNELS=channels
        )
        assert refused(ran, "The channels cannot be used", says, "MASH_CHANNELS")
    with desk.engine.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM message")).scalar_one() == 0


def test_an_authority_without_a_pack_of_its_own_is_told_that_it_works_by_englands(
    mash: Callable[..., Ran], desk: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASH_AUTHORITY", "leeds")

    assert "There is no pack for 'leeds', so the values of England hold" in mash("status").out
    assert "There is no pack for 'leeds'" in mash("policy", "show").out
    monkeypatch.setenv("MASH_AUTHORITY", "coventry")
    assert "There is no pack" not in mash("status").out
