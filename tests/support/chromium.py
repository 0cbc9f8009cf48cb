"""The browser of the tests: the Chromium that is installed. None is ever downloaded."""

import os
import shutil
from collections.abc import Iterable

import pytest

LACKING = "There is no Chromium here, so the tests in a browser were left out (Debian: apt install chromium)."


def chromium() -> str | None:
    """Return the program, as MASH_TEST_CHROMIUM names it or as it lies on the path."""
    return os.environ.get("MASH_TEST_CHROMIUM") or shutil.which("chromium")


def is_needed() -> bool:
    """Tell whether this is CI, where nothing may be left out."""
    return os.environ.get("CI", "").lower() == "true"


def in_a_browser(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Return the tests that ask for a browser."""
    return [item for item in items if "browser" in getattr(item, "fixturenames", ())]
