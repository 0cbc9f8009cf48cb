"""`mash chronology` as people use it: on the screen, for scripts, and as a document for a conference or a court."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from models.tables.reads import ReadRow
from models.tables.referral import RecordRow
from tests.support import paths
from tests.support.hub import Hub
from tests.support.terminal import Ran, on_a_screen, plain, run_process

Mash = Callable[..., Ran]
ONE_KIND = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MISCHIEF = '=HYPERLINK("https://evil.example")<script>alert(1)</script>'


class Page(HTMLParser):
    """What a page holds: its elements, with their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_it_is_shown_in_order_by_year_within_eighty_columns(desk: Hub, mash: Mash) -> None:
    reference = paths.to_assessment(desk, child="Demo Robin")

    shown = mash("chronology", reference, "--as", "sam")

    assert shown.code == 0
    assert shown.out.startswith("Chronology of Demo Robin\n=====")
    assert f"Made from the record of Demo Robin ({reference}) by sam example on " in " ".join(shown.out.split())
    assert shown.out.index('"came hungry again"') < shown.out.index("Triage began.") < shown.out.index("Decision: ")
    story = shown.out.partition("\nTo put on record")[0]
    assert all(len(line) <= 80 for line in story.splitlines())
    upto = mash("chronology", reference, "--as", "sam", "--json").data["upto"]
    assert f"mash act {reference} read-chronology upto={upto} noted='...' --as sam" in shown.out


def test_what_it_says_to_type_puts_the_reading_on_record(desk: Hub, mash: Mash) -> None:
    reference = paths.to_assessment(desk)
    hint = re.search(r"mash (act .* upto=\d+)", mash("chronology", reference, "--as", "tess").out)
    assert hint is not None

    done = mash(*hint[1].split(), "noted=read to the end", "--as", "tess")

    assert done.code == 0
    newest = mash("chronology", reference, "--as", "tess", "--json").data["entries"][-1]
    assert (newest["kind"], newest["by"], newest["words"]) == ("chronology_seen", "tess example", "read to the end")


def test_what_was_not_read_whole_is_not_offered_as_read(desk: Hub, mash: Mash) -> None:
    reference = paths.to_assessment(desk)

    assert "read-chronology" not in mash("chronology", reference, "--as", "sam", "--significant").out
    for account in ("dsl", "aud"):
        assert "read-chronology" not in mash("chronology", reference, "--as", account).out


@ONE_KIND
def test_on_a_closed_referral_nothing_can_be_noted_and_nothing_of_the_kind_is_offered(desk: Hub, mash: Mash) -> None:
    desk.wait(days=-120)
    reference = paths.ready_to_sign(desk)
    desk.act(reference, "sign-off", "tess")

    shown = mash("chronology", reference, "--as", "tess").out

    assert "The case was closed." in shown
    assert "read-chronology" not in shown


def test_scripts_have_the_same_with_names(desk: Hub, mash: Mash) -> None:
    reference = paths.to_assessment(desk)

    data = mash("chronology", reference, "--as", "sam", "--json").data

    first = data["entries"][0]
    assert data["title"] == "Chronology of Demo Child"
    assert (first["children"], first["by"], first["agency"]) == (["Demo Child"], "dsl example", "hillside")
    assert (first["known_to"], first["source"], first["concerns"]) == (["hillside", "hub"], reference, ["neglect"])
    assert data["left_out"] == {}


FILTERS = [
    (("--theme", "decisions"), {"grade", "decision"}),
    (("--theme", "visit"), {"visit"}),
    (("--agency", "police"), {"check"}),
    (("--known-to", "hillside", "--theme", "contact"), {"contact"}),
    (("--until", "2001-01-01"), set()),
    (("--from", "01/01/2001", "--until", "tomorrow", "--theme", "visit", "--theme", "contact"), {"visit", "contact"}),
    (("--child", "demo child", "--theme", "visit"), {"visit"}),
]


@ONE_KIND
@pytest.mark.parametrize(("words", "kinds"), FILTERS, ids=[" ".join(row[0]) for row in FILTERS])
def test_one_thread_may_be_followed(desk: Hub, mash: Mash, words: tuple[str, ...], kinds: set[str]) -> None:
    reference = paths.to_assessment(desk)
    desk.act(reference, "record-visit", "sam", access="no_reply", announced=False)

    ran = mash("chronology", reference, "--as", "sam", *words, "--json")

    assert ran.code == 0, ran.err
    assert {entry["kind"] for entry in ran.data["entries"]} == kinds
    assert sum(ran.data["left_out"].values()) + len(ran.data["entries"]) == len(desk.rows(RecordRow))


