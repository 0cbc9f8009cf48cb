"""Fetches the look of the pages, GOV.UK Frontend, from the package registry: pinned by hash, never handed in.

    python -m tools.fetch_assets

Run by tools/setup, and by hand with `make assets`. Standard library only; npm does the download, so that its settings
(a mirror, a proxy, a certificate) hold. Without it the product works the same, in a plain style.

A hub is no service of GOV.UK, so what is reserved for those stays out: the typeface GDS Transport and the royal crest.
"""

import base64
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parents[1] / "web" / "static" / "govuk"
CSS: Final = "govuk-frontend.min.css"
JS: Final = "govuk-frontend.min.js"
STAMP: Final = ".made-from"
NPM_SECONDS: Final = 120
NOT_TO_BE_HAD: Final = 3
"""The exit code where there is no npm or no network: setup goes on, a person is told."""

BANNER: Final = (
    "/*! GOV.UK Frontend {version}, (c) Crown copyright, MIT licence; mash took its typeface and crest out. */\n"
)
# What is taken out of the style sheet, and what is put in its place.
RESERVED: Final = (
    (re.compile(r"(?:/\*![^*]*\*/)?\s*@font-face\s*\{[^}]*\}"), ""),
    (re.compile(r"GDS Transport\s*,\s*"), ""),
    (re.compile(r"\.govuk-footer__copyright-logo:{1,2}before\s*\{[^}]*\}"), ""),
    (re.compile(r"[\w-]+\s*:\s*url\([^)]*\);?"), ""),
)
SOURCE_MAP: Final = re.compile(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S*")
MUST_BE_GONE: Final = re.compile(r"GDS Transport|@font-face|url\(|@import|sourceMappingURL|https?://\w", re.IGNORECASE)


class NotToBeHadError(Exception):
    """There is no npm here, or no network."""


class WrongError(Exception):
    """What came is not what was asked for."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One version of one package, and what its archive hashes to."""

    package: str
    version: str
    integrity: str

    @property
    def stamp(self) -> str:
        """What the files were made from: the archive, and the way this file cleans it."""
        return f"{self.integrity} {hashlib.sha256(Path(__file__).read_bytes()).hexdigest()}\n"


PIN: Final = Pin(
    "govuk-frontend",
    "6.6.0",
    "sha512-xctkWrQvLnvQt7fyjQ3MGX9S0wz0x0RQuLxCeoXF+s8EjGICG81/DYQGKN5qgO+0KVT12UAaRwUsGY6fulRcRg==",
)


def fetch(pin: Pin = PIN, folder: Path = FOLDER) -> bool:
    """Put the style sheet and the script into a folder. False if they are there already."""
    stamp = folder / STAMP
    if (folder / CSS).is_file() and (folder / JS).is_file() and stamp.is_file() and stamp.read_text() == pin.stamp:
        return False
    archive = packed(pin)
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if integrity != pin.integrity:
        raise WrongError(f"its hash is {integrity}, and {pin.integrity} was expected")
    css, js = unpacked(archive)
    css, js = without_reserved(css) + BANNER.format(version=pin.version), SOURCE_MAP.sub("", js)
    for name, text in ((CSS, css), (JS, js)):
        left = MUST_BE_GONE.search(text)
        if left:
            raise WrongError(f'{name} still holds "{left[0]}" after cleaning')
    folder.mkdir(parents=True, exist_ok=True)
    # The stamp goes first and comes last: a run that is cut short leaves none, and the next one starts afresh.
    stamp.unlink(missing_ok=True)
    (folder / CSS).write_text(css, encoding="utf-8")
    (folder / JS).write_text(js, encoding="utf-8")
    stamp.write_text(pin.stamp)
    return True


def packed(pin: Pin) -> bytes:
    """Return the archive as npm brings it."""
    npm = shutil.which("npm")
    if npm is None:
        raise NotToBeHadError("there is no npm here (Debian: apt install npm)")
    with tempfile.TemporaryDirectory() as place:
        command = [
            npm,
            "pack",
            f"{pin.package}@{pin.version}",
            "--json",
            "--ignore-scripts",
            "--pack-destination",
            place,
        ]
        try:
            ran = subprocess.run(
                command,
                cwd=place,
                capture_output=True,
                text=True,
                stdin=subprocess.DEVNULL,
                timeout=NPM_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NotToBeHadError(f"npm did not answer within {NPM_SECONDS} seconds") from None
        archives = list(Path(place).glob("*.tgz"))
        if ran.returncode or len(archives) != 1:
            raise NotToBeHadError(f"npm could not fetch it ({reason(ran.stdout)})")
        return archives[0].read_bytes()


def reason(said: str) -> str:
    """Return npm's own code for what went wrong; the rest of what it says holds addresses."""
    try:
        return str(json.loads(said)["error"]["code"])
    except (ValueError, KeyError, TypeError):
        return "no reason given"


def unpacked(archive: bytes) -> tuple[str, str]:
    """Return the style sheet and the script in an archive."""
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
        texts = []
        for name in (CSS, JS):
            try:
                file = tar.extractfile(f"package/dist/govuk/{name}")
            except KeyError:
                file = None
            if file is None:
                raise WrongError(f"it holds no {name}")
            texts.append(file.read().decode("utf-8"))
    return texts[0], texts[1]


def without_reserved(css: str) -> str:
    """Return a style sheet without typeface, pictures and the way to its source."""
    for pattern, instead in ((SOURCE_MAP, ""), *RESERVED):
        css = pattern.sub(instead, css)
    return css


def main(pin: Pin = PIN, folder: Path = FOLDER) -> int:
    """Fetch, and say what happened in one sentence."""
    try:
        new = fetch(pin, folder)
    except NotToBeHadError as lacking:
        until = "keep the style they have" if (folder / CSS).is_file() else "come in a plain style"
        print(
            f"The look of the pages was not fetched, since {lacking}: they {until} until you run `make assets`.",
            file=sys.stderr,
        )
        return NOT_TO_BE_HAD
    except WrongError as wrong:
        print(
            f"{pin.package} {pin.version} is not what it should be: {wrong}. Nothing was written; ask whoever runs your "
            "package mirror, and do not go round this.",
            file=sys.stderr,
        )
        return 1
    print(f"{pin.package} {pin.version} is {'fetched' if new else 'there already'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
