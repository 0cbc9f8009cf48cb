"""A baby's first weeks as the record knows them: born early, kept on a ward, and at what risk in its sleep. Pure."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from config.clock import LONDON
from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Factor, Kind
from workflow.questions import day_of, known, unborn
from workflow.rule import Terms

_GESTATION: Final = re.compile(r"(\d+)\+(\d)")
_SMOKE_AND_DRINK: Final = frozenset({Factor.SUBSTANCE_MISUSE, Factor.ALCOHOL_MISUSE})
_UNSAFE: Final = frozenset({Concern.SAFE_SLEEP, Concern.SUBSTANCE_MISUSE, Concern.ALCOHOL_MISUSE})


def days_early(case: Case, terms: Terms) -> int:
    """Return by how many days the child came before its time, as far as anybody knows."""
    whole = terms.policy.number("pregnancy_length.weeks")
    if case.child.due is not None and case.child.born is not None:
        return max((case.child.due - case.child.born).days, 0)
    told = _GESTATION.fullmatch(case.child.gestation_at_birth or "")
    if told is None:
        return 0
    born_at = timedelta(weeks=int(told[1]), days=int(told[2]))
    return max((timedelta(weeks=whole) - born_at).days, 0)


def preterm(case: Case, terms: Terms) -> bool:
    """Tell whether the child was born before the weeks at which the policy calls it early."""
    weeks = terms.policy.number("pregnancy_length.weeks") - terms.policy.number("preterm.weeks")
    return timedelta(days=days_early(case, terms)) > timedelta(weeks=weeks)


def infant(case: Case, moment: datetime, terms: Terms) -> bool:
    """Tell whether a child that was born is in its first year, counted from the day on which it was due."""
    born = case.child.born
    if born is None or unborn(case, moment):
        return False
    counted = born + timedelta(days=days_early(case, terms))
    return terms.due(morning(counted), "infant_age") > moment


def morning(day: date) -> datetime:
    """Return the start of a day."""
    return datetime.combine(day, time(), tzinfo=LONDON)


def arrival(case: Case, terms: Terms) -> Event | None:
    """Return the birth that calls for a plan: before its time, or followed at once by days on a ward."""
    born = case.child.born
    birth: Event | None = None
    for event in case.of(Kind.HOUSEHOLD, Kind.MEDICAL):
        if event.kind is Kind.HOUSEHOLD and event.get("what") == "birth" and known(event):
            birth = event
            if preterm(case, terms):
                return birth
        if born is None or event.kind is not Kind.MEDICAL or event.get("what") != "admitted":
            continue
        if day_of(event.at) >= born and terms.due(morning(born), "preterm.ward_from") > event.at:
            return event
    return None


def _unsafe(event: Event) -> bool:
    return not _UNSAFE.isdisjoint(event.codes("concerns"))


def at_risk_asleep(case: Case, terms: Terms) -> Event | None:
    """Return what first showed a danger in the baby's sleep: how it sleeps, drink or drugs at home, a birth too early."""
    carers = {link.one for link in case.family.links if link.other == case.child_id}
    used = any(_SMOKE_AND_DRINK & person.factors for name, person in case.family.people.items() if name in carers)
    early = preterm(case, terms)
    for event in case.episode if used or early or case.chronology.where(_unsafe) else ():
        if not known(event) or not (used or early or _unsafe(event)):
            continue
        if infant(case, event.at, terms):
            return event
        if not unborn(case, event.at):
            break
    return None


def tiered(case: Case) -> Event | None:
    """Return the newest time that the risk of a sudden death was tiered for this child."""
    return next(
        (
            event
            for event in reversed(case.of(Kind.TOOL))
            if event.get("what") == "sudi" and event.get("for") in {None, case.child_id}
        ),
        None,
    )