def test_a_page_for_a4_is_whole_in_itself_and_takes_words_for_words(desk: Hub, mash: Mash, tmp_path: Path) -> None:
    reference = paths.to_assessment(desk, words=MISCHIEF)
    place = tmp_path / "robin.html"

    ran = mash("chronology", reference, "--as", "sam", "--out", str(place), "--theme", "concerns")

    assert ran.code == 0, ran.err
    assert "It is confidential" in ran.out
    text = place.read_text(encoding="utf-8")
    page = Page(text)
    tags = {tag for tag, _ in page.found}
    assert not tags & {"script", "link", "img", "iframe", "object", "form"}
    assert not [
        value
        for _, given in page.found
        for key, value in given.items()
        if key in {"src", "style"} or key.startswith("on")
    ]
    assert all(given["href"] and given["href"].startswith("#y") for tag, given in page.found if tag == "a")
    assert not re.search(r"url\(|@import", text)
    assert MISCHIEF in page.words
    assert text.count("<thead>") == 1
    for part in ("A4", "counter(page)", "table-header-group", "default-src 'none'"):
        assert part in text
    for words in (reference, "asked for by sam example", "Left out as asked: ", "not of concerns", "Confidential"):
        assert words in page.words
    assert place.stat().st_mode & 0o077 == 0


def test_an_agencys_page_says_that_it_is_their_own_part(desk: Hub, mash: Mash, tmp_path: Path) -> None:
    reference = paths.to_assessment(desk)
    place = tmp_path / "own.html"

    assert mash("chronology", reference, "--as", "hv", "--out", str(place)).code == 0

    page = Page(place.read_text(encoding="utf-8"))
    assert ("p", {"class": "restricted"}) in page.found
    assert "This is the reader's own part only" in page.words
    assert "came hungry" not in page.words


def test_a_sheet_holds_no_formula_and_its_notes(desk: Hub, mash: Mash, tmp_path: Path) -> None:
    reference = paths.to_assessment(desk, words=MISCHIEF)
    desk.act(reference, "record-complaint", "sam", words="+44 is where they rang from\n@home")
    place = tmp_path / "robin.csv"

    assert mash("chronology", reference, "--as", "sam", "--out", str(place)).code == 0

    head, *rows = csv.reader(io.StringIO(place.read_text(encoding="utf-8-sig"), newline=""))
    assert head[:3] == ["Day", "When", "Time"]
    assert {len(row) for row in rows if row[1] != "Note"} == {len(head)}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert [row[8] for row in rows if MISCHIEF in row[-4]] == [f"'{MISCHIEF}"]
    notes = [row[7] for row in rows if row[1] == "Note"]
    assert notes[0] == "Chronology of Demo Child"
    assert any(note.startswith("Made from the record of Demo Child") for note in notes)


def test_text_in_a_file_is_what_the_screen_shows(desk: Hub, mash: Mash, tmp_path: Path) -> None:
    reference = paths.to_assessment(desk)
    place = tmp_path / "robin.txt"

    assert mash("chronology", reference, "--as", "sam", "--out", str(place)).code == 0

    shown = mash("chronology", reference, "--as", "sam").out.partition("\nTo put on record")[0]
    unstamped = re.compile(r"Made from.*?(?=Nothing is left out)", re.DOTALL)
    assert unstamped.sub("", place.read_text(encoding="utf-8")) == unstamped.sub("", shown)


def test_a_file_that_exists_is_kept_unless_it_is_said(desk: Hub, mash: Mash, tmp_path: Path) -> None:
    reference = paths.to_assessment(desk)
    place = tmp_path / "docs" / "robin.txt"
    place.parent.mkdir()
    place.write_text("mine")

    refused = mash("chronology", reference, "--as", "sam", "--out", str(place))

    assert refused.code == 2
    assert plain(refused)
    assert place.read_text() == "mine"
    assert not desk.rows(ReadRow), "nobody looked"
    assert mash("chronology", reference, "--as", "sam", "--out", str(place), "--force").code == 0
    assert place.read_text(encoding="utf-8").startswith("Chronology of")
    assert [file.name for file in place.parent.iterdir()] == ["robin.txt"]


