"""The meetings about a child: who was asked, who came or wrote, who was excused, whether it was quorate, what came of it. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.gates.strategy import quorum_missing
from workflow.questions import held
from workflow.rule import Terms


class Part(StrEnum):
    """How somebody took part in a meeting."""

    ATTENDED = "attended"
    WROTE = "wrote"
    EXCUSED = "excused"
    APOLOGISED = "apologised"
    AWAY = "away"
    AWAITED = "awaited"


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's part in a meeting. `words` is what they wrote, or why they were excused."""

    who: str
    part: Part
    words: str = ""
    invited: bool = True
    referrer: bool = False


@dataclass(frozen=True, slots=True)
class Discussion:
    """One strategy discussion from its call to its outcome. `lacking` names the parts of the quorum nobody stands for."""

    called: Event
    starts: datetime
    minutes: int
    moves: int
    seats: tuple[Seat, ...]
    lacking: tuple[str, ...]
    outcome: Event | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A conference, core group, review or other meeting that was held or asked for."""

    event: Event
    seats: tuple[Seat, ...]


def discussions(case: Case, terms: Terms) -> list[Discussion]:
    """Return the strategy discussions that were called or held, the newest first."""
    groups: list[list[Event]] = []
    for event in case.of(Kind.STRATEGY_DISCUSSION, Kind.INVITED, Kind.ACCOUNT, Kind.EXCUSED):
        calls = event.kind is Kind.STRATEGY_DISCUSSION and event.get("requested") and not event.get("moved")
        alone = held(event) and not (groups and not any(map(held, groups[-1])))
        if calls or alone:
            groups.append([event])
        elif groups and event.get("held") is not False:
            groups[-1].append(event)
    return [_discussion(case, told, terms) for told in reversed(groups)]


def _discussion(case: Case, told: list[Event], terms: Terms) -> Discussion:
    called = told[0]
    outcome = next((event for event in told if held(event)), None)
    times = [event for event in told if event.get("requested")]
    last = times[-1] if times else called
    starts = datetime.fromisoformat(last.get("starts")) if last.get("starts") else called.at
    seats = _seats(case, told, outcome)
    judged = outcome or _as_if_held(called, seats)
    return Discussion(
        called=called,
        starts=starts,
        minutes=int(last.get("minutes") or 60),
        moves=sum(bool(event.get("moved")) for event in told),
        seats=seats,
        lacking=quorum_missing(case, judged, terms),
        outcome=outcome,
    )


def _as_if_held(called: Event, seats: Iterable[Seat]) -> Event:
    """Return the discussion as it would be if everybody came who was asked: what the quorum would lack even then."""
    kept = [seat.who for seat in seats if seat.part is not Part.EXCUSED]
    return Event(called.at, Kind.STRATEGY_DISCUSSION, called.about, called.by, {"attended": kept})


def _seats(case: Case, told: list[Event], outcome: Event | None) -> tuple[Seat, ...]:
    invited = [who for event in told if event.kind is Kind.INVITED for who in event.codes("who")]
    wrote = {event.by: str(event.get("words") or "") for event in told if event.kind is Kind.ACCOUNT}
    excused = {event.get("who"): str(event.get("words") or "") for event in told if event.kind is Kind.EXCUSED}
    sorry: dict[str | None, str] = {}
    if outcome is not None:
        invited += outcome.codes("invited")
        wrote.update({who: wrote.get(who, "") for who in outcome.codes("accounts")})
        excused.update({who: excused.get(who) or str(code) for who, code in (outcome.get("excused") or {}).items()})
        sorry = {who: str(why) for who, why in (outcome.get("apologies") or {}).items()}
    attended: set[str | None] = set(outcome.codes("attended")) if outcome else set()
    everybody = dict.fromkeys([*invited, *(outcome.codes("attended") if outcome else ()), *wrote, *excused, *sorry])
    referrers = set(case.referrers)
    return tuple(
        Seat(
            who=str(who),
            part=_part(who, attended, wrote, excused, sorry, over=outcome is not None),
            words=excused.get(who) or wrote.get(who) or sorry.get(who, ""),
            invited=who in invited,
            referrer=who in referrers,
        )
        for who in everybody
    )


def _part(
    who: str | None,
    attended: Collection[str | None],
    wrote: Collection[str | None],
    excused: Collection[str | None],
    sorry: Collection[str | None],
    *,
    over: bool,
) -> Part:
    parts = ((Part.ATTENDED, attended), (Part.WROTE, wrote), (Part.EXCUSED, excused), (Part.APOLOGISED, sorry))
    for part, people in parts:
        if who in people:
            return part
    return Part.AWAY if over else Part.AWAITED


def declined(case: Case) -> list[Event]:
    """Return the strategy discussions that were considered and not held, the newest first."""
    return [event for event in reversed(case.of(Kind.STRATEGY_DISCUSSION)) if event.get("held") is False]


def sittings(case: Case) -> list[Sitting]:
    """Return the conferences and other meetings, the newest first."""
    return [_sitting(event) for event in reversed(case.of(Kind.CONFERENCE, Kind.MEETING))]


def _sitting(event: Event) -> Sitting:
    there, wrote = event.codes("attended"), event.codes("accounts")
    everybody = dict.fromkeys((*event.codes("invited"), *there, *wrote))
    asked = set(event.codes("invited")) or set(everybody)  # Where no invitation is told of, none is said to be missing.
    return Sitting(
        event,
        tuple(
            Seat(
                who, Part.ATTENDED if who in there else Part.WROTE if who in wrote else Part.AWAY, invited=who in asked
            )
            for who in everybody
        ),
    )
