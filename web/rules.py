"""The rule book and the policy in force, for whoever wants to know why: searchable, each rule with all that it has."""

from itertools import groupby
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from models.vocabulary import Stage
from web.page import Looking
from workflow import rule_cards, rulebook
from workflow.errors import NotFoundError
from workflow.rule import Rule

router = APIRouter()
SORTS: Final = {"gate": "Gates", "duty": "Duties", "clock": "Clocks", "signal": "Signals"}


@router.get("/rules")
def rules(page: Looking, words: str = "", stage: str = "") -> Response:
    """List the rules by stage, or those that speak of something."""
    words = words.strip()[:100]
    found = [rule for rule in rulebook.RULES if not words or rule_cards.matches(rule, words)]
    if stage in set(Stage):
        found = [rule for rule in found if rule.stage == stage]
    by_stage = [(one, [rule for rule in found if rule.stage is one]) for one in Stage]
    groups = [(one, kept) for one, kept in by_stage if kept]
    return page.show("rules.html", groups=groups, asked=words, count=len(found), sort=rule_cards.sort)


@router.get("/rules/{name}")
def rule(page: Looking, name: str) -> Response:
    """Show one rule: its sentence, source, effect here, values, who can mend it, and when it would have spoken."""
    found = _rule(name)
    policy = page.product.engine.terms(page.now).policy
    effect = policy.effect(found.id, found.effect)
    return page.show(
        "rule.html",
        rule=found,
        sort=rule_cards.sort(found),
        does=rule_cards.does(found, effect),
        readings=rule_cards.readings(found),
        shown=rule_cards.shown(found),
        authority=rule_cards.named(policy.authority),
    )


@router.get("/policy")
def policy(page: Looking) -> Response:
    """Show every value in force today, with its source."""
    held = page.product.engine.terms(page.now).policy
    ordered = sorted(held.entries(), key=lambda value: value.key)
    groups = [(area, list(values)) for area, values in groupby(ordered, lambda value: value.key.partition(".")[0])]
    return page.show("policy.html", policy=held, groups=groups, said=rule_cards.said, named=rule_cards.named)


def _rule(name: str) -> Rule:
    if name not in rulebook.BY_ID:
        raise NotFoundError("There is no such rule.")
    return rulebook.BY_ID[name]
