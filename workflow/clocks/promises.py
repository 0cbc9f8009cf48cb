"""Clocks of what was promised: to a family or a partner, by a condition, and by whoever advises on the law."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.casework import social_care
from workflow.questions import as_day, in_chapter, mark
from workflow.rule import Clock, Running, Terms


@dataclass(frozen=True, slots=True)
class Promise:
    """One date that a promise named, and the event that named it. A visit keeps one that was for the next days."""

    by: datetime
    event: Event
    soon: bool = False


def keeps(case: Case, event: Event) -> bool:
    """Tell whether social care met or spoke to the family, as most promises are that somebody will."""
    if event.kind is Kind.VISIT:
        return event.get("access") == "granted" and social_care(case, event)
    spoke = event.kind is Kind.SPOKE_TO and event.get("person") in case.family.people
    return spoke and event.get("done") is not False and social_care(case, event)


def promises(case: Case, terms: Terms) -> dict[str, list[Promise]]:
    """Return the dates that still stand. One that was moved without a reason stands beside its successor."""
    standing: dict[str, list[Promise]] = {}
    for event in in_chapter(case, Kind.COMMITMENT, Kind.VISIT, Kind.SPOKE_TO) if case.of(Kind.COMMITMENT) else ():
        if event.kind is not Kind.COMMITMENT:
            if keeps(case, event):
                standing = {name: [one for one in dates if not one.soon] for name, dates in standing.items()}
            continue
        name, day, status = str(event.id), as_day(event.get("due")), event.get("status")
        if status in {"kept", "missed"} or (status == "changed" and event.get("reason")):
            standing.pop(name, None)
        if status == "missed":
            standing[name] = [Promise(event.at, event)]
        elif status != "kept" and day is not None:
            by = terms.calendar.end_of_day(day)
            soon = by <= terms.due(event.at, "promised_visit")
            standing.setdefault(name, []).append(Promise(by, event, soon))
    return standing


def promised(case: Case, terms: Terms) -> Iterator[Running]:
    """From the promise to the day it names; it is kept, or changed with a reason that the other side hears."""
    for name, dates in promises(case, terms).items():
        for promise in dates:
            event = promise.event
            missed = event.get("status") == "missed"
            says = "A promise was not kept." if missed else "A promise waits to be kept."
            subject = f"{name}:{event.index}"
            yield Running(subject, event.at, promise.by, loose=event.loose, silent=not missed, says=says)


PROMISED: Final = Clock(
    id="handover-commitment",
    stage=Stage.PLANS,
    says="What was promised to a family or a partner is done by its day; another day needs a reason, and is told.",
    source="SCR Matt 5.33, 5.34, 6.1.28, 6.1.29, 6.2.6",
    mend="whoever promised, with `promise` and status=kept, or status=changed and a reason",
    judge=promised,
)


def conditions(case: Case, terms: Terms) -> Iterator[Running]:
    """From the day a condition is set to the day by which it is to be met; a missed one sounds when that is said."""
    dates: dict[str, Event] = {}
    newest: dict[str, Event] = {}
    for event in in_chapter(case, Kind.CONDITION):
        name = str(event.id)
        newest[name] = event
        if event.get("due"):
            dates[name] = event
    for name, event in newest.items():
        dated = dates.get(name)
        day = as_day(dated.get("due")) if dated is not None else None
        due = terms.calendar.end_of_day(day) if day is not None else None
        if event.get("status") == "missed" and (due is None or event.at <= due):
            says = "A condition was missed, and nothing has followed from it."
            yield Running(f"{name}:{event.index}", event.at, event.at, silent=False, loose=event.loose, says=says)
        elif event.get("status") != "met" and due is not None and dated is not None:
            says = "A condition waits to be met."
            yield Running(f"{name}:{dated.index}", dated.at, due, loose=dated.loose, says=says)


CONDITIONS: Final = Clock(
    id="condition-tracking",
    stage=Stage.PLANS,
    says="A condition set by a court, a meeting or an agreement has a day, and is met by it.",
    source="Local child safeguarding practice review: Sara (Surrey, 2025); SCR Matt 5.29, 5.30",
    mend="the worker, with `set-condition` and status=met",
    judge=conditions,
)


_ADVISED: Final = frozenset({Kind.MEETING, Kind.LEGAL_ADVICE, Kind.STRATEGY_DISCUSSION, Kind.CONFERENCE, Kind.ORDER})


def advice(case: Case, terms: Terms) -> Iterator[Running]:
    """Asked, given, in writing, and at one with the advice before it, or somebody senior looks at it the same day."""
    asked: Event | None = None
    spoken: Event | None = None
    before: Event | None = None
    odds: Event | None = None
    for event in in_chapter(case, *_ADVISED):
        if event.kind is Kind.MEETING and event.get("which") == "legal_planning" and event.get("status") != "requested":
            asked = odds = None
        elif event.kind is Kind.LEGAL_ADVICE and event.get("status") == "asked":
            asked, before = asked or event, None
        elif event.kind is Kind.LEGAL_ADVICE:
            asked = None
            odds = event if before is not None and at_odds(before, event) else None
            spoken = event if event.get("in_writing") is False else None
            before = event
        elif event.kind in {Kind.STRATEGY_DISCUSSION, Kind.CONFERENCE, Kind.ORDER}:
            before = odds = None
            asked = None if event.kind is Kind.ORDER else asked
    if asked is not None:
        due, warn = terms.due(asked.at, "legal_advice"), terms.due(asked.at, "legal_advice.warn")
        says = "Legal advice was asked for, and has not come."
        yield Running(f"asked:{mark(asked)}", asked.at, due, warn, loose=asked.loose, says=says)
    for wrong, says in (
        (spoken, "Legal advice was given by word of mouth only."),
        (odds, "Legal advice is at odds with the advice before it."),
    ):
        if wrong is not None:
            today = terms.due(wrong.at, "legal_advice.senior")
            yield Running(f"{says}:{mark(wrong)}", wrong.at, today, loose=wrong.loose, silent=False, says=says)


def at_odds(before: Event, event: Event) -> bool:
    """Tell whether one says that the threshold is met and the other that it is not."""
    return {before.get("threshold"), event.get("threshold")} == {"met", "not_met"}


LEGAL: Final = Clock(
    id="legal-advice-route",
    stage=Stage.PLANS,
    says="Legal advice is given in writing within ten working days; what is late, spoken or contradictory goes higher.",
    source="Serious case review: Baby Peter (Haringey, second review, 2009)",
    mend="the manager, with `record-legal-advice` and in_writing=true; the worker, with `hold-meeting`",
    judge=advice,
)

CLOCKS: Final[tuple[Clock, ...]] = (PROMISED, CONDITIONS, LEGAL)
