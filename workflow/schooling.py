"""A child whom a school or somebody else saw day by day, and who stops being seen. Pure readings of the record."""

from typing import Final

from models.events import Event
from models.facts import Case, participants
from models.vocabulary import AgencyKind, Concern, Kind
from workflow.questions import known, open_before
from workflow.rule import Terms

_LEAVES: Final = frozenset({"school_left", "school_withdrawal_asked", "left_area"})


def of_this_child(case: Case, event: Event) -> bool:
    """Tell whether a change at home concerns this child itself."""
    return event.get("person") in {None, case.child_id} or event.get("person") not in set(case.family.children())


def withdrawn(event: Event) -> bool:
    """Tell whether a child is taken out of school, or somebody asks to do so."""
    asked = event.kind is Kind.HOUSEHOLD and event.get("what") == "school_withdrawal_asked"
    return known(event) and (asked or Concern.SCHOOL_WITHDRAWAL in event.codes("concerns"))


def off_roll(event: Event) -> bool:
    """Tell whether a child has left its school."""
    return known(event) and event.kind is Kind.HOUSEHOLD and event.get("what") == "school_left"


def back(case: Case, event: Event) -> bool:
    """Tell whether the child goes to a school again."""
    return event.kind is Kind.HOUSEHOLD and event.get("what") == "school_joined" and of_this_child(case, event)


def leaves_sight(case: Case, event: Event) -> bool:
    """Tell whether those who saw the child day by day no longer do, or somebody notes that it is kept from view.

    What is sent on as a contact has a decision to wait for, and what is noted on an open case the clock on sightings.
    """
    if not known(event):
        return False
    if event.kind is Kind.HOUSEHOLD:
        return event.get("what") in _LEAVES and of_this_child(case, event)
    kept = not {Concern.SCHOOL_WITHDRAWAL, Concern.OUT_OF_SIGHT}.isdisjoint(event.codes("concerns"))
    return event.kind is Kind.CONCERN and kept and not open_before(case, event)


def handed_over(case: Case, event: Event) -> bool:
    """Tell whether another authority was told of the child, and answered or sat at the table."""
    staff = case.family.practitioners
    there = [*participants(event), event.get("person")]
    theirs = [staff[who].agency for who in there if who in staff]
    if any(agency is not None and agency.kind is AgencyKind.OTHER_AUTHORITY for agency in theirs):
        return event.kind is not Kind.CONTACT
    asked = case.family.agencies.get(event.get("agency")) if event.kind is Kind.CHECK else None
    return asked is not None and asked.kind is AgencyKind.OTHER_AUTHORITY and event.get("status") == "replied"


def watched(case: Case, event: Event, terms: Terms) -> bool:
    """Tell whether a worry was open at an event, or closed no longer ago than the policy looks back."""
    if open_before(case, event):
        return True
    at = case.chronology.place(event)
    ended = [case.record[end].at for _, end in case.episodes if end is not None and at is not None and end < at]
    told = [one.at for one in case.chronology.of((Kind.CONTACT,), end=at)]
    return any(terms.due(at, "rereferral_window") >= event.at for at in (*ended[-1:], *told[-1:]))
