"""The folders are root packages (ADR 0002): one list, three places, and nobody else's package of the same name."""

from importlib.metadata import packages_distributions

import pytest

from tests.support.house import ROOT, packages, project


def test_wheel_contracts_and_folders_name_the_same_packages() -> None:
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tools"}

    assert folders == set(packages())
    assert set(project()["tool"]["importlinter"]["root_packages"]) == set(packages())


def test_no_root_package_escapes_the_contract_about_prefect() -> None:
    contracts = project()["tool"]["importlinter"]["contracts"]
    watched = next(one["source_modules"] for one in contracts if one.get("forbidden_modules") == ["prefect"])

    assert set(watched) == set(packages()) - {"flows"}


@pytest.mark.parametrize("package", packages())
def test_no_other_distribution_brings_a_package_of_our_name(package: str) -> None:
    assert set(packages_distributions().get(package, [])) <= {"mash-referrals"}


def test_no_flow_file_is_named_like_a_root_package() -> None:
    assert not {path.stem for path in (ROOT / "flows").glob("*.py")} & set(packages())


@pytest.mark.parametrize("package", packages())
def test_an_init_holds_a_docstring_only(package: str) -> None:
    for init in (ROOT / package).rglob("__init__.py"):
        text = init.read_text(encoding="utf-8").strip()
        assert text.startswith('"""'), init
        assert text.endswith('"""'), init
        assert text.count('"""') == 2, init
