"""What every answer of a rule is, whatever it is about. The truth tables ask it of each answer that they get."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from models.facts import Case
from notifications.templates import TEMPLATES
from workflow.rule import Clock, Duty, Finding, Gate, Ought, Raised, Running, Signal, Terms

TIMELESS: Final = frozenset(
    {
        "graded-before-decision",
        "inpatient-observations-included",
        "manager-signs-decision",
        "referrer-told-before-closure",
        "sign-off-independent",
        "voices-are-not-removed",
    }
)
"""Gates that ask nothing of time: what they miss is missing whenever it was."""

PARTLY: Final = frozenset(
    {"malicious-label-guard", "prebirth-defer-not-close", "rating-floor", "voluntary-service-needs-engagement"}
)
"""Gates of which the same is true of some of what they ask: a signature, a reason, a day to come back to it."""

DATED: Final = frozenset({"closure-sign-off-due", "closure-views-due", "development-data-overdue", "owner-act"})
"""Clocks that count from a birthday, or that run in the engine's own record alone, where every date is known."""

ASKS: Final = frozenset(
    {
        "task",
        "view_wanted",
        "offer",
        "offer_declined",
        "information_wanted",
        "repeat_request",
        "challenge_raised",
        "challenge_climbed",
        "sign_off_wanted",
        "second_signature_wanted",
    }
)
"""Messages that ask somebody for something that is done or not done: each is a task as well."""

TO_THE_OWNER: Final = frozenset({"open-challenge-told", "deferred-wakes", "public-reporting-route"})
"""Duties that may name nobody, so that whoever owns the case has the turn."""

NAMED: Final = re.compile(r"\b(teacher|nurse|midwife|officer|grandfather|key worker)\b")


def words(text: str) -> bool:
    """Tell whether this is one whole sentence for people."""
    return " " in text and text.endswith(".") and "None" not in text


def vague(case: Case) -> Case:
    """Return the case as a source tells it that gives the week of everything, and of nothing the day."""
    record = tuple(replace(event, precision="week") for event in case.family.record)
    return replace(case.family, record=record).case(case.child_id)


def check_findings(gate: Gate, found: Iterable[Finding], if_vague: Iterable[Finding]) -> None:
    """A finding is a sentence, holds whom it names, and is unsure where the date is, unless it asks nothing of time."""
    for one in found:
        assert words(one.missing), one
        assert all(isinstance(who, str) and who for who in one.of), one
        assert {type(one.silent), type(one.loose), type(one.light)} == {bool}, one
        of = [who.replace("_", " ") for who in one.of]
        assert set(NAMED.findall(one.missing)) <= set(of), one
    assert gate.id in PARTLY or all(one.loose is (gate.id not in TIMELESS) for one in if_vague), gate.id


def check_oughts(duty: Duty, found: Iterable[Ought], case: Case, terms: Terms, now: datetime) -> None:
    """What the engine does is said, goes to somebody, and is a task with a day where something is asked for."""
    for one in found:
        assert words(one.says), one
        assert ":" in one.key, one
        assert one.template in TEMPLATES, one
        assert one.to or one.to_role or one.verb or duty.id in TO_THE_OWNER, one
        assert all(who in case.family.practitioners for who in (*one.to, *one.besides)), one
        assert one.task is (one.template in ASKS and one.verb is None), one
        assert {type(one.silent), type(one.loose)} == {bool}, one
        assert one.act_by is None or one.due is not None or not one.task or duty.family, one
    for one in duty.judge(vague(case), terms, now):
        assert one.loose or one.act_by is None, one


def check_running(clock: Clock, found: Iterable[Running], case: Case, terms: Terms) -> None:
    """A deadline is counted from a moment, and warned of between that and its end."""
    for one in found:
        assert words(one.says), one
        assert one.subject, one
        assert one.started <= (one.warn or one.started) <= one.due, one
        assert {type(one.silent), type(one.loose)} == {bool}, one
    for one in clock.judge(vague(case), terms):
        assert one.loose or clock.id in DATED, one


def check_raised(signal: Signal, found: Iterable[Raised], case: Case, terms: Terms, now: datetime) -> None:
    """A pattern is said, and has the day on which it was complete."""
    for one in found:
        assert words(one.says), one
        assert ":" in one.key, one
        assert one.on is not None, one
        assert {type(one.silent), type(one.loose)} == {bool}, one
    for one in signal.judge(vague(case), terms, now):
        assert one.loose, (signal.id, one)
