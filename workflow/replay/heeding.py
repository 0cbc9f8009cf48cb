"""What a story makes of a pattern: whether what was done next took it up, or passed over it. Pure.

The engine raises a pattern at once. In a story, people often saw it themselves, and then there is nothing to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from config.policy import Effect
from models.events import Event
from models.facts import Case, participants
from models.vocabulary import Grade, Kind, Stage
from workflow.casework import met
from workflow.checks import under_way
from workflow.questions import final, mark
from workflow.replay.interventions import Sound
from workflow.rule import Finding, Gate, Rule
from workflow.signals.strategy import protecting

Heard = tuple[Gate, Effect, dict[str, list[Finding]]]
"""A gate, its effect under the policy, and what it finds of each child."""

_PROTECTS: Final = frozenset({Kind.STRATEGY_DISCUSSION, Kind.CONFERENCE, Kind.ORDER, Kind.POLICE_CHECK})
_ENDS: Final = frozenset({Kind.CLOSURE, Kind.STEP_DOWN, Kind.SECTION47_OUTCOME})
_OURS: Final = frozenset(
    {
        Kind.GRADE, Kind.DECISION, Kind.ALLOCATED, Kind.STRATEGY_DISCUSSION, Kind.ASSESSMENT, Kind.SECTION47_OUTCOME,
        Kind.CONFERENCE, Kind.PLAN, Kind.STEP_DOWN, Kind.CLOSURE, Kind.ORDER, Kind.LEGAL_ADVICE,
    }
)  # fmt: skip
"""What the hub, social care or a court it went to does, whoever is named."""
_LEADS_ON: Final[dict[Kind, tuple[str, frozenset[str]]]] = {
    Kind.DECISION: ("outcome", frozenset({"assessment", "strategy_discussion"})),
    Kind.ASSESSMENT: ("outcome", frozenset({"child_in_need", "conference", "strategy_discussion", "plan_continues"})),
    Kind.SECTION47_OUTCOME: ("outcome", frozenset({"conference"})),
    Kind.EARLY_HELP: ("status", frozenset({"started"})),
}
"""What brings more help to a child, and ends none."""
_WIDTHS: Final = {
    "day": timedelta(),
    "week": timedelta(days=7),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}


def width(event: Event) -> timedelta:
    """Return how far from its date an event may really have happened."""
    return _WIDTHS.get(event.precision, timedelta())


def heeds(event: Event, floor: Grade | None) -> bool:
    """Tell whether an event takes a pattern up: it protects or, short of red, it looks at everything together."""
    if event.kind is Kind.GRADE:
        return floor is not None and Grade.of(event.get("grade")) >= floor
    if event.kind in _PROTECTS:
        return event.get("held") is not False and event.get("status") not in {"refused", "ended"}
    if event.kind is Kind.DECISION and event.get("outcome") == "strategy_discussion":
        return True
    if floor is Grade.RED:
        return False
    if event.kind is Kind.DECISION:
        return bool(event.get("outcome") == "assessment")
    started = event.kind in {Kind.ASSESSMENT, Kind.PLAN} and event.get("status") in {"started", "changed"}
    concluded = event.kind is Kind.ASSESSMENT and event.get("outcome") in {"conference", "strategy_discussion"}
    return started or concluded or (event.kind is Kind.MEETING and met(event))


def leads_on(event: Event) -> bool:
    """Tell whether an event leads on to help, so that what a story does not tell of it shows nothing left undone."""
    key, helps = _LEADS_ON.get(event.kind, ("", frozenset()))
    return event.get(key) in helps


def believed(event: Event, heard: Sequence[Heard]) -> Iterator[Heard]:
    """Yield what counts of all that the gates find in a story that leaves much out.

    That a step towards help is told in few words shows nothing, until something told of it is wrong as well.
    """
    told = any(not finding.silent for _, _, found in heard for several in found.values() for finding in several)
    for gate, effect, found in heard:
        if told or not (gate.closing and leads_on(event)):
            yield gate, effect, found
        else:
            yield gate, effect, {child: [one for one in several if not one.silent] for child, several in found.items()}


def passes_over(event: Event) -> bool:
    """Tell whether an event settles a matter, so that a pattern it did not take up was passed over."""
    ended = event.kind is Kind.ASSESSMENT and event.get("status") == "completed"
    supervised = event.kind is Kind.MEETING and event.get("which") == "supervision"
    return ended or supervised or event.kind is Kind.GRADE or final(event) or event.kind in _ENDS


def in_hand(case: Case, signal: Rule, floor: Grade | None) -> bool:
    """Tell whether a case stood as a pattern calls for before anybody spoke of it. What comes back never did."""
    if floor is None or signal.stage is Stage.PLANS:
        return False
    if case.grade is not None and Grade.of(case.grade) >= floor:
        return True
    return protecting(case) is not None or (floor < Grade.RED and under_way(case))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pattern that was raised, and waits for what the story does about it."""

    sound: Sound
    floor: Grade | None
    until: datetime


@dataclass
class Patterns:
    """The patterns that nobody has answered yet."""

    waiting: list[Waiting] = field(default_factory=list)

    def answered(self, event: Event) -> list[Sound]:
        """Let go of what an event takes up, and return, as of that event, what it passes over."""
        mine = [one for one in self.waiting if one.sound.child in event.about]
        heeded = [one for one in mine if heeds(event, one.floor)]
        graded = event.kind is Kind.GRADE
        open_ = [one for one in mine if one not in heeded and not (graded and one.floor is None)]
        passed = open_ if passes_over(event) else []
        mine = [*heeded, *passed]
        self._let_go(mine)
        return [replace(one.sound, at=event.at, index=event.index) for one in passed]

    def overdue(self, until: datetime | None = None) -> list[Sound]:
        """Return what has waited too long, or all that still waits when the story is over."""
        late = [one for one in self.waiting if until is None or one.until < until]
        self._let_go(late)
        return [one.sound for one in late]

    def _let_go(self, gone: list[Waiting]) -> None:
        ids = set(map(id, gone))
        self.waiting = [one for one in self.waiting if id(one) not in ids]


@dataclass(frozen=True, slots=True)
class Unshown:
    """A deadline gone by where the story leaves much out.

    An answer that comes too late shows that it was missed; so does a long silence in which nobody did anything.
    """

    sound: Sound
    latest: datetime
    started: datetime
    subject: str
    silence: datetime
    """Until when nobody has to have done anything for the child, so that the silence shows something."""

    def shown_by(self, answer: Event) -> bool:
        """Tell whether an answer came after the latest day that the start allows. A closure leaves things unanswered."""
        return answer.kind is not Kind.CLOSURE and self.latest < answer.at

    def forgotten(self, case: Case) -> bool:
        """Tell whether the story knows of nothing that the hub or social care did for the child in all that time."""
        begun = [event for event in case.record if mark(event) == self.subject and event.at == self.started]
        later = case.since(begun[0]) if begun else [event for event in case.record if event.at > self.started]
        return not any(event.at <= self.silence and serves(case, event) for event in later)


def serves(case: Case, event: Event) -> bool:
    """Tell whether the hub or social care did something about the child: by what it is, or by who took part."""
    who = (event.get("person"), *participants(event))
    people = [case.family.practitioners.get(name) for name in who if name]
    return event.kind in _OURS or any(one is not None and one.in_social_care for one in people)
