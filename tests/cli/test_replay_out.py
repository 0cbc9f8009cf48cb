"""`mash replay --out`: one page, or a folder of pages with an index; nothing is overwritten by accident."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.terminal import Ran, plain
from workflow.replay.shelf import shipped


def test_one_report_is_one_page(tmp_path: Path, mash: Callable[..., Ran]) -> None:
    place = tmp_path / "report.html"

    ran = mash("replay", "luke-and-matt", "--out", str(place))

    assert (ran.code, ran.out, ran.err) == (0, f"{place} is written.\n", "")
    assert "<h1>Luke and Matt</h1>" in place.read_text("utf-8")
    assert place.stat().st_mode & 0o077 == 0, "it names a family"


def test_as_text_it_is_what_the_screen_shows(tmp_path: Path, mash: Callable[..., Ran]) -> None:
    place = tmp_path / "report.txt"
    mash("replay", "well-run-unborn", "--out", str(place))

    assert place.read_text("utf-8") == mash("replay", "well-run-unborn").out


def test_several_reports_go_into_a_folder_with_an_index(tmp_path: Path, mash: Callable[..., Ran]) -> None:
    folder = tmp_path / "reports"

    ran = mash("replay", "luke-and-matt", "well-run-unborn", "--out", str(folder), "--json")

    names = ["index.html", "luke-and-matt.html", "well-run-unborn.html"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert ran.data == {"written": [str(folder / name) for name in names], "faulty": []}
    index = (folder / "index.html").read_text("utf-8")
    assert 'href="luke-and-matt.html"' in index
    assert 'href="well-run-unborn.html"' in index


def test_casebooks_of_one_name_have_pages_of_their_own(tmp_path: Path, mash: Callable[..., Ran]) -> None:
    other = tmp_path / "index.yaml"
    other.write_text(shipped()["well-run-unborn"].read_text("utf-8"), "utf-8")

    mash("replay", "well-run-unborn", "well-run-unborn", str(other), "--out", str(tmp_path / "reports"))

    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == [
        "index-2.html",
        "index.html",
        "well-run-unborn-2.html",
        "well-run-unborn.html",
    ]


def test_a_faulty_file_is_said_and_the_others_are_written(tmp_path: Path, mash: Callable[..., Ran]) -> None:
    torn = tmp_path / "torn.yaml"
    torn.write_text("casebook: [1\n", "utf-8")

    ran = mash("replay", "well-run-unborn", str(torn), "--out", str(tmp_path / "reports"))

    assert ran.code == 2
    assert "was not played: 1 fault." in ran.err
    assert (tmp_path / "reports" / "well-run-unborn.html").is_file()


def test_what_is_there_is_written_over_only_by_force(tmp_path: Path, mash: Callable[..., Ran]) -> None:
    place, folder = tmp_path / "report.html", tmp_path / "reports"
    place.write_text("mine", "utf-8")
    folder.mkdir()
    (folder / "index.html").write_text("mine", "utf-8")

    for out in (place, folder):
        ran = mash("replay", "well-run-unborn", "--out", str(out))
        assert plain(ran)
        assert ran.code == 2
        assert "exists already" in ran.says
    assert (place.read_text("utf-8"), (folder / "index.html").read_text("utf-8")) == ("mine", "mine")
    assert [path.name for path in folder.iterdir()] == ["index.html"], "all or nothing"

    assert mash("replay", "well-run-unborn", "--out", str(place), "--force").code == 0
    assert mash("replay", "well-run-unborn", "--out", str(folder), "--force").code == 0
    assert "mine" not in {place.read_text("utf-8"), (folder / "index.html").read_text("utf-8")}


@pytest.mark.parametrize(
    ("names", "out", "says"),
    [
        (["luke-and-matt"], "report.pdf", "The file's ending says what is written: .html or .txt."),
        (["luke-and-matt", "well-run-unborn"], "report.html", "One file holds the report of one casebook."),
        (["luke-and-matt"], "nowhere/report.html", "There is no folder "),
        (["luke-and-matt"], "nowhere/reports", "There is no folder "),
        (["luke-and-matt"], "taken", " is a file."),
    ],
)
def test_where_nothing_can_be_written_is_said_before_anything_is_played(
    names: list[str], out: str, says: str, tmp_path: Path, mash: Callable[..., Ran]
) -> None:
    (tmp_path / "taken").write_text("", "utf-8")

    ran = mash("replay", *names, "--out", str(tmp_path / out))

    assert plain(ran)
    assert ran.code == 2
    assert says in ran.says
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
