"""What every rule has, and what none may hold."""

import ast
from pathlib import Path

import pytest

from models.vocabulary import Stage
from tests.support.stories import CALENDAR, POLICIES, Story, referred, story, table
from workflow import rulebook
from workflow.rule import Rule

WORKFLOW = Path(rulebook.__file__).parent
MODULES = sorted(
    path for folder in ("gates", "duties", "clocks", "signals") for path in (WORKFLOW / folder).glob("*.py")
)
COUNTED = {"gates": 76, "duties": 44, "clocks": 30, "signals": 13}


def test_the_number_of_rules_changes_only_on_purpose() -> None:
    sorts = {
        "gates": len(rulebook.GATES),
        "duties": len(rulebook.DUTIES),
        "clocks": len(rulebook.CLOCKS),
        "signals": len(rulebook.SIGNALS),
    }

    assert sorts == COUNTED


def test_every_rule_has_an_id_of_its_own() -> None:
    assert len(rulebook.BY_ID) == len(rulebook.RULES)


@pytest.mark.parametrize("rule", rulebook.RULES, ids=lambda rule: rule.id)
def test_every_rule_says_what_it_asks_where_it_comes_from_and_who_can_mend_it(rule: Rule) -> None:
    assert rule.says.endswith(".")
    assert rule.says[0].isupper()
    assert ". " not in rule.says
    assert rule.source
    assert rule.mend
    assert rule.stage in Stage
    assert rule.id == rule.id.lower().replace("_", "-")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_rule_holds_a_number_of_its_own(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    numbers = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool)
    }

    assert numbers <= {0, 1, 2}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_rule_reads_the_words_of_the_record(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    read = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}

    assert not read & {"text", "words"}


@pytest.mark.parametrize(
    "before",
    table(
        ("nothing at all", story()),
        ("one contact", referred()),
        ("one contact, live", referred(live=True)),
        ("an unborn child", referred("midwife", born=None, due="2026-10-01")),
        ("a child nobody knows the age of", referred(born=None)),
        ("a closed case", referred().then("closure")),
    ),
)
def test_every_rule_can_be_asked_about_any_case(before: Story) -> None:
    for duty in rulebook.DUTIES:
        before.oughts(duty)
    for clock in rulebook.CLOCKS:
        before.running(clock)
    for signal in rulebook.SIGNALS:
        before.raised(signal)
    for gate in rulebook.GATES:
        for kind in gate.on:
            before.findings(gate, kind.value, **({"grade": "green"} if kind.value == "grade" else {}))


def test_the_floor_of_the_rule_book_is_that_of_the_gate_on_grading() -> None:
    baby = referred("worker", "pain", born="2026-02-01")
    floor, holding = rulebook.floor(baby.case, baby.terms, baby.now)

    assert floor.code == "red"
    assert [signal.id for signal, _ in holding] == ["injury-nonmobile-infant-red"]
    assert POLICIES.on(baby.now.date()) is baby.terms.policy
    assert baby.terms.calendar is CALENDAR