def test_what_cannot_be_written_leaves_nothing_half_written(
    desk: Hub, mash: Mash, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = desk.refer()
    place = tmp_path / "docs" / "robin.html"
    place.parent.mkdir()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cli.writing.os.link", full)
    monkeypatch.setattr("pathlib.Path.replace", full)
    ran = mash("chronology", reference, "--as", "sam", "--out", str(place))

    assert ran.code == 2
    assert "could not be written: no space left on device." in ran.err
    assert list(place.parent.iterdir()) == []


def test_a_disk_that_knows_no_links_still_takes_a_document(
    desk: Hub, mash: Mash, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("cli.writing.os.link", unknown)
    place = tmp_path / "robin.txt"

    assert mash("chronology", desk.refer(), "--as", "sam", "--out", str(place)).code == 0
    assert place.is_file()


WRONG = [
    (("--out", "robin.doc"), "The file's ending says what is written"),
    (("--out", "nowhere/at/all.html"), "There is no folder"),
    (("--out", "."), "The file's ending"),
    (("--out", "bad\0name.txt"), "That is no place for a file"),
    (("--theme", "worries"), "no theme called 'worries'"),
    (("--agency", "circus"), "No agency called 'circus'"),
    (("--known-to", "circus"), "No agency called 'circus'"),
    (("--child", "Nobody"), "No child called 'Nobody'"),
    (("--from", "31/02/2026"), "--from is no day"),
    (("--until", "soon"), "--until is no day"),
    (("--from", "2026-03-02", "--until", "2026-03-01"), "--from lies after --until"),
]


@ONE_KIND
@pytest.mark.parametrize(("words", "says"), WRONG, ids=[" ".join(row[0]).replace("\0", "0") for row in WRONG])
def test_what_is_mistyped_is_said_in_a_sentence(desk: Hub, mash: Mash, words: tuple[str, ...], says: str) -> None:
    ran = mash("chronology", desk.refer(), "--as", "sam", *words)

    assert ran.code == 2
    assert says in ran.err
    assert plain(ran)


@ONE_KIND
def test_what_one_may_not_know_of_is_not_found_and_writes_nothing(desk: Hub, mash: Mash, tmp_path: Path) -> None:
    reference = desk.refer()
    place = tmp_path / "robin.html"
    says = [
        mash("chronology", asked, "--as", "kit", "--family", "--out", str(place)).err.replace(asked, "REF")
        for asked in (reference, "M999999")
    ]

    assert says[0] == says[1]
    assert not place.exists()


@ONE_KIND
def test_who_took_a_document_away_is_in_the_log(desk: Hub, mash: Mash, tmp_path: Path) -> None:
    reference = desk.refer()
    desk.refer(child="Demo Sister", born=date(2023, 1, 5), sibling=reference)

    mash("chronology", reference, "--as", "sam", "--family", "--out", str(tmp_path / "robin.csv"))

    looks = [(row["account_id"], row["referral_id"], row["what"]) for row in desk.rows(ReadRow)]
    assert looks == [("sam", 1, "family chronology, as a document"), ("sam", 2, "family chronology, as a document")]


def test_a_casebooks_is_made_by_the_same_builder_without_a_database(mash: Mash, home: Path, tmp_path: Path) -> None:
    shown = mash("replay", "luke-and-matt", "--chronology")
    data = mash("replay", "luke-and-matt", "--chronology", "--json").data

    assert shown.code == 0
    assert shown.out.startswith("Chronology of Luke and Matt\n")
    assert "By: family nurse, family nurse partnership" in shown.out
    assert len(data["entries"]) == len([line for line in shown.out.splitlines() if line.startswith("    By: ")])
    assert data["entries"][0]["source"] == "para 5.1, 6.1.1"
    assert not home.exists()
    assert mash("replay", "luke-and-matt", "--chronology", "--out", str(tmp_path / "lm.html")).code == 0
    page = Page((tmp_path / "lm.html").read_text(encoding="utf-8"))
    assert [given["href"] for tag, given in page.found if tag == "a"] == ["#y2018", "#y2019"]


def test_a_faulty_casebook_has_no_chronology(mash: Mash, tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text("casebook: 1\n")

    ran = mash("replay", str(faulty), "--chronology", "--out", str(tmp_path / "x.html"))

    assert ran.code == 2
    assert "was not played" in ran.err
    assert not (tmp_path / "x.html").exists()
    assert mash("replay", "luke-and-matt", "well-run-unborn", "--chronology").code == 2


def test_it_fits_a_narrow_screen_and_survives_a_pipe(tmp_path: Path) -> None:
    shown = on_a_screen(60, "replay", "well-run-unborn", "--chronology", MASH_HOME=tmp_path)
    piped = run_process("replay", "well-run-unborn", "--chronology", MASH_HOME=tmp_path)

    assert all(len(line) <= 60 for line in shown.splitlines())
    assert all(len(line) <= 80 for line in piped.out.splitlines())
    assert " ".join(shown.split("Who is who")[0].split())[:60] == " ".join(piped.out.split())[:60]
