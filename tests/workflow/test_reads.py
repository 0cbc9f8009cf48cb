"""What a rule reads of the policy, as its code shows it, against what it is seen to read while stories run."""

from collections.abc import Iterator

import pytest

from config.policy import Policy, PolicyBook, Value
from models.facts import Case
from tests.support.stories import CALENDAR, table
from workflow.reads import keys_read
from workflow.replay.shelf import open_casebook, shipped
from workflow.rule import Rule, Terms
from workflow.rulebook import BY_ID, CLOCKS, DUTIES, GATES, RULES, SIGNALS

KNOWN = {value.key for value in PolicyBook.load("england").packs[0].values}


class Listening(Policy):
    """A policy that notes what it is asked for."""

    __slots__ = ("asked",)

    def __init__(self, heard: Policy) -> None:
        """Take over the values of another."""
        super().__init__(heard.authority, heard.day, heard._values, heard._effects, heard._labels)
        self.asked: set[str] = set()

    def value(self, key: str) -> Value:
        """Note the key, and answer."""
        self.asked.add(key)
        return super().value(key)


def judged(name: str) -> Iterator[tuple[Rule, set[str]]]:
    """Ask the gates about every event of a casebook, the rest now and then, and yield what each has read."""
    book = open_casebook(name)
    policies, family = PolicyBook.load(book.authority), book.family
    for event in book.events:
        before, family = family, family.after([event])
        for child in event.about:
            for rule in RULES if event.index % 5 == 0 else GATES:
                policy = Listening(policies.on(event.at.date()))
                terms = Terms(policy, CALENDAR)
                if rule in GATES:
                    if event.kind in rule.on:
                        list(rule.judge(Case(before, child), event, terms))
                elif rule in DUTIES or rule in SIGNALS:
                    list(rule.judge(Case(family, child), terms, event.at))
                elif rule in CLOCKS:
                    list(rule.judge(Case(family, child), terms))
                yield rule, policy.asked


@pytest.mark.parametrize("name", shipped())
def test_a_rule_reads_nothing_that_its_code_does_not_show(name: str) -> None:
    shown = {rule.id: set(keys_read(rule, KNOWN)) for rule in RULES}
    looks_through_others = {"rating-floor", "owner-act"}  # at every signal, at every clock

    hidden = {
        (rule.id, key)
        for rule, asked in judged(name)
        if rule.id not in looks_through_others
        for key in asked - shown[rule.id]
    }

    assert hidden == set()


@pytest.mark.parametrize(
    ("rule", "keys"),
    table(
        ("asked for by name", "icpc-fifteen-working-days", {"icpc", "icpc.warn"}),
        ("several of one sort", "cumulative-contact-view", {"contact_view.assess", "contact_view.window"}),
        ("put together", "rag-clock", {"rag.red", "rag.red.warn", "rag.green", "rag.amber"}),
        ("one of two", "contingency-fires", {"contingency.answer", "contingency.attendance"}),
        ("handed back by another function", "child-not-seen", {"child_not_seen.baby", "child_not_seen.baby.warn"}),
        ("read by what it calls", "infant-neglect-assessment-floor", {"infant_age"}),
    ),
)
def test_the_values_of_a_rule_are_found(rule: str, keys: set[str]) -> None:
    assert keys <= set(keys_read(BY_ID[rule], KNOWN))


def test_a_word_of_the_record_is_no_value_of_the_policy() -> None:
    """`assessment` is an outcome and a key; only the clock on assessments reads the key."""
    assert [rule.id for rule in RULES if "assessment" in keys_read(rule, KNOWN)] == ["assessment-45-working-days"]


def test_a_rule_without_numbers_reads_none() -> None:
    assert keys_read(BY_ID["decision-has-reason"], KNOWN) == ()


def test_what_nobody_knows_as_a_key_is_none() -> None:
    assert keys_read(BY_ID["icpc-fifteen-working-days"], set()) == ()
