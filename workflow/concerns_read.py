"""What was worried about, in whose words, and what became of each worry. Pure readings of one child's record."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow import claims
from workflow.questions import current, known, mark

CONFIRMED: Final = "confirmed"
NOT_FOUND: Final = "not_found"
UNKNOWN: Final = "unknown"
UNANSWERED: Final = "unanswered"
_ANSWERS: Final[Mapping[str, str]] = {
    "confirmed": CONFIRMED,
    "not_found": NOT_FOUND,
    "excluded": NOT_FOUND,
    "unknown": UNKNOWN,
    "unresolved": UNKNOWN,
}
_ALWAYS: Final = frozenset({Kind.CONTACT, Kind.CONCERN, Kind.INCIDENT})


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one worry: the answer, the event that gave it, and whether a plan took it up."""

    code: str
    answer: str = UNANSWERED
    by: Event | None = None
    planned: Event | None = None


@dataclass(frozen=True, slots=True)
class Raised:
    """One occasion on which somebody worried, with what became of each worry.

    `opened` is the event by which what came with it was opened and noted, where anything came with it.
    `checked` is false for a claim after which nobody went to find out.
    """

    event: Event
    fates: tuple[Fate, ...]
    attachments: int = 0
    opened: Event | None = None
    claim: str = ""
    verified: bool = False
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody noted of one file that came with a contact."""

    by: str | None
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Summed:
    """One worry over a referral: how often, since when and when last it was raised, by how many, and its fate now."""

    fate: Fate
    times: int
    voices: int
    first: datetime
    last: datetime


def raised(case: Case) -> list[Raised]:
    """Return every occasion in the child's record on which somebody worried, the newest first."""
    found: list[Raised] = []
    answers: dict[str, Fate] = {}
    opened: dict[str, Event] = {}
    unchecked = set(map(mark, claims.outstanding(case)))
    for event in reversed(case.record):
        if event.kind is Kind.CLOSURE:
            answers, opened = {}, {}
        if event.kind is Kind.REVIEWED_EVIDENCE:
            opened.update(dict.fromkeys(map(str, event.codes("for")), event))
        if known(event) and tells(event):
            found.append(_raised(event, answers, opened, unchecked))
        _answer(answers, event)
    return found


def tells(event: Event) -> bool:
    """Tell whether an event tells of a worry, or of what is said to dispel one."""
    return event.kind in _ALWAYS or bool(event.codes("concerns") or event.get("injury") or event.get("claim"))


def _raised(event: Event, answers: Mapping[str, Fate], opened: Mapping[str, Event], unchecked: set[str]) -> Raised:
    claim = event.get("claim") or {}
    attachments = int(event.get("attachments") or 0)
    return Raised(
        event=event,
        fates=tuple(answers.get(str(code), Fate(str(code))) for code in event.codes("concerns")),
        attachments=attachments,
        opened=opened.get(mark(event)) if attachments else None,
        claim=str(claim.get("what") or "") if claim else "",
        verified=bool(claim.get("verified")) if claim else False,
        checked=mark(event) not in unchecked,
    )


def _answer(answers: dict[str, Fate], event: Event) -> None:
    """Note what an event answers, on the way back through time: the next answer counts, unless it only did not know."""
    given = event.get("answers") if event.kind is Kind.DECISION else None
    if event.kind is Kind.ASSESSMENT:
        given = event.get("factors_resolved")
    for code, said in (given or {}).items():
        answer = _ANSWERS.get(str(said), UNKNOWN)
        before = answers.get(str(code))
        if answer != UNKNOWN or before is None or before.answer == UNANSWERED:
            answers[str(code)] = Fate(str(code), answer, event, before.planned if before else None)
    if event.kind is Kind.PLAN and event.get("status") != "ended":
        for code in map(str, event.codes("covers")):
            before = answers.get(code, Fate(code))
            answers[code] = Fate(code, before.answer, before.by, event)


def now_and_before(case: Case, found: Iterable[Raised]) -> tuple[list[Raised], list[Raised]]:
    """Part what was raised in the newest referral from what was raised before it."""
    ours = set(map(id, current(case)))
    kept = list(found)
    return [one for one in kept if id(one.event) in ours], [one for one in kept if id(one.event) not in ours]


def summed(found: Iterable[Raised]) -> list[Summed]:
    """Add up the worries of some occasions: the unanswered ones first, then whatever was raised most often."""
    occasions: dict[str, list[Raised]] = {}
    for one in found:
        for fate in one.fates:
            occasions.setdefault(fate.code, []).append(one)
    rows = [_summed(code, told) for code, told in occasions.items()]
    return sorted(rows, key=lambda row: (row.fate.answer in {CONFIRMED, NOT_FOUND}, -row.times, row.fate.code))


def _summed(code: str, told: list[Raised]) -> Summed:
    moments = [one.event.at for one in told]
    newest = max(told, key=lambda one: (one.event.at, one.event.index))
    return Summed(
        fate=next(fate for fate in newest.fates if fate.code == code),
        times=sum(one.event.times for one in told),
        voices=len({one.event.by for one in told if one.event.by}),
        first=min(moments),
        last=max(moments),
    )


def unopened(found: Iterable[Raised]) -> Iterator[Raised]:
    """Yield the occasions whose attachments nobody has opened."""
    return (one for one in found if one.attachments and one.opened is None)


def notes(case: Case) -> dict[int, list[Note]]:
    """Return what was noted of each file, by its number, in the order in which it was written."""
    found: dict[int, list[Note]] = {}
    for event in case.of(Kind.REVIEWED_EVIDENCE):
        for file, said in (event.get("notes") or {}).items():
            if str(file).isdigit():
                found.setdefault(int(file), []).append(Note(event.by, event.at, str(said)))
    return found
