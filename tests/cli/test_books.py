"""The rule book, the states and the policy, as they are read and checked."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.policy import shipped
from models.vocabulary import Stage, State
from tests.support.terminal import Ran
from workflow import picture
from workflow.rulebook import RULES

SOUND = """policy: 1
authority: coventry
values:
  assessment:
    is: 40 working_days
    from: 2026-01-01
    source: the partnership's decision of December
rules:
  strategy-quorum:
    effect: warn
    from: 2026-01-01
    source: the same
"""


def test_every_rule_is_listed_and_each_is_shown_with_who_can_mend_it_and_its_source(mash: Callable[..., Ran]) -> None:
    listed = mash("rules").out

    for rule in RULES:
        assert f"\n{rule.id} " in listed
        card, one = mash("rules", rule.id, "--json").data, mash("rules", rule.id).out
        assert one.startswith(f"{rule.id}: {rule.says}\n  Who can mend it: {rule.mend}\n  Source: {rule.source}\n")
        assert (card["id"], card["says"], card["source"]) == (rule.id, rule.says, rule.source)
        assert card["sort"] == type(rule).__name__.lower()


@pytest.mark.parametrize("stage", Stage)
def test_the_rules_of_one_stage_are_found_however_it_is_written(stage: Stage, mash: Callable[..., Ran]) -> None:
    expected = [rule.id for rule in RULES if rule.stage is stage]

    for written in (stage.value, stage.value.replace("_", "-"), stage.value.replace("_", " ").title()):
        assert [card["id"] for card in mash("rules", "--stage", written, "--json").data] == expected


def test_the_table_of_states_tells_every_move_once(mash: Callable[..., Ran]) -> None:
    shown = mash("states").out
    moves = mash("states", "--json").data

    assert moves == [
        {"start": one.start, "move": one.move, "end": one.end, "back": one.back} for one in picture.moves()
    ]
    assert shown.startswith("From every other open state: call strategy -> strategy discussion.\n")
    assert shown.count("call strategy") == 1
    blocks = {line.partition("  ")[0] for line in shown.splitlines() if line[:1].strip()}
    assert {state.label for state in State if state is not State.CLOSED} - {"received"} <= blocks
    told = sum("  " in line.strip() for line in shown.splitlines()[3:])
    forward = sum(not one["back"] and one["move"] != "call_strategy" for one in moves)
    back = len({(one["start"], one["move"]) for one in moves if one["back"]})
    assert told == forward + back
    for one in moves:
        if one["back"]:
            assert State(one["end"]).label in shown.partition(f"{one['move'].replace('_', ' ')} ")[2]


def test_the_diagram_draws_every_move(mash: Callable[..., Ran]) -> None:
    shown = mash("states", "--diagram").out

    assert shown.startswith("stateDiagram-v2\n")
    assert shown.count("-->") == len(picture.moves()) + 2


@pytest.mark.parametrize("authority", shipped())
def test_the_policy_is_shown_value_by_value_with_its_source(authority: str, mash: Callable[..., Ran]) -> None:
    shown, data = mash("policy", "show", authority).out, mash("policy", "show", authority, "--json").data

    assert shown.startswith(f"The policy of {authority} on ")
    assert len(data) > 30
    for value in data:
        block = shown.partition(f"\n{value['key']} = ")[2].partition("\n\n")[0]
        assert value["source"] in block
        assert f"since {value['start']}, {value['pack']} pack" in block
        assert ("; proposed" in block) == value["proposed"]


def test_a_day_before_any_policy_is_told_from_when_there_is_one(mash: Callable[..., Ran]) -> None:
    ran = mash("policy", "show", "england", "--on", "1066-10-14")

    assert (ran.code, ran.out.splitlines()[-1]) == (
        0,
        "Nothing was in force yet: the oldest value holds from 2015-03-26.",
    )


def test_what_an_authority_changes_shows_from_its_day_on(
    mash: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "coventry.yaml").write_text(SOUND, encoding="utf-8")
    monkeypatch.setenv("MASH_POLICY_DIR", str(tmp_path))

    before, after = (mash("policy", "show", "--on", day).out for day in ("2025-12-31", "2026-01-01"))

    assert "\nassessment = 45 working days\n" in before
    assert "\nassessment = 40 working days\n    since 2026-01-01, coventry pack\n" in after
    assert "Rules that this authority has changed" not in before
    assert after.endswith(
        "Rules that this authority has changed\n  strategy-quorum: warn (the rule itself says refuse)\n"
    )


def test_a_sound_pack_is_said_to_be_sound(mash: Callable[..., Ran], tmp_path: Path) -> None:
    pack = tmp_path / "pack.yaml"
    pack.write_text(SOUND, encoding="utf-8")

    assert mash("policy", "check", str(pack)) == Ran(0, f"{pack} is sound.\n", "")
    assert mash("policy", "check", str(pack), "--json").data == {"file": str(pack), "sound": True, "faults": []}


@pytest.mark.parametrize("authority", shipped())
def test_every_shipped_pack_is_sound(authority: str, mash: Callable[..., Ran]) -> None:
    from config.policy import pack_path

    assert mash("policy", "check", str(pack_path(authority))).code == 0


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("40 working_days", "40 moons", "line 5: '40 moons' is no value"),
        ("40 working_days", "1.5 working_days", "line 5: assessment: working days are counted whole."),
        ("40 working_days", "true", "line 5: assessment is a span such as '4 hours'."),
        ("  assessment:", "  assesment:", "line 4: assesment is not a key of a policy. Did you mean assessment?"),
        ("from: 2026-01-01\n    source: the part", "source: the part", "line 5: assessment does not say from when"),
        ("2026-01-01\n    source: the part", "1926-01-01\n    source: the part", "is before the Children Act"),
        ("2026-01-01\n    source: the part", "2026-02-30\n    source: the part", "'2026-02-30' is not a day"),
        ("    source: the same\n", "", "strategy-quorum does not say who says so"),
        ("effect: warn", "effect: maybe", "the effect is one of refuse, warn, off"),
        (
            "  strategy-quorum:",
            "  strategy-quorom:",
            "there is no rule 'strategy-quorom'; did you mean strategy-quorum?",
        ),
        ("policy: 1\n", "", "write `policy: 1` at the top"),
        ("policy: 1\n", "policy: 1\npolicy: 1\n", "line 2: policy is said twice"),
        ("values:", "values: [", "not readable as YAML"),
        (SOUND, "", "a policy pack begins with"),
    ],
)
def test_a_faulty_pack_is_refused_with_its_fault_and_line(
    old: str, new: str, says: str, mash: Callable[..., Ran], tmp_path: Path
) -> None:
    assert old in SOUND
    pack = tmp_path / "pack.yaml"
    pack.write_text(SOUND.replace(old, new), encoding="utf-8")

    people, scripts = mash("policy", "check", str(pack)), mash("policy", "check", str(pack), "--json")

    assert (people.code, people.err, scripts.code) == (2, "", 2)
    assert people.out.startswith(f"{pack} cannot be used: 1 fault.\n")
    assert says in people.out
    assert not scripts.data["sound"]
    assert says in scripts.data["faults"][0]


def test_every_fault_of_a_pack_is_said_at_once(mash: Callable[..., Ran], tmp_path: Path) -> None:
    pack = tmp_path / "pack.yaml"
    pack.write_text(SOUND.replace("40 working_days", "40 moons").replace("effect: warn", "effect: maybe"), "utf-8")

    ran = mash("policy", "check", str(pack))

    assert ran.out.startswith(f"{pack} cannot be used: 2 faults.\n")
    assert len(ran.out.splitlines()) == 3


def test_a_pack_that_is_no_text_is_refused_plainly(mash: Callable[..., Ran], tmp_path: Path) -> None:
    pack = tmp_path / "pack.yaml"
    pack.write_bytes(b"\xff\xfe\x00")

    ran = mash("policy", "check", str(pack))

    assert ran.code == 2
    assert "this is not a text file in UTF-8" in ran.out
