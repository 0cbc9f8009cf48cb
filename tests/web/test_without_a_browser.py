"""Where there is no Chromium, the tests that need one are left out, and pytest says so; in CI that is refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.chromium import LACKING
from tests.support.house import ROOT

REFUSED = 4
"""Pytest's own code for a run that cannot begin."""


def collected(empty: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Collect the tests of the watch in a process of their own, with nothing on the path."""
    kept = {key: value for key, value in os.environ.items() if key not in {"CI", "MASH_TEST_CHROMIUM"}}
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "tests/web/test_browser.py"]
    given = {**kept, "PATH": str(empty), **environment}
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)


def test_they_are_left_out_and_the_last_lines_say_so(tmp_path: Path) -> None:
    ran = collected(tmp_path)

    assert "test_browser.py::" not in ran.stdout
    assert "deselected" in ran.stdout
    assert LACKING in ran.stdout


@pytest.mark.parametrize("ci", ["true", "True"])
def test_ci_refuses_to_begin(tmp_path: Path, ci: str) -> None:
    ran = collected(tmp_path, CI=ci)

    assert ran.returncode == REFUSED
    assert "CI leaves no test out" in ran.stderr


def test_with_one_that_is_named_they_are_all_there_and_nothing_is_said(tmp_path: Path) -> None:
    ran = collected(tmp_path, MASH_TEST_CHROMIUM=sys.executable, CI="true")

    assert ran.returncode == 0
    assert "test_browser.py::" in ran.stdout
    assert "Chromium" not in ran.stdout
