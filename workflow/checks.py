"""What the front door has asked, searched and learned before a decision. Pure."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import HEALTH, AgencyKind, Kind
from workflow.carers import SPEAKS
from workflow.questions import OPENS_NOTHING, contacts_for, decides_section47, final, professional

SCHOOLS: Final = frozenset({AgencyKind.SCHOOL, AgencyKind.NURSERY, AgencyKind.EDUCATION})
_POLICE: Final = frozenset({AgencyKind.POLICE})
SORTS: Final = {"police": _POLICE, "health": HEALTH, "school": SCHOOLS}
"""The agencies without whose word nothing is decided at the front door."""

_ASKED: Final = frozenset({"asked", "no_reply"})


def opens_little(decision: Event) -> bool:
    """Tell whether a decision opens nothing for the child, or only what the family may decline."""
    return decision.get("outcome") in OPENS_NOTHING or decision.get("outcome") == "early_help"


def under_way(case: Case) -> bool:
    """Tell whether somebody is already looking at the child more closely: an assessment, an enquiry or a plan runs."""
    return case.once(_under_way)


def _under_way(case: Case) -> bool:
    if case.plan is not None:
        return True
    running = False
    for event in case.episode:
        if event.kind is Kind.ASSESSMENT:
            running = event.get("status") == "started"
        elif final(event):
            running = running or event.get("outcome") == "assessment"
        elif decides_section47(event):
            running = True
        elif event.kind is Kind.SECTION47_OUTCOME:
            running = False
    return running


def looks(case: Case, event: Event) -> bool:
    """Tell whether a decision rests on what the front door looked up itself.

    Protection waits for nothing, what is put off is looked up on its day, and where a worker is already at work the
    worker's own enquiries serve.
    """
    return final(event) and not under_way(case)


def left_to_assess(case: Case, event: Event) -> bool:
    """Tell whether a source that leaves much out shows an assessment: what it looked up first is not to be known."""
    return case.family.silence_unknown and event.get("outcome") == "assessment"


def before(case: Case, decision: Event) -> tuple[Event, ...]:
    """Return what was known to whoever decides: the open episode, or all since the first contact decided on."""
    contacts = contacts_for(case, decision)
    record = case.record
    start = min((record.index(contact) for contact in contacts), default=len(record))
    if case.episodes and case.is_open:
        start = min(start, case.episodes[-1][0])
    return record[start:] if start < len(record) else case.chapter


def sort_of(case: Case, agency: str | None) -> AgencyKind | None:
    """Return the kind of an agency, by its id."""
    named = case.family.agencies.get(agency) if agency else None
    if named is not None:
        return named.kind
    people = case.family.practitioners.values()
    return next((who.agency.kind for who in people if who.agency and who.agency.id == agency), None)


def kinds_of(case: Case) -> set[AgencyKind]:
    """Return the kinds of agency that the family is known to."""
    staffed = {who.agency.kind for who in case.family.practitioners.values() if who.agency}
    return staffed | {agency.kind for agency in case.family.agencies.values()}


def spoken(case: Case, event: Event) -> Iterator[AgencyKind]:
    """Yield the kinds of agency that an event shows to have told what they know."""
    if event.kind is Kind.CHECK:
        sort = sort_of(case, event.get("agency"))
        if sort and event.get("status") == "replied":
            yield sort
        return
    if event.kind is Kind.POLICE_CHECK or "police" in event.codes("scope"):
        yield AgencyKind.POLICE
    names = [*event.codes("attended"), *event.codes("accounts"), *event.codes("discussed_with")]
    if event.kind in SPEAKS or event.kind is Kind.MEDICAL:
        names.append(event.by)
    if event.kind is Kind.SPOKE_TO and event.get("done") is not False:
        names.append(event.get("person"))
    for name in names:
        who = professional(case, name)
        if who is not None and who.agency is not None:
            yield who.agency.kind


def answered(case: Case, events: tuple[Event, ...]) -> set[AgencyKind]:
    """Return the kinds of agency whose word is on record."""
    return {kind for event in events for kind in spoken(case, event)}


def waiting(case: Case, events: tuple[Event, ...]) -> set[AgencyKind]:
    """Return the kinds of agency that were asked and have not answered."""
    asked = {
        sort_of(case, event.get("agency"))
        for event in events
        if event.kind is Kind.CHECK and event.get("status") in _ASKED
    }
    return {kind for kind in asked if kind is not None} - answered(case, events)


def agreed(event: Event) -> bool:
    """Tell whether a manager who did not write it agreed to a decision, with a reason."""
    return event.get("manager") not in {None, event.by} and bool(event.get("reason"))
