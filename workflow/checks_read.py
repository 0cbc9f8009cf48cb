"""What the agencies were asked and what they said, where history was looked for, and what is still out. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Grade, Kind
from workflow.questions import current, mark
from workflow.rule import Terms

SCOPES: Final = ("child", "household", "parents", "police", "other_areas")
"""Where history is looked for before a decision."""


@dataclass(frozen=True, slots=True)
class Check:
    """One question to one agency, with its answer if there is one. `due` is the hour by which the answer is needed."""

    asked: Event
    due: datetime
    answer: Event | None = None

    @property
    def agency(self) -> str:
        """Who was asked, by its id."""
        return str(self.asked.get("agency"))

    @property
    def withheld(self) -> bool:
        """True where the agency answered that it will not share."""
        return self.answer is not None and self.answer.get("share") == "withheld"

    def late(self, now: datetime) -> bool:
        """Tell whether there is no answer, and its hour has passed."""
        return self.answer is None and self.due < now


@dataclass(frozen=True, slots=True)
class Searched:
    """One place in which history is looked for, and the newest search in it."""

    scope: str
    by: Event | None


def checks(case: Case, terms: Terms) -> list[Check]:
    """Return the questions of the newest referral: those without an answer first, then the newest."""
    found: dict[str, Check] = {}
    waiting: dict[object, list[str]] = {}
    colour = case.grade or Grade.AMBER.code
    for event in current(case, Kind.CHECK):
        agency = event.get("agency")
        if event.get("status") == "asked":
            found[mark(event)] = Check(event, terms.due(event.at, f"partner_return.{colour}"))
            waiting.setdefault(agency, []).append(mark(event))
            continue
        for key in waiting.pop(agency, []):
            found[key] = Check(found[key].asked, found[key].due, event)
    return sorted(found.values(), key=lambda one: (one.answer is not None, -one.asked.at.timestamp()))


def unasked(case: Case) -> list[Event]:
    """Return what agencies told in this referral without having been asked, by a reply."""
    asked: set[object] = set()
    told: list[Event] = []
    for event in current(case, Kind.CHECK):
        if event.get("status") == "asked":
            asked.add(event.get("agency"))
        elif event.get("agency") not in asked:
            told.append(event)
    return told


def searched(case: Case) -> list[Searched]:
    """Return every place in which history is looked for, each with the newest search of this referral."""
    newest: dict[str, Event] = {}
    for event in current(case, Kind.HISTORY_CHECKED):
        newest.update(dict.fromkeys(map(str, event.codes("scope")), event))
    return [Searched(scope, newest.get(scope)) for scope in SCOPES]
