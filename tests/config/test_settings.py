"""The settings: read from the environment, and from nowhere else."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from config import settings


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in settings.Settings.model_fields:
        monkeypatch.delenv(f"MASH_{name.upper()}", raising=False)


def test_without_anything_set_it_works_on_one_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    found = settings.load()

    assert found.database == f"sqlite:///{tmp_path / 'var' / 'mash.db'}"
    assert found.prefect_url == "http://127.0.0.1:4200/api"
    assert found.host == "127.0.0.1"


def test_what_is_set_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "DATABASE_URL": "postgresql://somewhere/mash",
        "PREFECT_API_URL": "https://prefect.example.test/api",
        "AUTHORITY": "anytown",
        "PORT": "8080",
        "PREFECT": "false",
    }.items():
        monkeypatch.setenv(f"MASH_{name}", value)
    found = settings.load()

    assert found.database == "postgresql://somewhere/mash"
    assert found.prefect_url == "https://prefect.example.test/api"
    assert (found.authority, found.port, found.prefect) == ("anytown", 8080, False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "web"),
        ("POLL_SECONDS", "0"),
        ("SWEEP_SECONDS", "-1"),
        ("DELIVERY_ATTEMPTS", "0"),
        ("PREFECT", "perhaps"),
    ],
)
def test_what_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"MASH_{name}", value)

    with pytest.raises(ValidationError, match=name.lower()):
        settings.load()


def test_settings_do_not_change_once_they_are_read() -> None:
    found = settings.load()

    with pytest.raises(ValidationError, match="frozen"):
        found.port = 1


def test_a_child_process_gets_what_we_have_without_what_prefect_left_lying_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "https://somebody.else.test/api")
    monkeypatch.setenv("MASH_AUTHORITY", "anytown")

    environment = settings.load().child_environment(PREFECT_HOME="here")

    assert environment["MASH_AUTHORITY"] == "anytown"
    assert {key: value for key, value in environment.items() if key.startswith("PREFECT_")} == {"PREFECT_HOME": "here"}


def test_the_key_lies_in_the_home_unless_it_is_said_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MASH_HOME", str(tmp_path))
    assert settings.load().key == tmp_path / "key"

    monkeypatch.setenv("MASH_KEY_FILE", str(tmp_path / "elsewhere"))
    assert settings.load().key == tmp_path / "elsewhere"
