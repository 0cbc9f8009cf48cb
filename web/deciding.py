"""What stands beside the decision at the front door: each outcome with what it needs, the checks, the newest of the record."""

from typing import Any, Final

from models.vocabulary import State
from web.fields import Choice
from web.packet import Reader
from web.page import Page
from web.wording import capital, words
from workflow import store
from workflow.actions.act import Act, Standing
from workflow.checks_read import checks, searched
from workflow.chronology_sentences import headline
from workflow.deciding_read import OUTCOMES, Weighed, weighed, worries
from workflow.held_to import Held
from workflow.seen import CaseFile

NEEDS: Final = {
    "no_further_action": "The closure is proposed at once, and another manager signs it. Needs a main reason.",
    "information_and_advice": "Advice, and the closure is proposed; another manager signs it. Needs a main reason.",
    "early_help": "Early help is asked to accept. Needs a lead, and what happens if the family does not take it up.",
    "assessment": "A social worker sees the child. Needs nothing more than the reason.",
    "strategy_discussion": "The police, health and the referrer are invited. Needs a time.",
    "deferred": "Nobody decides yet. Needs the day on which somebody does.",
}
"""What each outcome comes to and asks for."""
ASKED_BY: Final[dict[str, tuple[str, ...]]] = {
    "reason_code": ("no_further_action", "information_and_advice", "deferred"),
    "lead": ("early_help",),
    "fallback": ("early_help",),
    "review_on": ("early_help", "information_and_advice", "no_further_action"),
    "meet_at": ("strategy_discussion",),
    "until": ("deferred",),
}
"""The questions that only some outcomes ask, in the order in which they are asked."""
NEWEST: Final = 12
SAID: Final = 2


def decision(page: Page, file: CaseFile) -> dict[str, Any]:
    """Return the outcomes with what each still lacks, the worries to answer, the checks and the newest of the record."""
    assert file.case is not None, "only the council's own decide"
    terms = page.product.engine.terms(page.now)
    seen = file.seen
    standing = Standing(
        store.number(seen.reference), seen.reference, State(seen.state), None, seen.worker.account, seen.version
    )
    found = weighed(Act(file.case, standing, page.actor, page.now, terms))
    read = Reader(file, "decide")
    return {
        "outcomes": tuple(
            Choice(one.outcome, capital(words(one.outcome)), f"{NEEDS[one.outcome]} {_first(one, read)}".strip())
            for one in found
        ),
        "lacking": _lacking(found),
        "every_outcome": len(OUTCOMES),
        "asked_by": ASKED_BY,
        "worries": {one.code: one for one in worries(file.case)},
        "checks": checks(file.case, terms),
        "searched": searched(file.case),
        "newest": tuple(reversed(file.case.record))[:NEWEST],
        "happened": lambda event: headline(event, file.names),
        "read": read,
    }


def _lacking(found: tuple[Weighed, ...]) -> list[tuple[Held, list[str]]]:
    """Return every rule that something is missing for, each once, with the outcomes that it holds back."""
    rules: dict[str, tuple[Held, list[str]]] = {}
    for one in found:
        for held in one.first:
            rules.setdefault(held.rule, (held, []))[1].append(one.outcome)
    return list(rules.values())


def _first(one: Weighed, read: Reader) -> str:
    """Say what has to be done before this outcome, as far as the form itself cannot settle it."""
    said = [read.missing(lack) for held in one.first for lack in held.missing]
    if not said:
        return ""
    more = f" And {len(said) - SAID} more." if len(said) > SAID else ""
    begins = "Not yet" if one.refused else "The rules will warn"
    return f"{begins}: {' '.join(capital(part) for part in said[:SAID])}{more}"
