"""What is handed in names no machine, no index and no unfinished work."""

import re

from tests.support.house import ROOT, name_of, tracked

MACHINE = re.compile("/" + r"(work|root|farm|home|opt|tmp)/[a-z]", re.IGNORECASE)
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".jinja", ".lock", ".cfg", ".mako", ".sh", ".txt", ""}


def lines() -> list[tuple[str, int, str]]:
    """Return every line of every text file."""
    return [
        (name_of(path), number, line)
        for path in tracked()
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    ]


def test_no_file_names_a_path_of_one_machine() -> None:
    assert [(name, number) for name, number, line in lines() if MACHINE.search(line)] == []


def test_nothing_is_marked_as_unfinished() -> None:
    assert [(name, number) for name, number, line in lines() if UNFINISHED.search(line)] == []


def test_a_lock_file_holds_names_versions_and_hashes_only() -> None:
    for lock in ROOT.glob("*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        assert text.count("--hash=sha256:") >= text.count("==")
