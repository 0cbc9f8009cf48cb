"""Anything that anybody could do to a referral, drawn by chance: every verb, with details its command would take."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import Enum
from random import Random
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le
from pydantic.fields import FieldInfo

from tests.support import paths
from tests.support.hub import ACCOUNTS
from workflow.verbs import VERBS

Details = dict[str, Any]
PEOPLE = {"to", "who", "lead", "person", "on_behalf_of", "cosigned"}
LISTS = {
    "concerns": ("neglect", "injury", "neglect,weapon"),
    "scope": (paths.ALL_HISTORY,),
    "covers": ("neglect",),
    "outcomes": ("kept",),
    "clauses": ("no visitors",),
}
NAMES = {"outcome", "condition", "commitment"}
"""Short names under which a thing returns; one of each, so that chance comes back to it."""


def _one(chance: Random, name: str, field: FieldInfo, kind: Any) -> Any:
    if get_origin(kind) in {Union, UnionType}:
        return _one(chance, name, field, next(part for part in get_args(kind) if part is not NoneType))
    if get_origin(kind) is Literal:
        return chance.choice(get_args(kind))
    if get_origin(kind) is tuple:
        return chance.choice(LISTS.get(name) or (",".join(chance.sample(sorted(ACCOUNTS), chance.randint(1, 4))),))
    if get_origin(kind) is dict:
        return {}
    if kind is bool:
        return chance.choice((True, False))
    if kind is int:
        low = next((int(str(mark.ge)) for mark in field.metadata if isinstance(mark, Ge)), 0)
        high = next((int(str(mark.le)) for mark in field.metadata if isinstance(mark, Le)), low + 9)
        return chance.randint(low, min(high, low + 9))
    if kind in {datetime, date}:
        return timedelta(hours=chance.randint(1, 60))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return chance.choice(list(kind))
    if name in PEOPLE:
        return chance.choice(sorted(ACCOUNTS))
    return "kept" if name in NAMES else "as seen"


def anything(chance: Random, verb: str) -> Details:
    """Draw details that a verb's command would take, sensible or not. A span is counted from the moment of the act."""
    return {
        name: _one(chance, name, field, field.annotation)
        for name, field in VERBS[verb].command.model_fields.items()
        if field.is_required() or chance.random() < 1 / 3
    }


EVERYBODY = "sam,desk_sw,pc,hv,dsl"
# What often goes through. A tuple is a choice.
LIKELY: dict[str, Details] = {
    "grade": {"grade": ("red", "amber", "green"), "reason": "as seen"},
    "ask": {"of": "pc,hv"},
    "decide": {
        "outcome": ("no_further_action", "early_help", "assessment", "deferred", "strategy_discussion"),
        "reason": "because",
        "answers": "neglect:not_found,injury:not_found,weapon:not_found",
        "discussed_with": "ella,dsl",
        "lead": "ella",
        "fallback": True,
        "until": timedelta(days=9),
        "review_on": timedelta(days=9),
        "meet_at": timedelta(hours=3),
    },
    "call-strategy": {"at": timedelta(hours=2), "reason": "worry"},
    "excuse": {"who": ("dsl", "pc", "hv"), "code": "would_breach_timescale", "reason": "urgent"},
    "hold-strategy": {
        "attended": EVERYBODY,
        "decision": ("section47_joint", "assessment", "no_further_action"),
        "rationale": "weighed",
        "offence_considered": True,
        "interim_safety_plan": True,
    },
    "hold-conference": {
        "which": ("initial", "review"),
        "attended": EVERYBODY,
        "outcome": ("child_protection_plan", "child_in_need_plan", "no_plan", "continue"),
        "category": "neglect",
        "reason": "weighed",
    },
    "complete-assessment": {
        **paths.ASSESSED,
        "answers": "neglect:not_found,injury:not_found,weapon:not_found",
        "outcome": ("child_in_need", "early_help", "no_further_action"),
        "family_network": True,
    },
    "record-visit": {"access": "granted", "announced": False, "child_seen": True, "child_seen_alone": True},
    "record-tool": {"what": "graded_care_profile", "result": paths.BETTER},
    "record-outcome": {"outcome": ("kept", "home_kept", "fed_and_warm"), "status": "met", "evidence": "seen"},
    "give-view": {"view": ("agree", "agree", "agree", "disagree", "none"), "reason": "as seen"},
    "record-consent": {"consent": ("given", "given", "refused")},
    "accept": {"lead": "ella"},
    "allocate": {"to": ("sam", "tess", "theo")},
    "record-told": {"who": ("dsl", "hv", "pc"), "words": "rang, and said why"},
    "propose-closure": {"reason_code": ("needs_met", "no_further_action", "stepped_down"), "summary": "enough"},
    "end-involvement": {"who": ("dsl", "hv", "pc")},
}
AFTER_AN_ENQUIRY = (
    ("not_substantiated", "closure"),
    ("no_continuing_risk", "child_in_need"),
    ("conference", "conference"),
)


def _enquiry(chance: Random) -> Details:
    outcome, then = chance.choice(AFTER_AN_ENQUIRY)
    return {"outcome": outcome, "then": then, "reason": "weighed", "medical_evidence": True}


MADE: dict[str, Callable[[Random], Details]] = {"conclude-enquiry": _enquiry}


def doing(chance: Random, verb: str) -> Details:
    """Draw what somebody says with a verb: mostly what goes through, sometimes anything at all."""
    if chance.random() < 1 / 4 or verb not in {*LIKELY, *MADE}:
        return anything(chance, verb)
    if verb in MADE:
        return MADE[verb](chance)
    return {name: chance.choice(one) if isinstance(one, tuple) else one for name, one in LIKELY[verb].items()}


def counted(verb: str, details: Details, now: datetime) -> Details:
    """Turn the spans among the details into moments, or into days where the verb wants a day."""
    fields = VERBS[verb].command.model_fields
    moments = {name: now + one for name, one in details.items() if isinstance(one, timedelta)}
    days = {
        name: moment.date()
        for name, moment in moments.items()
        if fields[name].annotation not in {datetime, datetime | None}
    }
    return {**details, **moments, **days}
