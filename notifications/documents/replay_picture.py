"""The picture of a replay: the family's story above a line of months, and the engine's answers below it.

Worked out in millimetres, and drawn by the template. What an answer is shows in its shape, and what it rests on in
whether it is filled, so that no colour is needed.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from config.clock import LONDON
from models.events import Event
from models.vocabulary import Kind
from workflow.replay.interventions import Answer, Intervention, Played

PER_BAND: Final = 6
WIDE: Final = 31.0
LINE: Final = 3.5
MOST: Final = 10
"""So many labels are written above a month; the rest are counted."""

STRIP: Final = 6.0
MARK: Final = 3.1
PER_ROW: Final = 9
TOP: Final = 2.0

NAMES: Final = {
    Answer.REFUSED: "refused",
    Answer.WARNED: "warned",
    Answer.ACTED: "done by the engine",
    Answer.CLOCK: "clock",
    Answer.SIGNAL: "pattern",
}

_WORDS: Final[dict[tuple[Kind, object], str]] = {
    (Kind.MEDICAL, "admitted"): "to hospital",
    (Kind.MEDICAL, "discharged"): "leaves hospital",
    (Kind.MEDICAL, "child_protection_medical"): "medical",
    (Kind.EARLY_HELP, "requested"): "early help asked",
    (Kind.EARLY_HELP, "accepted"): "early help accepts",
    (Kind.EARLY_HELP, "declined"): "early help declines",
    (Kind.PLAN, "started"): "plan starts",
    (Kind.PLAN, "ended"): "plan ends",
    (Kind.HOUSEHOLD, "birth"): "birth",
    (Kind.HOUSEHOLD, "death"): "death",
    (Kind.HOUSEHOLD, "moved_address"): "family moves",
    (Kind.HOUSEHOLD, "pregnancy_known"): "pregnancy known",
    (Kind.ASSESSMENT, "completed"): "assessment ends",
    (Kind.SAFETY_PLAN, "made"): "safety plan",
}
_ALWAYS: Final = {
    Kind.CONTACT: "referral",
    Kind.DECISION: "decision",
    Kind.SECTION47_OUTCOME: "enquiry ends",
    Kind.CONFERENCE: "conference",
    Kind.STEP_DOWN: "step-down",
    Kind.CLOSURE: "case closed",
    Kind.INCIDENT: "incident",
    Kind.ORDER: "court order",
    Kind.DISAGREEMENT: "disagreement",
}
_BOLD: Final = frozenset({"birth", "death", "case closed", "to hospital", "strategy not held"})


@dataclass(frozen=True, slots=True)
class Label:
    """A line of the family's story above a month."""

    y: float
    text: str
    bold: bool = False
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer below a month."""

    x: float
    y: float
    shape: str
    filled: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A column of the picture."""

    x: float
    name: str
    labels: tuple[Label, ...]
    marks: tuple[Mark, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Band:
    """Half a year, or what there is of it: a picture of its own, so that it is never torn over two pages."""

    id: str
    title: str
    months: tuple[Month, ...]
    line: float
    height: float

    @property
    def width(self) -> float:
        """How wide all bands are."""
        return PER_BAND * WIDE

    @property
    def says(self) -> str:
        """Say for somebody who cannot see it what it shows."""
        return " ".join(month.says for month in self.months)


def bands(played: Played) -> list[Band]:
    """Return the picture of a replay, half a year at a time; nothing where nothing happened."""
    months = _months(played)
    return [
        _band(played, months[at : at + PER_BAND], number)
        for number, at in enumerate(range(0, len(months), PER_BAND), 1)
    ]


def month_of(day: date) -> date:
    """Return the first day of a month."""
    return day.replace(day=1)


def day_of(moment: datetime) -> date:
    """Return the day of a moment, as people lived it."""
    return moment.astimezone(LONDON).date()


def _months(played: Played) -> list[date]:
    """Return every month from the first event to the last event or answer, leaving none out."""
    days = [day_of(event.at) for event in played.casebook.events] + [each.on for each in played.interventions]
    if not days:
        return []
    found, last = [month_of(min(days))], month_of(max(days))
    while found[-1] < last:
        year, month = divmod(found[-1].year * 12 + found[-1].month, 12)
        found.append(date(year, month + 1, 1))
    return found


def _band(played: Played, months: Sequence[date], number: int) -> Band:
    told = {month: _labels(_in_month(played.casebook.events, month)) for month in months}
    line = TOP + LINE * max(1, *(len(labels) for labels in told.values()))
    columns = tuple(_column(played, month, at * WIDE, told[month], line) for at, month in enumerate(months))
    rows = max((len(column.marks) + PER_ROW - 1) // PER_ROW for column in columns)
    title = f"{months[0]:%B %Y} to {months[-1]:%B %Y}" if len(months) > 1 else f"{months[0]:%B %Y}"
    return Band(f"band{number}", title, columns, line, line + STRIP + MARK * max(rows, 1) + 2)


def _in_month(events: Sequence[Event], month: date) -> list[Event]:
    return [event for event in events if month_of(day_of(event.at)) == month]


def _column(played: Played, month: date, x: float, labels: list[Label], line: float) -> Month:
    answers = sorted(
        (each for each in played.interventions if month_of(each.on) == month),
        key=lambda each: (list(Answer).index(each.effect), each.rests_on_silence),
    )
    placed = tuple(
        Label(line - LINE * (len(labels) - at) + LINE - 1.4, label.text, label.bold, label.faint)
        for at, label in enumerate(labels)
    )
    marks = tuple(
        Mark(
            x + 1.2 + MARK * (at % PER_ROW),
            line + STRIP + 1 + MARK * (at // PER_ROW),
            one.effect.value,
            not one.rests_on_silence,
        )
        for at, one in enumerate(answers)
    )
    return Month(x, f"{month:%B %Y}", placed, marks, _spoken(month, labels, answers))


def _labels(events: Sequence[Event]) -> list[Label]:
    """Put the turns of a month into words, those of one day and sort as one; visits and the like are counted."""
    turns = [(event, word) for event in events if (word := _turn(event))]
    labels = []
    for (when, word), several in groupby(turns, key=lambda turn: (_when(turn[0]), turn[1])):
        count = len(list(several))
        text = f"{when} {word}".strip() + (f" ({count})" if count > 1 else "")
        labels.append(Label(0, text, word in _BOLD))
    left = labels[MOST:]
    if left:
        labels = [*labels[:MOST], Label(0, f"and {len(left)} more", faint=True)]
    visits = sum(event.times for event in events if event.kind is Kind.VISIT)
    if visits:
        labels.append(Label(0, f"{visits} {'visit' if visits == 1 else 'visits'}", faint=True))
    return labels


def _turn(event: Event) -> str:
    """Return the word for an event that turns the story; nothing for the many that fill it."""
    if event.kind is Kind.STRATEGY_DISCUSSION:
        return "strategy not held" if event.get("held") is False else "strategy meeting"
    word = _ALWAYS.get(event.kind, "")
    return word or next(
        (_WORDS[event.kind, event.get(key)] for key in ("what", "status") if (event.kind, event.get(key)) in _WORDS), ""
    )


def _when(event: Event) -> str:
    """Return the day; with a sign where it is known only to the week, and none where only to the month."""
    day = day_of(event.at).day
    return {"day": f"{day}", "week": f"~{day}"}.get(event.precision, "")


def _spoken(month: date, labels: Sequence[Label], answers: Sequence[Intervention]) -> str:
    counted = Counter(each.effect for each in answers)
    said = ", ".join(f"{counted[answer]} {NAMES[answer]}" for answer in Answer if counted[answer]) or "none"
    story = ", ".join(label.text.replace("~", "about ") for label in labels) or "nothing"
    return f"{month:%B %Y}: {story}; answers: {said}."


def lines(band: Band) -> Iterator[float]:
    """Yield where a band is ruled from top to bottom, between its months."""
    yield from (month.x for month in band.months[1:])
