"""The command as a process: exit codes, two streams, a reader who leaves, a person who interrupts, and never a trace."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from cli import failure
from tests.support.house import ROOT
from tests.support.hub import Hub
from tests.support.terminal import Ran, plain, run_process, surroundings


@pytest.fixture
def settings(desk: Hub, home: Path) -> dict[str, object]:
    """The settings of a process that finds the hub."""
    return {"MASH_DATABASE_URL": desk.engine.database.url, "MASH_HOME": home}


def test_each_outcome_has_its_exit_code_and_its_stream(desk: Hub, settings: dict[str, object]) -> None:
    reference = desk.refer()

    shown = run_process("show", reference, "--as", "tara", **settings)
    blocked = run_process("act", reference, "sign-off", "--as", "tara", **settings)
    mistyped = run_process("shwo", **settings)
    unknown = run_process("show", "M999999", "--as", "tara", **settings)
    changed = run_process("act", reference, "begin-triage", "--as", "tara", "--seen", "7", **settings)
    elsewhere = run_process("people", MASH_HOME=settings["MASH_HOME"])

    assert (shown.code, shown.err) == (0, "")
    assert [one.code for one in (blocked, mistyped, unknown, changed, elsewhere)] == [1, 2, 3, 4, 5]
    assert all(plain(one) for one in (blocked, mistyped, unknown, changed, elsewhere))


def test_json_is_the_only_thing_on_the_output_whatever_happens(desk: Hub, settings: dict[str, object]) -> None:
    reference = desk.refer()

    for words, code in {
        ("show", reference, "--as", "tara"): 0,
        ("worklist", "--as", "tara"): 0,
        ("act", reference, "sign-off", "--as", "tara"): 1,
        ("shwo",): 2,
        ("show", "M999999", "--as", "tara"): 3,
    }.items():
        ran = run_process(*words, "--json", **settings)
        assert (ran.code, ran.err) == (code, "")
        json.loads(ran.out)


def test_a_reader_who_leaves_is_no_reason_to_complain(desk: Hub, settings: dict[str, object]) -> None:
    for words in (["rules"], ["policy", "show"], ["verbs", "--json"], ["people"]):
        process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", *words],
            cwd=ROOT,
            env=surroundings(**settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stderr.close()
        assert process.wait() == 141


def test_a_person_who_interrupts_is_obeyed_without_a_word_of_code() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "replay", "luke-and-matt"],
        cwd=ROOT,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.read(1)  # it is printing, and stands still because nobody reads on

    process.send_signal(signal.SIGINT)
    _, said = process.communicate()

    assert process.returncode == 130
    assert b"Traceback" not in said
    assert said.strip() == b"Stopped."


@pytest.mark.parametrize("words", [["states"], ["people"], ["rules", "--json"]])
def test_an_output_that_is_closed_or_full_breaks_nothing(
    words: list[str], desk: Hub, settings: dict[str, object]
) -> None:
    closed = "import os, sys; os.close(1); os.execv(sys.executable, [sys.executable, '-m', 'cli.main', *sys.argv[1:]])"
    full = closed.replace("os.close(1)", "os.dup2(os.open('/dev/full', os.O_WRONLY), 1)")

    assert run_process(*words, program=("-c", closed), **settings) == Ran(0, "", "")
    ran = run_process(*words, program=("-c", full), **settings)
    assert plain(ran)
    assert (ran.code, ran.says) == (5, "The output cannot be written, because the disk is full.")


def test_a_screen_that_cannot_write_a_name_shows_what_it_can(desk: Hub, settings: dict[str, object]) -> None:
    reference = desk.refer(child="Demo Zoë Łuć")

    ran = run_process("show", reference, "--as", "tara", PYTHONIOENCODING="ascii", **settings)

    assert (ran.code, ran.err) == (0, "")
    assert "Demo Zo? ?u?" in ran.out


def test_words_that_are_no_text_are_refused_by_a_real_shell_too(desk: Hub, settings: dict[str, object]) -> None:
    script = (
        "import os, sys\n"
        "os.execv(sys.executable, [sys.executable, '-m', 'cli.main', 'refer', '--as', 'dsl', b'child=Demo \\xff\\xfe',"
        " 'born=2021-05-01', 'concerns=neglect', 'words=came hungry'])\n"
    )

    ran = run_process(program=("-c", script), **settings)

    assert plain(ran)
    assert ran.code == 2
    assert ran.says == "child holds a character that is no text in UTF-8."


def test_a_database_with_a_part_missing_is_named_and_no_trace_is_shown(desk: Hub, mash: Callable[..., Ran]) -> None:
    with desk.engine.database.unit_of_work() as connection:
        connection.execute(text("DROP TABLE task"))

    ran = mash("tasks", "--as", "tara")

    assert plain(ran)
    assert ran.code == 5
    assert ran.says.startswith("The database is not as mash made it: a part is missing")


def test_what_nobody_foresaw_is_a_sentence_and_a_log_that_repeats_no_words(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(words: str) -> None:
        raise ArithmeticError(words)

    with pytest.raises(ArithmeticError) as raised:
        fails("Demo Jay was seen")
    codes = [failure.tell_unexpected(raised.value, as_json=as_json) for as_json in (False, True)]

    said = capsys.readouterr()
    log = (home / "mash.log").read_text(encoding="utf-8")
    assert said.err.splitlines() == [
        "Something went wrong inside mash (ArithmeticError); nothing of this command was half-done.",
        f"The log is {home / 'mash.log'}; please report it.",
    ]
    assert json.loads(said.out)["says"] == said.err.splitlines()[0]
    assert codes == [5, 5]
    assert log.count("builtins.ArithmeticError") == 2
    assert "in fails" in log
    assert "Demo Jay" not in said.out + said.err + log.replace('fails("Demo Jay was seen")', "")
