"""The ladder of a professional disagreement: on which rung it stands, and since when."""

from datetime import datetime

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.questions import after
from workflow.rule import Terms


def rung(case: Case, raised: Event, terms: Terms) -> tuple[int, datetime]:
    """Return the rung of an open disagreement, counted from 1, and when it reached it. The top rung is the last."""
    stage, since = int(raised.get("stage", 1)), raised.at
    for event in after(case, raised, Kind.DISAGREEMENT):
        if event.get("with") == raised.get("with") and event.get("status") == "escalated":
            stage, since = int(event.get("stage", stage + 1)), event.at
    return min(stage, len(terms.policy.words("challenge.ladder"))), since


def rung_due(case: Case, raised: Event, terms: Terms) -> datetime:
    """Return when the rung on which a disagreement stands has had its time."""
    stage, since = rung(case, raised, terms)
    return terms.due(since, f"challenge.rung.{stage}")
