"""The handshake with early help as the record shows it: asked, answered, agreed by the family, begun."""

from dataclasses import dataclass
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.questions import held

NOT_BEGUN: Final = "there was no first contact"
_TO_EARLY_HELP: Final = frozenset({"stepped_down", "early_help_after_assessment"})
_DECIDES: Final = frozenset({Kind.DECISION, Kind.ASSESSMENT, Kind.SECTION47_OUTCOME, Kind.CONFERENCE})


@dataclass(frozen=True, slots=True)
class Handshake:
    """The newest offer to early help, and what became of it. `asked` is the first request that still waits."""

    offer: Event | None = None
    asked: Event | None = None
    accepted: Event | None = None
    started: Event | None = None
    declined: Event | None = None
    decided: Event | None = None
    """A fresh decision on the case, made after early help declined."""
    consent: str | None = None

    @property
    def open(self) -> bool:
        """True while an offer was made and early help has neither begun nor been decided against."""
        return self.offer is not None and self.started is None and self.decided is None


def handshake(case: Case, before: Event | None = None) -> Handshake:
    """Read the newest offer in the chapter. In the live record a decision made meanwhile takes an offer back."""
    return case.once(_read) if before is None else _read(case, before)


def _read(case: Case, before: Event | None = None) -> Handshake:
    now = Handshake()
    for event in _told(case):
        if event is before:
            break
        if event.kind is Kind.STEP_DOWN and event.get("to") == "early_help":
            settled = now.declined is not None or (now.started is not None and event.get("status") == "proposed")
            now = Handshake(offer=event) if now.offer is None or settled else now
        elif event.kind is Kind.EARLY_HELP:
            now = _answered(now, event)
        elif event.kind in _DECIDES or held(event):
            began = event.kind is Kind.DECISION and event.get("outcome") == "early_help"
            opens = event.kind is Kind.ASSESSMENT and event.get("outcome") == "early_help"
            taken_back = case.family.live and not began and not opens
            if now.open and (now.declined or taken_back):
                now = _with(now, decided=event)
    return now


def _told(case: Case) -> tuple[Event, ...]:
    """Return the chapter and, where early help for the family was noted of one child only, what it says of the others.

    Early help works with a family: what it accepts for one child of a step-down made for several, it accepts for all.
    What it accepted before a closure that handed the case over is still accepted when it begins.
    """
    if case.episodes and not case.is_open:
        start, end = case.episodes[-1]
        if end is not None and case.record[end].get("reason_code") in _TO_EARLY_HELP:
            return case.record[start:]
    downs = [event for event in case.chapter if event.kind is Kind.STEP_DOWN and len(event.about) > 1]
    if not downs or any(event.kind is Kind.EARLY_HELP for event in case.chapter):
        return case.chapter
    own, others = set(map(id, case.chapter)), set(downs[-1].about)
    start = case.family.record.index(case.chapter[0])
    return tuple(
        event
        for event in case.family.record[start:]
        if id(event) in own or (event.kind is Kind.EARLY_HELP and not others.isdisjoint(event.about))
    )


def _answered(now: Handshake, event: Event) -> Handshake:
    said = event.get("consent")
    match event.get("status"):
        case "requested":
            first = now.asked if now.asked and not (now.accepted or now.declined or now.started) else event
            return Handshake(offer=event, asked=first, consent=said)
        case "accepted":
            # Whoever declined and accepts after all, once there is room, has accepted.
            return _with(now, offer=now.offer or event, accepted=event, declined=None, consent=said or now.consent)
        case "started":
            return _with(now, offer=now.offer or event, started=event, consent=said or now.consent)
        case "declined":
            return _with(now, offer=now.offer or event, declined=event, accepted=None, consent=said or now.consent)
        case _:
            # The live record notes the family's answer by itself, before or after early help's own.
            return _with(now, consent=said or now.consent)


def _with(now: Handshake, **new: Event | str | None) -> Handshake:
    values = {name: getattr(now, name) for name in Handshake.__slots__}
    return Handshake(**{**values, **new})


def missing(now: Handshake) -> list[str]:
    """Say what the handshake still lacks before a case may leave social care."""
    says = []
    if now.declined is not None:
        return [f"early help declined it ({str(now.declined.get('reason_code') or 'no reason').replace('_', ' ')})"]
    if now.accepted is None:
        says.append("early help has not accepted")
    if now.consent != "given":
        says.append("the family has refused" if now.consent == "refused" else "the family's consent is not recorded")
    if now.started is None:
        says.append(NOT_BEGUN)
    return says
