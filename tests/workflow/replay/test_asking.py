"""A rule is asked anew only when its answer may have changed. That rests on what rules look at, which is held here."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from config.policy import PolicyBook
from models.facts import Case
from tests.support.told_at_random import tales
from workflow import rulebook
from workflow.calendar import WorkingCalendar
from workflow.replay import play as playing
from workflow.replay.casebook import Casebook
from workflow.replay.play import heeds_more, play
from workflow.replay.reader import read
from workflow.replay.shelf import open_casebook
from workflow.rule import Clock, Duty, Signal, Terms

ASKED: tuple[Clock | Duty | Signal, ...] = (*rulebook.CLOCKS, *rulebook.DUTIES, *rulebook.SIGNALS)
KEPT = [rule for rule in ASKED if not heeds_more(rule)]
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def answers(rule: Clock | Duty | Signal, case: Case, later: timedelta = timedelta()) -> list[Any]:
    now = case.record[-1].at + later
    policies = PolicyBook.load("england")
    oldest = min(value.start for value in policies.packs[0].values)
    terms = Terms(policies.on(max(case.record[-1].at.date(), oldest)), WorkingCalendar.england())
    return list(rule.judge(case, terms) if isinstance(rule, Clock) else rule.judge(case, terms, now))


def halfway(casebook: Casebook) -> list[Case]:
    """Return the case of each child at some points of a story."""
    found = []
    for upto in range(1, len(casebook.events) + 1, 5):
        family = casebook.family.after(casebook.events[:upto])
        found += [family.case(child) for child in family.chronologies if child in family.people]
    return found


def test_most_rules_are_kept() -> None:
    assert len(KEPT) > len(ASKED) / 2


@FEW
@given(tales())
def test_a_rule_that_has_no_use_for_the_moment_says_the_same_whenever_it_is_asked(text: str) -> None:
    for case in halfway(read(text)):
        for rule in KEPT:
            assert answers(rule, case) == answers(rule, case, timedelta(days=400)), rule.id


@FEW
@given(tales())
def test_a_rule_that_is_kept_looks_at_the_record_of_its_own_child(text: str) -> None:
    for case in halfway(read(text)):
        alone = replace(case.family, record=case.record).case(case.child_id)
        for rule in KEPT:
            assert answers(rule, case) == answers(rule, alone), rule.id


@FEW
@given(tales())
def test_what_is_remembered_of_a_story_is_what_is_read_from_its_beginning(text: str) -> None:
    casebook = read(text)
    family = casebook.family
    for event in casebook.events:
        family = family.after([event])
        for child in event.about:
            case = family.case(child)
            anew = replace(family, record=family.record).case(child)
            for rule in KEPT:
                assert answers(rule, case) == answers(rule, anew), rule.id


@pytest.mark.parametrize("name", ["luke-and-matt", "well-run-joint-enquiry"])
def test_a_story_in_which_every_rule_is_asked_each_time_comes_to_the_same(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    casebook = open_casebook(name)
    kept = play(casebook).interventions

    monkeypatch.setattr(playing, "heeds_more", lambda _: True)

    assert play(casebook).interventions == kept
