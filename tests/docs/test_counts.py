"""The number of rules is one number: in the rule book, in its test, and on every page that tells it."""

import re

import pytest

from cli import docs
from tests.workflow.test_rulebook import COUNTED
from workflow.rulebook import RULES


def test_the_rule_book_holds_as_many_rules_as_its_test_counts() -> None:
    assert sum(COUNTED.values()) == len(RULES)


@pytest.mark.parametrize("name", ["rules.md", "review.md"])
def test_a_page_tells_that_number_and_names_every_rule(name: str) -> None:
    page = (docs.FOLDER / name).read_text(encoding="utf-8")

    assert re.findall(r"\b(\d+) rules\b", page)[0] == str(len(RULES))
    assert [rule.id for rule in RULES if f"`{rule.id}`" not in page] == []
