"""The look of the pages is fetched by hash: what is reserved is taken out, and what is not as pinned is refused whole."""

import base64
import hashlib
import io
import os
import sys
import tarfile
from pathlib import Path

import pytest

from tests.support.house import ROOT, project
from tools import fetch_assets
from tools.fetch_assets import CSS, JS, NotToBeHadError, Pin, WrongError, fetch, without_reserved

CLEAN = ".govuk-link{color:blue}"
FULL = (
    '@charset "UTF-8";:root{--govuk-brand-colour:#1d70b8}'
    "/*! Copyright: this cut is not commercially available. */"
    '@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2) format("woff2"),url(/b.woff) format("woff")}'
    "@font-face{font-family:GDS Transport;font-weight:700;src:url(/assets/fonts/c.woff2)}"
    ".govuk-link{font-family:GDS Transport,arial,sans-serif;color:blue}"
    ".govuk-footer__copyright-logo:before{background-image:url(/assets/images/govuk-crest.svg);width:100%}"
    ".govuk-footer__crest{-webkit-mask-image:url(/crest.svg);mask-image:url(/crest.svg)}"
    "\n/*# sourceMappingURL=govuk-frontend.min.css.map */"
)
SCRIPT = "const version='6.6.0';export{version};//# sourceMappingURL=govuk-frontend.min.js.map"


def archive(files: dict[str, str]) -> bytes:
    """Return an npm archive with these files."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as tar:
        for name, text in files.items():
            entry = tarfile.TarInfo(f"package/dist/govuk/{name}")
            entry.size = len(text.encode())
            tar.addfile(entry, io.BytesIO(text.encode()))
    return made.getvalue()


def pinned(content: bytes) -> Pin:
    """Return a pin for an archive."""
    return Pin("some-frontend", "1.2.3", "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode())


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for the registry: the `npm` on the path packs what lies in it, and counts how often."""
    folder = tmp_path / "registry"
    folder.mkdir()
    program = folder / "npm"
    program.write_text(f"""#!{sys.executable}
import pathlib, shutil, sys
here = pathlib.Path({str(folder)!r})
with (here / "asked").open("a") as asked:
    asked.write(" ".join(sys.argv[1:3]) + "\\n")
if not (here / "archive").exists():
    print('{{"error": {{"code": "ENOTFOUND", "summary": "https://user:secret@registry.example"}}}}')
    sys.exit(1)
shutil.copy(here / "archive", pathlib.Path(sys.argv[sys.argv.index("--pack-destination") + 1]) / "some.tgz")
""")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def offered(registry: Path, **files: str) -> Pin:
    """Let the registry offer an archive, and return the pin that fits it."""
    content = archive({CSS: files.get("css", FULL), JS: files.get("js", SCRIPT)})
    (registry / "archive").write_bytes(content)
    return pinned(content)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "static" / "govuk"


def test_typeface_crest_and_source_maps_are_taken_out_and_the_rest_is_kept() -> None:
    cleaned = without_reserved(FULL)

    for gone in ("GDS Transport", "@font-face", "url(", "crest.svg", "sourceMappingURL", "commercially"):
        assert gone not in cleaned
    assert ".govuk-link{font-family:arial,sans-serif;color:blue}" in cleaned
    assert "--govuk-brand-colour:#1d70b8" in cleaned


def test_a_fitting_archive_becomes_a_style_sheet_and_a_script_and_nothing_else(registry: Path, folder: Path) -> None:
    assert fetch(offered(registry), folder)

    assert {path.name for path in folder.iterdir()} == {CSS, JS, fetch_assets.STAMP}
    css, js = (folder / CSS).read_text(), (folder / JS).read_text()
    assert css.startswith('@charset "UTF-8";')
    assert "MIT licence" in css
    assert js == "const version='6.6.0';export{version};"
    assert (registry / "asked").read_text() == "pack some-frontend@1.2.3\n"


def test_a_second_time_nothing_is_asked_and_nothing_written(registry: Path, folder: Path) -> None:
    pin = offered(registry)
    fetch(pin, folder)
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}

    assert not fetch(pin, folder)

    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    assert (registry / "asked").read_text().count("pack") == 1


@pytest.mark.parametrize("lost", [CSS, JS, fetch_assets.STAMP])
def test_what_was_lost_since_is_fetched_again(registry: Path, folder: Path, lost: str) -> None:
    pin = offered(registry)
    fetch(pin, folder)
    (folder / lost).unlink()

    assert fetch(pin, folder)
    assert (folder / lost).is_file()


def test_a_new_pin_replaces_what_is_there(registry: Path, folder: Path) -> None:
    fetch(offered(registry), folder)

    assert fetch(offered(registry, css=CLEAN), folder)
    assert (folder / CSS).read_text().startswith(CLEAN)


def test_another_hash_than_the_pinned_one_writes_nothing(registry: Path, folder: Path) -> None:
    pin = offered(registry)
    offered(registry, js=SCRIPT + "alert(1)")

    with pytest.raises(WrongError, match=r"was expected"):
        fetch(pin, folder)
    assert not folder.exists()


@pytest.mark.parametrize("left", ["@import 'x.css';", '.a{background:image-set("https://example.org/x" 1x)}'])
def test_a_style_sheet_that_still_asks_for_something_elsewhere_writes_nothing(
    registry: Path, folder: Path, left: str
) -> None:
    with pytest.raises(WrongError, match="after cleaning"):
        fetch(offered(registry, css=CLEAN + left), folder)
    assert not folder.exists()


def test_an_archive_without_the_files_writes_nothing(registry: Path, folder: Path) -> None:
    content = archive({CSS: CLEAN})
    (registry / "archive").write_bytes(content)

    with pytest.raises(WrongError, match=f"holds no {JS}"):
        fetch(pinned(content), folder)
    assert not folder.exists()


def test_without_npm_it_says_so(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NotToBeHadError, match="no npm here"):
        fetch(folder=folder)
    assert not folder.exists()


def test_without_a_network_it_says_what_npm_calls_it_and_no_address(
    registry: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fetch_assets.main(folder=folder) == fetch_assets.NOT_TO_BE_HAD

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert all(part in said.err for part in ("ENOTFOUND", "plain style", "`make assets`"))
    assert "registry.example" not in said.err
    assert not folder.exists()


def test_what_is_not_as_pinned_ends_set_up_with_one_line(
    registry: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    offered(registry)

    assert fetch_assets.main(folder=folder) == 1

    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Nothing was written" in said
    assert not folder.exists()


def test_what_is_fetched_is_ignored_by_git_and_goes_into_the_wheel() -> None:
    place = fetch_assets.FOLDER.relative_to(ROOT).as_posix()

    assert f"{place}/" in (ROOT / ".gitignore").read_text().splitlines()
    assert f"{place}/*.min.*" in project()["tool"]["hatch"]["build"]["targets"]["wheel"]["artifacts"]
