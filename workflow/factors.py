"""What in the lives of the adults has been raised as bearing on the child, and what has become of it. Pure."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Factor, Kind, PractitionerKind
from workflow.assessing import tools
from workflow.carers import carers
from workflow.questions import known, younger
from workflow.rule import Terms

SETTLING: Final = frozenset(
    {
        Factor.DOMESTIC_ABUSE,
        Factor.SUBSTANCE_MISUSE,
        Factor.ALCOHOL_MISUSE,
        Factor.MENTAL_HEALTH,
        Factor.VIOLENCE,
        Factor.SEXUAL_RISK,
    }
)
"""Factors that are ruled in or out. The others, such as having been in care, are history and settled already."""

_MAY_BE_THE_CHILDS: Final[frozenset[str]] = frozenset(
    {Factor.MENTAL_HEALTH, Factor.SUBSTANCE_MISUSE, Factor.ALCOHOL_MISUSE}
)
_ANSWERED: Final = frozenset({"confirmed", "excluded"})


def unsettled_factors(case: Case, moment: datetime, terms: Terms) -> list[str]:
    """Return what was raised about the adults, by the record or by their history, and neither confirmed nor excluded.

    Found at the front door not to be so, measured, or covered by a plan, it is settled as well. Low spirits, drink and
    drugs may be the child's own, once it is old enough: then only the adults' history says that they are theirs.
    """
    own = frozenset() if younger(case, moment, "own_troubles_age", terms) else _MAY_BE_THE_CHILDS
    people = case.family.people
    history = sorted({code for who in carers(case) for code in people[who].factors if code in SETTLING})
    open_: dict[str, None] = dict.fromkeys(history)
    for event in case.chapter:
        if not known(event):
            continue
        open_.update(dict.fromkeys(code for code in raised_by(event) if code not in own))
        for code in settled_by(event):
            open_.pop(code, None)
    return list(open_)


def raised_by(event: Event) -> list[str]:
    """Return the factors that an event raises."""
    codes = {str(code) for code in event.codes("concerns")}
    if event.kind is Kind.INCIDENT and event.get("what") == "domestic_abuse":
        codes.add(Factor.DOMESTIC_ABUSE)
    return sorted(codes & SETTLING)


def settled_by(event: Event) -> list[str]:
    """Return the factors that an event settles."""
    if event.kind is Kind.ASSESSMENT:
        return [code for code, found in (event.get("factors_resolved") or {}).items() if found in _ANSWERED]
    if event.kind is Kind.DECISION:
        return [code for code, found in (event.get("answers") or {}).items() if found == "not_found"]
    if event.kind is Kind.TOOL and event.get("what") == "dash":
        return [Factor.DOMESTIC_ABUSE]
    if event.kind is Kind.PLAN and event.get("status") != "ended":
        return [str(code) for code in event.codes("covers")]
    return []


def confirmed_at_the_door(case: Case) -> set[str]:
    """Return what the front door confirmed, where social care then stays with the family to work on it."""
    answers = [event.get("answers") or {} for event in case.chapter if event.kind is Kind.DECISION]
    return {str(code) for given in answers for code, found in given.items() if found == "confirmed"}


def domestic_abuse(case: Case, events: Iterable[Event]) -> Event | None:
    """Return the newest event that tells of domestic abuse at home and that nobody has found not to be so."""
    found: Event | None = None
    for event in events:
        if known(event) and Factor.DOMESTIC_ABUSE in raised_by(event):
            found = event
        answers = {**(event.get("answers") or {}), **(event.get("factors_resolved") or {})}
        if answers.get(Factor.DOMESTIC_ABUSE) in {"not_found", "excluded"}:
            found = None
    return found


def dash_done(case: Case) -> bool:
    """Tell whether the risk of domestic abuse was measured, or somebody whose work it is has taken part."""
    people = case.family.practitioners
    advisers = {who for who, person in people.items() if person.kind is PractitionerKind.DOMESTIC_ABUSE_ADVISER}
    chapter = case.chapter
    named = {who for event in chapter for who in (event.by, event.get("person"), *event.codes("attended"))}
    return bool(tools(chapter, "dash")) or bool(advisers & named)


def neglected(case: Case, events: Iterable[Event]) -> bool:
    """Tell whether neglect was raised, found by a conference or taken up by a plan, and not found to be untrue."""
    raised = False
    for event in events:
        if not known(event):
            continue
        raised = raised or Concern.NEGLECT in event.codes("concerns") or event.get("category") == "neglect"
        raised = raised or (event.kind is Kind.PLAN and Concern.NEGLECT in event.codes("covers"))
        if (event.get("answers") or {}).get(Concern.NEGLECT) == "not_found":
            raised = False
    return raised
