"""`mash policy diff`: two packs in plain words, and what the second would have made of a story."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.terminal import Ran, plain

MINE = """policy: 1
authority: coventry
values:
  gp_registration:
    is: 10 weeks
    from: 2026-01-01
    source: the partnership's decision
  icpc:
    is: 14 working_days
    from: 2030-01-01
    source: the same
rules:
  referrer-invited-to-strategy:
    effect: warn
    from: 2026-01-01
    source: the same
labels:
  early_help: Family Help
"""
DAY = ("--on", "2026-03-01")


@pytest.fixture
def mine(tmp_path: Path) -> str:
    """A pack of a few values."""
    place = tmp_path / "mine.yaml"
    place.write_text(MINE, encoding="utf-8")
    return str(place)


def test_values_effects_and_labels_are_told_in_plain_words(mine: str, mash: Callable[..., Ran]) -> None:
    ran = mash("policy", "diff", "england", mine, *DAY)

    assert (ran.code, ran.err) == (0, "")
    assert "\ngp_registration: 6 weeks in england, 10 weeks in mine.yaml (longer).\n" in ran.out
    assert "    mine.yaml has it from 1 Jan 2026: the partnership's decision.\n" in ran.out
    assert "    gp-registration-due: A child is registered" in ran.out
    assert "\nreferrer-invited-to-strategy refuses in england and warns in mine.yaml: " in ran.out
    assert "\nearly_help is called 'early help' in england and 'Family Help' in mine.yaml.\n" in ran.out
    assert "icpc" not in ran.out
    assert "\nMore changes on 1 Jan 2030: " in ran.out
    assert ran.out.splitlines()[-1].startswith("england and mine.yaml differ in 1 value, 1 effect and 1 label; ")


def test_on_a_later_day_what_has_come_into_force_is_told(mine: str, mash: Callable[..., Ran]) -> None:
    ran = mash("policy", "diff", "england", mine, "--on", "2030-01-01")

    assert "\nicpc: 15 working days in england, 14 working days in mine.yaml (shorter).\n" in ran.out
    assert "More changes" not in ran.out


def test_a_story_shows_what_would_have_been_different(mine: str, mash: Callable[..., Ran]) -> None:
    ran = mash("policy", "diff", "coventry", mine, "--replay", "luke-and-matt", "well-run-unborn", *DAY)
    data = mash("policy", "diff", "coventry", mine, "--replay", "luke-and-matt", *DAY, "--json").data

    assert "gp-registration-due runs out on " in ran.out
    assert "referrer-invited-to-strategy warns where under coventry it refuses" in ran.out
    assert "Nothing would have been different in well-run-unborn." in ran.out
    assert ran.out.splitlines()[-1].startswith("coventry and mine.yaml differ in ")
    assert "; in 2 casebooks, the engine would have spoken " in ran.out.splitlines()[-1]
    (told,) = data["casebooks"]
    assert {(one["turn"], (one["after"] or one["before"])["rule"]) for one in told["differences"]} >= {
        ("moves", "gp-registration-due"),
        ("changes", "referrer-invited-to-strategy"),
    }


def test_a_pack_does_not_differ_from_itself(mash: Callable[..., Ran]) -> None:
    ran = mash("policy", "diff", "coventry", "coventry", "--replay", "luke-and-matt")

    assert ran.out.splitlines()[-1] == (
        "coventry and coventry do not differ; in 1 casebook, nothing would have been different."
    )


def test_a_value_that_spoils_a_well_run_journey_is_said_to(tmp_path: Path, mash: Callable[..., Ran]) -> None:
    strict = tmp_path / "strict.yaml"
    strict.write_text(
        "policy: 1\nauthority: england\nvalues:\n  assessment.warn: {is: 1 working_day, from: 2015-03-26,"
        " source: a test}\n  assessment: {is: 2 working_days, from: 2015-03-26, source: a test}\n",
        encoding="utf-8",
    )

    ran = mash("policy", "diff", "england", str(strict), "--replay", "well-run-assessment-closed")

    assert "It is a well-run journey, and would no longer come out clean." in ran.out
    assert ran.out.splitlines()[-1].endswith("and 1 well-run journey would no longer be clean.")


def test_a_folder_of_casebooks_is_played_whole(tmp_path: Path, mash: Callable[..., Ran]) -> None:
    from workflow.replay.shelf import shipped

    folder = tmp_path / "stories"
    folder.mkdir()
    for name in ("well-run-unborn", "well-run-early-help"):
        (folder / f"{name}.yaml").write_text(shipped()[name].read_text("utf-8"), "utf-8")

    ran = mash("policy", "diff", "coventry", "england", "--replay", str(folder))

    assert "; in 2 casebooks, " in ran.out.splitlines()[-1]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["coventry"], 2, "Two packs are compared."),
        (["coventry", "atlantis"], 3, "There is no policy pack for 'atlantis'."),
        (["coventry", "nowhere.yaml"], 3, "'nowhere.yaml' is no file."),
        (["coventry", "england", "luke-and-matt"], 2, "Casebooks are played only with --replay."),
        (["coventry", "england", "--replay", "luke-and-mat"], 2, "luke-and-mat was not played: line 1: "),
        (["coventry", "england", "--on", "someday"], 2, "--on is no day: 'someday'."),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(
    words: list[str], code: int, says: str, mash: Callable[..., Ran]
) -> None:
    ran = mash("policy", "diff", *words)

    assert plain(ran)
    assert (ran.code, ran.says[: len(says)]) == (code, says)


def test_an_empty_folder_holds_no_casebook(tmp_path: Path, mash: Callable[..., Ran]) -> None:
    ran = mash("policy", "diff", "coventry", "england", "--replay", str(tmp_path))

    assert (ran.code, ran.err.splitlines()[-1]) == (3, "A casebook is a YAML file.")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("10 weeks", "10 moons", "'10 moons' is no value"),
        ("referrer-invited-to-strategy", "referrer-invited", "there is no rule 'referrer-invited'"),
    ],
)
def test_a_faulty_pack_is_not_compared(old: str, new: str, says: str, tmp_path: Path, mash: Callable[..., Ran]) -> None:
    place = tmp_path / "faulty.yaml"
    place.write_text(MINE.replace(old, new), encoding="utf-8")

    ran = mash("policy", "diff", "coventry", str(place))

    assert ran.code in {2, 5}
    assert ran.out == ""
    assert says in ran.err
    assert "mash policy check" in ran.err
