"""`mash replay`: casebooks by path or name, one or several, for people and for scripts; no database, no half measures."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.terminal import Ran, on_a_screen, run_process
from workflow.replay.shelf import shipped

PLAYED, NOT_CLEAN, FAULTY = 0, 1, 2
HEAD = """casebook: 1
title: {title}
authority: coventry
source: synthetic
silence: recorded
expect: {expect}
people:
  - {{id: ann, is: child, born: 2021-05-01}}
agencies:
  - {{id: hillside, is: school}}
practitioners:
  - {{id: teacher, agency: hillside, is: teacher}}
events:
"""
CONTACT = "  - {at: 2026-03-10, kind: contact, about: [ann], by: teacher, to: hub, concerns: [neglect]}\n"
NOTE = "  - {at: 2026-03-10, kind: note, text: nothing happened}\n"
HALF_WRITTEN = HEAD.format(title="Half", expect="clean") + (
    "  - {at: 2026-03-10, kind: contact, about: [anne], by: teacher, to: hub}\n"
    "  - {at: 2026-02-31, kind: contct}\n"
    "  - {at: 2026-03-12, kind: visit, about: [ann], access: perhaps, weather: fine}\n"
)
REPORT = {"title", "events", "policy", "interventions", "summary"}
INTERVENTION = {
    "on",
    "event",
    "rule",
    "effect",
    "says",
    "source",
    "children",
    "state",
    "loose_date",
    "rests_on_silence",
}


@pytest.fixture
def books(tmp_path: Path) -> dict[str, str]:
    """Casebooks on disk: one of each sort."""
    texts = {
        "quiet": HEAD.format(title="Nothing happened", expect="clean") + NOTE,
        "left": HEAD.format(title="Left lying", expect="clean") + "until: 2026-04-30\n" + CONTACT,
        "told": HEAD.format(title="Told", expect="interventions") + CONTACT,
        "half": HALF_WRITTEN,
        "empty": "",
        "torn": "casebook: [1\n",
    }
    texts["left"] = texts["told"].replace("expect: interventions", "expect: clean\nuntil: 2026-04-30")
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return {name: str(tmp_path / f"{name}.yaml") for name in texts}


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_casebook_plays_by_its_name(name: str, mash: Callable[..., Ran], home: Path) -> None:
    ran = mash("replay", name, "--json")

    assert (ran.code, ran.err) == (PLAYED, "")
    assert set(ran.data) == REPORT
    assert all(set(one) == INTERVENTION for one in ran.data["interventions"])
    assert sum(ran.data["summary"].values()) == len(ran.data["interventions"])
    assert not home.exists(), "a replay needs no database"


def test_the_list_names_every_shipped_casebook_with_its_length_and_what_is_expected(mash: Callable[..., Ran]) -> None:
    people, scripts = mash("replay", "--list"), mash("replay", "--list", "--json")

    assert (people.code, scripts.code) == (PLAYED, PLAYED)
    assert [one["name"] for one in scripts.data] == sorted(shipped())
    for one in scripts.data:
        row = next(line for line in people.out.splitlines() if line.startswith(f"{one['name']} "))
        assert row.split()[1:3] == [str(one["events"]), one["expect"]]
        assert row.endswith(one["title"])


@pytest.mark.parametrize(
    ("book", "code"), [("quiet", PLAYED), ("told", PLAYED), ("left", NOT_CLEAN), ("half", FAULTY), ("empty", FAULTY)]
)
@pytest.mark.parametrize("as_json", [False, True])
def test_the_exit_code_says_what_became_of_a_file(
    book: str, code: int, as_json: bool, books: dict[str, str], mash: Callable[..., Ran]
) -> None:
    assert mash("replay", books[book], *["--json"] * as_json).code == code


def test_a_story_that_should_be_clean_and_is_not_is_told_all_the_same(
    books: dict[str, str], mash: Callable[..., Ran]
) -> None:
    ran = mash("replay", books["left"])

    assert ran.err == ""
    assert "CLOCK RUN OUT" in ran.out
    assert "It should be clean, and it is not" in " ".join(ran.out.split())


def test_a_half_written_file_is_refused_whole_with_every_fault_and_its_line(
    books: dict[str, str], mash: Callable[..., Ran]
) -> None:
    people, scripts = mash("replay", books["half"]), mash("replay", books["half"], "--json")

    assert (people.code, people.out) == (FAULTY, "")
    assert (scripts.code, scripts.err) == (FAULTY, "")
    assert people.err.splitlines() == [
        f"{books['half']} was not played: 5 faults.",
        "  line 14: about: nobody has the id anne; did you mean ann?",
        "  line 15: at: there is no day 2026-02-31.",
        "  line 15: kind cannot be contct; did you mean contact?",
        "  line 16: access cannot be perhaps; it is one of granted, denied, no_reply.",
        "  line 16: weather is not a key of a visit.",
    ]
    told = scripts.data
    assert told["says"] == people.says
    assert [f"  line {fault['line']}: {fault['says']}" for fault in told["faults"]] == people.err.splitlines()[1:]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("luke-and-mat", "did you mean luke-and-matt?"),
        ("nowhere.yaml", "there is no such file."),
        (".", "this is a folder"),
        ("", "a folder"),
        ("x" * 5000, "there is no such file"),
    ],
)
def test_what_is_no_casebook_is_refused_by_name(name: str, says: str, mash: Callable[..., Ran]) -> None:
    ran = mash("replay", name)

    assert (ran.code, ran.out) == (FAULTY, "")
    assert says in ran.err
    assert len(ran.err) < 400


def test_without_a_name_it_says_where_the_names_are(mash: Callable[..., Ran]) -> None:
    ran = mash("replay")

    assert (ran.code, ran.out) == (FAULTY, "")
    assert ran.says == "Which casebook?"
    assert "`mash replay --list`" in ran.err


def test_several_files_are_a_list_for_scripts_with_the_faulty_in_their_place(
    books: dict[str, str], mash: Callable[..., Ran]
) -> None:
    ran = mash("replay", books["quiet"], books["torn"], books["left"], "--json")

    assert (ran.code, ran.err) == (FAULTY, "")
    quiet, torn, left = ran.data
    assert (quiet["title"], left["title"]) == ("Nothing happened", "Told")
    assert torn["file"] == books["torn"]
    assert torn["faults"][0]["line"] >= 1


def test_several_files_are_told_one_after_the_other_with_a_summary_at_the_end(
    books: dict[str, str], mash: Callable[..., Ran]
) -> None:
    ran = mash("replay", books["quiet"], books["torn"], books["left"])

    assert ran.code == FAULTY
    assert ran.out.index("Nothing happened") < ran.out.index("\nTold\n")
    assert ran.says == f"{books['torn']} was not played: 1 fault."
    summary = [" ".join(line.split()[1:]) for line in ran.out.splitlines()[-3:]]
    assert summary[0].endswith("clean, as it should be")
    assert summary[1] == "faulty: not played"
    assert summary[2].endswith("not clean")


def test_a_path_goes_before_a_shipped_name(
    books: dict[str, str], mash: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    os.rename(books["quiet"], "luke-and-matt")

    assert mash("replay", "luke-and-matt", "--json").data["title"] == "Nothing happened"


def test_a_casebook_is_played_under_the_packs_of_this_hub(
    books: dict[str, str], mash: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = mash("replay", books["left"], "--json").data["summary"]
    (tmp_path / "coventry.yaml").write_text(
        "policy: 1\nauthority: coventry\nrules:\n  referral-decision-one-day:\n"
        "    effect: off\n    from: 2015-03-26\n    source: this test\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("MASH_POLICY_DIR", str(tmp_path))

    after = mash("replay", books["left"], "--json").data

    assert after["policy"] == "coventry"
    assert after["summary"]["clock"] < before["clock"]


def test_what_a_story_says_cannot_steer_the_screen(tmp_path: Path, mash: Callable[..., Ran]) -> None:
    book = tmp_path / "turned.yaml"
    book.write_text(HEAD.format(title="Turned \u202e round", expect="clean") + NOTE, encoding="utf-8")

    assert "\u202e" not in mash("replay", str(book)).out


@pytest.mark.parametrize("columns", [60, 80, 100, 200])
def test_a_timeline_fits_the_screen(columns: int) -> None:
    shown = on_a_screen(columns, "replay", "luke-and-matt")

    widest = max(map(len, shown.splitlines()))
    assert widest <= min(columns, 100)
    assert widest > min(columns, 100) - 10, "it leaves the screen half empty"


def test_behind_a_pager_it_leaves_quietly_when_the_pager_does() -> None:
    pager = "import sys; print(sys.stdin.readline(), end=''); sys.exit()"
    script = (
        "import subprocess, sys\n"
        "play = subprocess.Popen([sys.executable, '-m', 'cli.main', 'replay', 'luke-and-matt'],"
        " stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"
        f"page = subprocess.run([sys.executable, '-c', {pager!r}], stdin=play.stdout, capture_output=True)\n"
        "play.stdout.close()\n"
        "said = play.stderr.read()\n"
        "import json; print(json.dumps([page.stdout.decode(), said.decode(), play.wait()]))\n"
    )

    first, said, code = json.loads(run_process(program=("-c", script)).out)

    assert (first, said, code) == ("Luke and Matt\n", "", 141)


def test_a_bar_is_drawn_on_a_screen_and_nowhere_else() -> None:
    names = sorted(shipped())

    assert "Playing" in on_a_screen(80, "replay", *names)
    piped = run_process("replay", *names)
    assert "Playing" not in piped.out + piped.err
    assert "\x1b" not in piped.out + piped.err
