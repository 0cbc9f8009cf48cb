"""A child's chronology: events in order of time, found by kind and place, and where each referral begins and ends."""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, Final, TypeVar

from models.events import Event
from models.vocabulary import Kind

# Codes that end an episode at the front door: nothing further is opened for the child.
_ENDED_AT_THE_DOOR: Final = frozenset({"no_further_action", "information_and_advice"})
# What shows that the hub or social care has taken a child on.
_OPENING: Final = frozenset({Kind.CONTACT, Kind.STRATEGY_DISCUSSION, Kind.ASSESSMENT, Kind.PLAN})
# What may end an episode, or change what ends it.
_TURNS: Final = frozenset(
    {Kind.CLOSURE, Kind.DECISION, Kind.ASSESSMENT, Kind.STRATEGY_DISCUSSION, Kind.EARLY_HELP, Kind.PLAN}
)
_WORKED_ON: Final = frozenset({Kind.ASSESSMENT, Kind.PLAN})

State = TypeVar("State")


@dataclass(frozen=True)
class Chronology:
    """Events in order of time. A question costs what it finds, or what is new, and not what there is."""

    events: tuple[Event, ...] = ()
    _memory: dict[Hashable, tuple[int, Event, Any]] = field(default_factory=dict, repr=False, compare=False)

    def followed_by(self, events: Iterable[Event]) -> "Chronology":
        """Return this chronology with what has happened since, which remembers what was made of its beginning."""
        return Chronology((*self.events, *events), self._memory)

    def told(self, step: Callable[..., State], start: State, *given: Hashable) -> State:
        """Return what a step makes of the events, one after the other: `step(state, event, *given)`.

        It goes on from where it stood when there were fewer of them, so a state is never changed, only followed. What
        was told of another course of events, as when somebody asks what would be refused, is told anew.
        """
        if not self.events:
            return start
        upto, last, made = self._memory.get((step, given), (0, None, start))
        state: State = made
        if upto > len(self.events) or (upto and self.events[upto - 1] is not last):
            upto, state = 0, start
        for event in self.events[upto:]:
            state = step(state, event, *given)
        self._memory[step, given] = len(self.events), self.events[-1], state
        return state

    def where(self, test: Callable[[Event], bool]) -> tuple[Event, ...]:
        """Return the events that pass a test of the event alone. Each is tested once, however long the case grows."""
        return self.told(_gathered, (), test)

    @cached_property
    def _by_kind(self) -> dict[Kind, list[int]]:
        found: dict[Kind, list[int]] = {}
        for place, event in enumerate(self.events):
            found.setdefault(event.kind, []).append(place)
        return found

    @cached_property
    def _places(self) -> dict[int, int]:
        return {id(event): place for place, event in enumerate(self.events)}

    def place(self, event: Event) -> int | None:
        """Return where an event stands, or None where it is not in here."""
        return self._places.get(id(event))

    def of(self, kinds: Iterable[Kind], start: int = 0, end: int | None = None) -> list[Event]:
        """Return the events of these kinds from one place up to before another, in order of time."""
        runs = [self._by_kind[kind] for kind in dict.fromkeys(kinds) if kind in self._by_kind]
        places = runs[0] if len(runs) == 1 else sorted(chain.from_iterable(runs))
        last = len(places) if end is None else bisect_left(places, end)
        return [self.events[place] for place in places[bisect_left(places, start) : last]]

    def episodes(self, *, told_short: bool) -> tuple[tuple[int, int | None], ...]:
        """Return where each episode began and ended; the last one may still be open (None).

        `told_short` is true for a casebook, where an outcome at the front door ends an episode without a closure. It
        does not where a plan or an assessment runs: then it ends the new contact, and the case goes on.
        """
        found: list[tuple[int, int | None]] = []
        opening: int | None = None
        diverted = False
        at_work: set[Kind] = set()
        for at, event in enumerate(self.events):
            if event.kind in _WORKED_ON:
                _note(at_work, event)
            if opening is None and event.kind in _OPENING and event.get("status") != "ended":
                opening, diverted = at, False
                continue
            if event.kind not in _TURNS:
                continue
            final = event.kind is Kind.CLOSURE
            if event.kind is Kind.DECISION:
                diverted = event.get("outcome") == "early_help"
                final = told_short and not at_work and event.get("outcome") in _ENDED_AT_THE_DOOR
            elif event.kind in {Kind.ASSESSMENT, Kind.STRATEGY_DISCUSSION}:
                diverted = False
            elif event.kind is Kind.EARLY_HELP and event.get("status") == "started":
                final = told_short and diverted
            if final and opening is not None:
                found.append((opening, at))
                opening = None
                at_work.clear()
        if opening is not None:
            found.append((opening, None))
        return tuple(found)


def _note(at_work: set[Kind], event: Event) -> None:
    """Keep what runs: an assessment that was begun, a plan that was started."""
    if event.get("status") in {"ended", "completed"}:
        at_work.discard(event.kind)
    elif event.get("status") == "started":
        at_work.add(event.kind)


def _gathered(found: tuple[Event, ...], event: Event, test: Callable[[Event], bool]) -> tuple[Event, ...]:
    return (*found, event) if test(event) else found


def shared_out(chronologies: Mapping[str, Chronology], events: Iterable[Event]) -> dict[str, Chronology]:
    """Return each child's chronology, as it was, with the events that have happened since."""
    added: dict[str, list[Event]] = {}
    for event in events:
        for child in dict.fromkeys(event.about):
            added.setdefault(child, []).append(event)
    grown = {child: chronologies.get(child, Chronology()).followed_by(new) for child, new in added.items()}
    return {**chronologies, **grown}
