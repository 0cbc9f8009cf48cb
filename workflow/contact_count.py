"""How often somebody was worried: the contacts about a child and the household, counted together. Pure."""

from datetime import datetime

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.questions import day_of, known
from workflow.rule import Terms


def contacts_within(case: Case, until: datetime, key: str, terms: Terms) -> list[Event]:
    """Return the family's contacts whose span, which the policy keeps under `key`, reaches to a moment."""
    contacts = [event for event in case.family.record if event.kind is Kind.CONTACT and known(event)]
    return [event for event in contacts if event.at <= until <= terms.due(event.at, key)]


def occasions(contacts: list[Event]) -> int:
    """Count them by the day: what several agencies tell on one day is one occasion."""
    days = {day_of(event.at): 0 for event in contacts}
    for event in contacts:
        loose = event.precision in {"month", "year"}
        days[day_of(event.at)] = max(days[day_of(event.at)], event.times if loose else 1)
    return sum(days.values())
