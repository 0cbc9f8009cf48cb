"""What the police saw in front of a child, and told the hub only days later. Pure."""

from collections.abc import Iterator

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.casework import agency_of
from workflow.questions import known
from workflow.rule import Terms


def told_late(case: Case, terms: Terms) -> Iterator[tuple[Event, Event]]:
    """Yield each such incident with the contact that told of it. One that is known only to the week is left out."""
    seen: Event | None = None
    for event in case.of(Kind.INCIDENT, Kind.CONTACT):
        if event.kind is Kind.INCIDENT:
            seen = event if event.get("child_present") and known(event) else seen
            continue
        agency = agency_of(case, seen.by) if seen is not None else None
        same = agency is not None and agency == agency_of(case, event.by)
        if seen is not None and same and event.get("channel") == "police_notification":
            if terms.due(seen.at, "decision_and_ack") < event.at and not seen.loose:
                yield seen, event
            seen = None
