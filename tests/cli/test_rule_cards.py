"""A rule in full, as `mash rules RULE` and docs/rules.md show it, and finding one by a word."""

from collections.abc import Callable

import pytest

from cli.rules_page import rules as rules_page
from config.policy import Effect, shipped
from models.vocabulary import Stage
from tests.support.terminal import Ran, plain
from workflow import rule_cards
from workflow.replay.review_map import review_map
from workflow.replay.shelf import shipped as casebooks
from workflow.rulebook import BY_ID, RULES


@pytest.mark.parametrize("authority", shipped())
def test_a_rule_is_shown_with_its_values_for_every_authority(authority: str, mash: Callable[..., Ran]) -> None:
    card = mash("rules", "icpc-fifteen-working-days", "--json").data

    assert card["values"]["icpc"][authority] == "15 working days"
    assert card["values"]["icpc.warn"][authority] == "10 working days"


def test_a_value_that_all_have_in_common_is_said_once() -> None:
    same = rule_cards.Reading("icpc", {"england": "15 days", "coventry": "15 days"}, proposed=False)
    other = rule_cards.Reading("icpc", {"england": "15 days", "coventry": "10 days"}, proposed=True)

    assert str(same) == "15 days (England and Coventry)"
    assert str(other) == "15 days (England); 10 days (Coventry), proposed: nobody has published it"


def test_an_example_is_a_line_of_the_casebook_that_is_there(mash: Callable[..., Ran]) -> None:
    shown = rule_cards.example(BY_ID["referrer-invited-to-strategy"])

    assert shown is not None
    line = casebooks()[shown.casebook].read_text(encoding="utf-8").splitlines()[shown.line - 1]
    assert line.startswith("  - at: 2018-03-20")
    assert f"line {shown.line}, paragraphs {shown.paragraph} of the source: it refuses" in " ".join(
        mash("rules", "referrer-invited-to-strategy").out.split()
    )


def test_a_rule_that_speaks_nowhere_says_why() -> None:
    why = next(row.unheard["disagreement-clock"] for row in review_map().answered_by("disagreement-clock"))

    assert rule_cards.shown(BY_ID["disagreement-clock"]).endswith(review_map().reasons[why])


@pytest.mark.parametrize(
    ("rule", "effect", "says"),
    [
        ("strategy-quorum", None, "refuses"),
        ("strategy-quorum", Effect.WARN, "warns"),
        ("rag-clock", None, "runs until"),
        ("rag-clock", Effect.OFF, "is off"),
    ],
)
def test_what_a_rule_does_is_said_by_its_sort_and_effect(rule: str, effect: Effect | None, says: str) -> None:
    assert rule_cards.does(BY_ID[rule], effect).startswith(says)


@pytest.mark.parametrize(
    ("words", "finds"),
    [
        ("dog", "household-hazard-assessed"),
        ("DOG hazard", "household-hazard-assessed"),
        ("hard case", "newly-qualified-cosign"),
        ("Daniel Pelka", "history-check"),
        ("icpc.warn", "icpc-fifteen-working-days"),
        ("hold-strategy", "strategy-rationale"),
    ],
)
def test_a_rule_is_found_by_what_it_says_its_source_its_values_and_who_mends_it(
    words: str, finds: str, mash: Callable[..., Ran]
) -> None:
    found = [card["id"] for card in mash("rules", "--search", words, "--json").data]

    assert finds in found
    assert len(found) < len(RULES)
    assert f"\n{finds} " in mash("rules", "--search", words).out


def test_every_word_of_a_search_must_be_there_and_a_stage_narrows_it(mash: Callable[..., Ran]) -> None:
    wide = [card["id"] for card in mash("rules", "--search", "early help", "--json").data]
    narrow = [card["id"] for card in mash("rules", "--search", "early help", "--stage", "step-down", "--json").data]

    assert set(narrow) < set(wide)
    assert {BY_ID[rule].stage for rule in narrow} == {Stage.STEP_DOWN}


def test_what_no_rule_speaks_of_is_not_found(mash: Callable[..., Ran]) -> None:
    ran = mash("rules", "--search", "dog zebra")

    assert plain(ran)
    assert (ran.code, ran.says) == (3, "No rule speaks of 'dog zebra'.")


def test_the_page_has_every_stage_in_its_contents_and_every_rule_under_its_stage() -> None:
    page = rules_page()

    for stage in Stage:
        title = stage.value.replace("_", " ").capitalize()
        assert f"- [{title}](#{stage.value.replace('_', '-')})" in page
        section = page.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
        for rule in RULES:
            assert (f"### `{rule.id}`\n\n**{rule.says}**" in section) == (rule.stage is stage)
